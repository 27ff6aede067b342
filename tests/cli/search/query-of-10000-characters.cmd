corpus_index index
query=$(printf "智改数转%.0s" $(seq 2500))
dafu-search --index index --format=trec --limit 1 "$query"
