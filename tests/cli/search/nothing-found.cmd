corpus_index index
dafu-search --index index 量子纠缠望远镜
