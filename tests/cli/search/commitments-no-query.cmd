corpus_index index
dafu-search commitments --index index
