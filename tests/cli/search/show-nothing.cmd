corpus_index index
dafu-search show --index index
