corpus_index index
dafu-search --index index --format=json --limit 1 智改数转 政策支持
