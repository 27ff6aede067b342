corpus_index index
dafu-search --index index --group --passages 1 --limit 1 --format=json "\"车桩比\""
