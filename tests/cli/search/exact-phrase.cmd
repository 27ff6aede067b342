corpus_index index
dafu-search --index index --format=trec "“智能制造标杆项目”"
dafu-search --index index --format=trec "\"智能标杆制造项目\""
