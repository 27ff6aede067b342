corpus_index index
dafu-search figures --index index --year 明年 停车
