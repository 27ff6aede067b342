corpus_index index
for number in "甬经信函〔2026〕9号" "甬经信函[2026] 9 号" "甬经信函（２０２６）第9号"; do
    dafu-search --index index --format=trec --limit 3 "$number"
done
