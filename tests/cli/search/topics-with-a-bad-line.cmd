corpus_index index
printf "T1\t智改数转\n停车\n" >topics
dafu-search --index index --topics topics --format=trec --limit 1
