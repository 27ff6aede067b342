corpus_index index
mkdir copy && echo text >copy/notes.txt
dafu-index snapshot --index index copy
