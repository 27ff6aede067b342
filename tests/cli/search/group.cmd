corpus_index index
dafu-search --index index --group --passages 1 --limit 1 "\"车桩比\""
