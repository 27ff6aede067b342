corpus_index index
printf "T1\t智改数转 政策支持\nT2\t甬经信函〔2026〕9号\n" |
    dafu-search --index index --topics - --format=trec --limit 1
