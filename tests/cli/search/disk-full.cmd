[ -w /dev/full ] || skip "no /dev/full"
corpus_index index
dafu-search --index index 停车 >/dev/full
