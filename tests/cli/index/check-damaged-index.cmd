corpus_index index
truncate -s 20000 index/segment-*/postlist.glass
dafu-index check --index index
