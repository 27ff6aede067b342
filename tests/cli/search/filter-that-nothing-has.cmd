corpus_index index
dafu-search --index index --agency 月球局 停车
