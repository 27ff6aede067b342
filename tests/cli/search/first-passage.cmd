corpus_index index
dafu-search --index index 智改数转 政策支持 --limit 1
