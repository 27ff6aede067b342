corpus_index index
dafu-search figures --index index 飞机
