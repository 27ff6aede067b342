corpus_index index
dafu-index snapshot --index index copy
before=$(dafu-search --index copy --format=json 停车)
dafu-index remove --index index "$CORPUS" 2>/dev/null
dafu-index compact --index index 2>/dev/null
dafu-index add --quiet --index index "$CORPUS"/tanchuan-2023-58.txt
[ "$before" = "$(dafu-search --index copy --format=json 停车)" ] && echo the copy stays as it was
dafu-index add --quiet --index copy "$CORPUS"
dafu-index check --index index
dafu-index check --index copy
