# Everything that can be asked, of the sample replies as one index and as three shards.
corpus_index one
dafu-index add -q --shards 3 --index three "$CORPUS"
asked=0
ask() {
    asked=$((asked + 1))
    for index in one three; do
        dafu-search "$@" --index $index >$index.out 2>$index.err
        echo $? >>$index.out
    done
    cmp -s one.out three.out && cmp -s one.err three.err && return
    echo "differs: $*"
}
queries="$CORPUS/../queries.tsv"
for options in '' --group --sort=date '--facets=all --total' '--offset=5 --limit=3' '--place=宁波' --role=commitment \
    '--year=2024..2026' '--kind=提案'; do
    ask --topics "$queries" --format=json -n 50 $options
done
ask --topics "$queries" --format=trec
for line in '"一网通办"' '停车 AND 收费 NOT 补贴' '地区:宁波市' '年份:2024..2026' '届次:十六届五次' '第13号提案' \
    '甬经信函〔2026〕9号' 'zhigai shuzhuan' '经信局' '-停车 部分:下步' '标题:停车' '智改数专'; do
    ask --format=json --facets=all --total "$line"
    ask --format=json --group "$line"
    ask commitments --format=json "$line"
    ask figures --format=json "$line"
done
ask similar --least 0 --format=json 甬经信函〔2026〕9号
ask show --format=json 甬经信函〔2026〕9号
echo asked $asked times
