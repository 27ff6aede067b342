dafu-index add --shards 3 --index all "$CORPUS"
cat all/collection
ls all/shard-2 | grep -c '^head-'
dafu-index add --index all "$CORPUS"
dafu-index status --index all | head -n 3
dafu-index status --index all --format=json | grep -o '"replies":[0-9]*,"passages":[0-9]*'
dafu-index remove --index all "$CORPUS"/tanchuan-2023-58.txt
dafu-index compact --index all
dafu-index check --index all/collection
dafu-index snapshot --index all copy
dafu-index check --index copy
dafu-index add --index all "$CORPUS"
dafu-index check --index all
