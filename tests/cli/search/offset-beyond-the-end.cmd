corpus_index index
dafu-search --index index --offset 5000 停车
