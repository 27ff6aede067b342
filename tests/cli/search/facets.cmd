corpus_index index
dafu-search --index index --facets agency,year,role --facet-values 2 --limit 1 --format=json 充电桩 | tail -n 1
dafu-search --index index --facets 机关,办理类别 --limit 0 充电桩
