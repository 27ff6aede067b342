# What was removed or replaced is in no answer and in no count; once compacted, all is as in one index.
cp -r "$CORPUS" in
dafu-index add -q --index one in
dafu-index add -q --shards 3 --index three in
sed -i 's/企业/工厂主/g' in/ningbo-2026-13.txt in/tanchuan-2023-58.txt
rm in/hengpu-2025-74.txt
count() {
    dafu-search --index $1 --format=json --facets=all --total -n 0 "$2" | grep -o '"total":[0-9]*'
}
for index in one three; do
    dafu-index add -q --index $index in
    dafu-index status --index $index | head -n 2
done
for line in 停车 工厂主 '"停车"' 企业 '地区:宁波市' -停车; do
    [ "$(count one "$line")" = "$(count three "$line")" ] || echo "$line: other counts"
    for index in one three; do
        dafu-search --index $index --format=json -n 1000 "$line" | grep -o '"docno":"[^"]*"' |
            sort >$index.out
    done
    cmp one.out three.out && test -s one.out || echo "$line: other passages"
done
for index in one three; do
    dafu-index compact --index $index
    dafu-search --index $index --topics "$CORPUS/../queries.tsv" --format=json -n 100 >$index.out
done
dafu-index check --index three
cmp one.out three.out && echo "the same"
