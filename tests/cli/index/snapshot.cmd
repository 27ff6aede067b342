corpus_index index
dafu-index snapshot --index index copy
rm -rf index
dafu-index check --index copy
dafu-index snapshot --index copy index
dafu-index check --index index
dafu-search --index index --format=trec 停车 | wc -l | tr -d ' '
