corpus_index index
dafu-search --index index --role 唱歌 停车
