corpus_index index
dafu-search --index index --format=trec --limit 1 zhigai shuzhuan
dafu-search --index index --format=trec --limit 1 zgsz
