# Of a citation, too, the counts are those of what is found: the words find less than the cited reply has.
corpus_index index
for query in 第13号提案 第十三号提案 '市政协十六届五次会议第13号提案 税收' 甬经信函〔2026〕9号; do
    dafu-search --index index --format=json --limit 1000 --total --facets=kind "$query" >found
    passages=$(($(wc -l <found) - 1))
    replies=$(grep -o '"reply":"[^"]*"' found | sort -u | wc -l)
    proposals=$(grep -c '"kind":"提案"' found)
    tail -n 1 found | grep -q "\"total\":$passages,\"total_exact\":true,\"replies\":$replies,.*\"提案\",\"passages\":$proposals[,}]" &&
        echo "$query: right"
done
echo "by date the cited reply is whole:"
dafu-search --index index --format=trec --limit 1000 --sort=date 第13号提案 | cut -d ' ' -f 3 | sed 's/#.*//' | uniq -c
