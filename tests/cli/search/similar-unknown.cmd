corpus_index index
dafu-search similar --index index nobody.txt
