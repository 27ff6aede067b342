# The last passage of each segment has a short form and its long form, and more match than are ranked.
for part in 1 2 3; do
    seq 400 | awk -v part=$part '{
        printf "{\"id\":\"%d-%d\",\"title\":\"第%d件\",\"text\":\"市经信局即市经济和信息化局第%d件。\"}\n", part, $1, $1, $1
    }' >$part.jsonl
    dafu-index add -q --index all $part.jsonl
done
ls all | grep -c segment
dafu-search --index all --format=trec -n 10 经信局 | wc -l
dafu-search --index all --format=trec -n 2000 经信局 | wc -l
