corpus_index index
for file in index/segment-*/*.glass; do echo text >"$file"; done
dafu-search --index index 停车
