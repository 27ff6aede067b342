corpus_index index
dafu-search --index index --from 2026-13 停车
