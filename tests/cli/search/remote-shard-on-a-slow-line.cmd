# The same answers, later; and none when the line stalls for longer than it may.
. "$SOURCE/tests/cli/servers.sh"
corpus_index one
dafu-index add -q --shards 2 --index two "$CORPUS"
dafu-index publish --index two
start two/shard-2
line=$((port + 1))
python3 "$SOURCE/tests/cli/relay.py" $line $host $port >ready 2>/dev/null &
relay=$!
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    test -s ready && break
    kill -0 $relay 2>/dev/null || skip "the port is another's"
    sleep 0.2
done
printf '# collection of dafu\ntwo/shard-1\n%s:%s\n' $host $line >all
head -n 3 "$CORPUS/../queries.tsv" >queries
for index in one all; do
    dafu-search --index $index --shard-seconds 20 --topics queries --format=json -n 20 >$index.out
done
cmp one.out all.out && test -s one.out && echo "the same"
kill -STOP $relay
dafu-search --index all --shard-seconds 1 停车 2>&1 | sed "s/$host:$line/SHARD/"
dafu-search --index all --shard-seconds 1 --partial -n 1 企业 2>&1 >out | sed "s/$host:$line/SHARD/"
test -s out && echo answered
kill -KILL $relay
