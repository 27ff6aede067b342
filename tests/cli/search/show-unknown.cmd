corpus_index index
dafu-search show --index index 衡发改函[1999]57号
