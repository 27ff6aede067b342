corpus_index one
dafu-index split --index one --shards 3 three
dafu-index split --index three/collection --shards 2 two
dafu-index merge --index two again
dafu-index check --index two
for index in one three two again; do
    dafu-index add -q --index $index "$CORPUS"
    dafu-search --index $index --topics "$CORPUS/../queries.tsv" --format=json -n 50 >$index.out
    cmp one.out $index.out
done
test -s one.out && echo "the same"
dafu-index split --index one --shards 2 two || echo $?
dafu-index merge --index two again || echo $?
dafu-index split --index one new || echo $?
