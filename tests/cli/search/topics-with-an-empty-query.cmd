corpus_index index
printf "T1\t\nT2\t甬经信函〔2026〕9号\n" >topics
dafu-search --index index --topics topics --format=trec --limit 1
