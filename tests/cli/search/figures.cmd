corpus_index index
dafu-search figures --index index --limit 3 车桩比
dafu-search figures --index index --format=csv --limit 2 车桩比 | cut -d, -f 1,3-12
dafu-search figures --index index --format=json --limit 1 车桩比
