corpus_index index
dafu-search --index index "$(printf "停车\377")"
