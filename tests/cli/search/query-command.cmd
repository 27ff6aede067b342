corpus_index index
dafu-search query --index index --format=csv --limit 1 绿波 | cut -d, -f 5-7
dafu-search --format=csv --index index --limit 1 query 绿波 | cut -d, -f 5-7
