corpus_index index
dafu-search --index index --limit 1000000 停车
