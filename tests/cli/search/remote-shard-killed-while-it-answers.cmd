# Whenever that happens: all answers are the right ones, or there is a message and none that is wrong.
. "$SOURCE/tests/cli/servers.sh"
corpus_index one
dafu-index add -q --shards 2 --index two "$CORPUS"
dafu-index publish --index two
for i in 1 2 3 4 5 6; do
    sed "s/^/$i/" "$CORPUS/../queries.tsv"
done >queries
dafu-search --index one --topics queries --format=json -n 20 >right
for after in 0.1 0.2 0.4 0.8; do
    start two/shard-2
    printf '# collection of dafu\ntwo/shard-1\n%s:%s\n' $host $port >all
    dafu-search --index all --topics queries --format=json -n 20 >out 2>err &
    search=$!
    sleep $after
    stop $server
    wait $search
    code=$?
    if [ $code -eq 0 ]; then
        cmp out right
    else
        grep -q "^dafu-search: shard \"$host:$port\" does not answer" err || cat err
        head -c "$(wc -c <out)" right | cmp - out
    fi
done
# its process dies, and another one is there at once: nobody is told, and nothing is lost
start two/shard-2
printf '# collection of dafu\ntwo/shard-1\n%s:%s\n' $host $port >all
: >out # which has the answers of before
dafu-search --index all --topics queries --format=json -n 20 >>out &
search=$!
for i in 1 2 3; do
    had=$(wc -c <out) # two deaths without an answer between them are told
    while [ "$(wc -c <out)" -eq "$had" ] && kill -0 $search 2>/dev/null; do
        sleep 0.02
    done
    for child in $(cat /proc/$server/task/*/children 2>/dev/null); do
        kill -KILL $child
    done
done
wait $search || echo $?
cmp out right && echo "the same"
