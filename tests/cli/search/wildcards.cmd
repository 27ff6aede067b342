corpus_index index
for query in '文号:甬经信函*' '机关:宁波*' 'A*' '智能*' '届次:政协*' '年份:202*'; do
    echo "$query: $(dafu-search --index index --total --limit 0 "$query")"
done
