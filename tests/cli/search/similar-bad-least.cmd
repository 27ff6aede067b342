corpus_index index
dafu-search similar --index index --least 2 draft.txt
