corpus_index index
dafu-search --index index --sort=date --format=csv --limit 50 充电桩 | cut -d, -f6
