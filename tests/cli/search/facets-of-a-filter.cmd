corpus_index index
dafu-search --index index --facets role,class --role 下步 --limit 0 充电桩
dafu-search --index index --total --role commitment --limit 0 充电桩
