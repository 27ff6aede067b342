# What would spread replies otherwise than they are is refused.
dafu-index add -q --shards 3 --index all "$CORPUS"
dafu-index add --shards 4 --index all "$CORPUS"
echo $?
dafu-index add --index all/shard-2 "$CORPUS"
echo $?
cp all/collection kept
sed -i 's/shard-2/x/; s/shard-3/shard-2/; s/^x$/shard-3/' all/collection
dafu-index add --index all "$CORPUS"
echo $?
cp kept all/collection
echo shard-4 >>all/collection
dafu-index add --index all "$CORPUS"
echo $?
cp kept all/collection
corpus_index one
dafu-index add --shards 2 --index one "$CORPUS"
echo $?
dafu-index add --shards 300 --index many "$CORPUS"
echo $?
echo 10.0.0.1:7000 >>all/collection
dafu-index add --index all "$CORPUS"
