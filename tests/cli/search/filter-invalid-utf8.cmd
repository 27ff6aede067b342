corpus_index index
dafu-search --index index --agency "$(printf "\377")" 停车
