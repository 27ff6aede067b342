corpus_index index
dafu-search --index index --agency "" 停车
