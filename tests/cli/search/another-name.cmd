corpus_index index
dafu-search --index index --format=trec --limit 3 机关:经信局 智能
