. "$SOURCE/tests/cli/servers.sh"
corpus_index one
dafu-index add -q --shards 3 --index three "$CORPUS"
dafu-index publish --index three
start three/shard-2
second=$server at=$port
printf '# collection of dafu\nthree/shard-1\n%s:%s\nthree/shard-3\n' $host $port >all
answer() {
    dafu-search --index all --shard-seconds 1 "$@" >out 2>err
    code=$?
    sed "s/$host:$at/SHARD/g" err
    return $code
}
same() {
    answer --topics "$CORPUS/../queries.tsv" --format=json -n 50 || return
    dafu-search --index one --topics "$CORPUS/../queries.tsv" --format=json -n 50 | cmp - out && echo "the same"
}
same
echo "-- gone"
stop $second
answer 工作 || echo $?
answer --partial --format=json --total 工作 && tail -n 1 out | grep -o "\"missing\":.*" | sed "s/$host:$at/SHARD/"
answer --partial similar 甬经信函〔2026〕9号 >/dev/null
echo "-- there again"
start three/shard-2 $at
second=$server
same
echo "-- silent"
kill -STOP "-$second"
answer 工作 || echo $?
answer --partial 工作 && echo answered
kill -CONT "-$second"
same
echo "-- not made to be served"
stop $second
dafu-index publish --undo --index three
ls three/shard-2 | grep -c records
start three/shard-2 $at
answer 工作 || echo $?
