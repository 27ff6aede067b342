corpus_index index
dafu-search --index index --format=trec 文号:甬经信函〔2026〕9号 部分:下步 智能工厂 --limit 1
