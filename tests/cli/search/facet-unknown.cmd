corpus_index index
dafu-search --index index --facets agency,color 停车
