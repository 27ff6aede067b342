corpus_index index
dafu-search similar --index index --limit 1 --least 0 甬经信函〔2026〕9号 --format=csv | cut -d, -f 1,2,5
