corpus_index index
dafu-index learn -i index -n 3
