corpus_index index
truncate -s 20000 index/passages/postlist.glass
dafu-index check --index index
