corpus_index index
dafu-search --index index "  　 "
