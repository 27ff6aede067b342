corpus_index index
dafu-search --index index --group --format=trec 停车
