corpus_index index
dafu-search --index index --format=json 智改数转 -智能工厂 | grep -c 智能工厂
dafu-search --index index --format=json 智改数转 | grep -c 智能工厂
