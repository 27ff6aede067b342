# What is searched as words although it looks like syntax is told with its column, as typed.
corpus_index index
for query in '(停车 OR 收费' '停车 年份:明年' '停车 标题:' '停车 “错时' '停*车'; do
    dafu-search --index index --format=trec --limit 1 "$query" >/dev/null
done
dafu-search --index index --format=trec --limit 1 停车 -收费 年份:明年 >/dev/null
printf '1\t停车 年份:明年\n' | dafu-search --index index --format=trec --limit 1 --topics - >/dev/null
echo 'topics: nothing is told'
