corpus_index index
dafu-search --index index --format=csv --limit 1 绿波 停车次数
printf "a\t绿波\nb\t智改数转\n" | dafu-search --index index --topics - --format=csv --limit 1 | cut -d, -f 1,2,7
