# The sample replies as one index, as three served shards, and as two served and one in its folder.
. "$SOURCE/tests/cli/servers.sh"
corpus_index one
dafu-index add -q --shards 3 --index three "$CORPUS"
dafu-index publish --index three
dafu-index check --index three
echo "# collection of dafu" >served
for shard in 1 2 3; do
    start three/shard-$shard
    echo "$host:$port" >>served
done
sed '3s,.*,three/shard-2,' served >mixed
asked=0
ask() {
    for index in one served mixed three; do
        asked=$((asked + 1))
        dafu-search "$@" --index $index >$index.out 2>$index.err
        echo $? >>$index.out
        cmp -s one.out $index.out && cmp -s one.err $index.err || echo "$index differs: $*"
    done
}
queries="$CORPUS/../queries.tsv"
for options in '' --group --sort=date '--facets=all --total' '--place=宁波 --role=commitment'; do
    ask --topics "$queries" --format=json -n 50 $options
done
for line in '"一网通办"' '停车 AND 收费 NOT 补贴' '届次:十六届五次' '第13号提案' 'zhigai shuzhuan' '-停车 部分:下步' \
    '标题:停车' '智改数专'; do
    ask --format=json --facets=all --total "$line"
done
ask commitments --format=json 停车
ask figures --format=json 停车
ask similar --least 0 --format=json 甬经信函〔2026〕9号
ask show --format=json 甬经信函〔2026〕9号
echo asked $asked times
