corpus_index index
dafu-index remove --index index "$CORPUS"/tanchuan-2023-58.txt 2>/dev/null
before=$(dafu-search --index index --format=json 停车 | grep -o '"docno":"[^"]*"' | sort)
dafu-index compact --index index
ls index | grep -c '^segment-'
dafu-index check --index index
[ "$before" = "$(dafu-search --index index --format=json 停车 | grep -o '"docno":"[^"]*"' | sort)" ] && echo the same results
