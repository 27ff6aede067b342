# A number is found in every costume, also in a phrase: full width, spelled years, commas, blanks.
mkdir replies
reply() # NAME SENTENCE
{
    printf '%s\n' 市统计局关于市政协十六届五次会议第21号提案的答复 张明委员： '您提出的提案收悉，现答复如下。' \
        '一、已做的工作' "$2" '二、下一步打算' 继续努力。 市统计局 2026年5月8日 >replies/"$1".txt
}
reply digits '2021年全市登记企业37.46万家，个体1234户，占比94%。'
reply costumes '二〇二一年全市登记企业３７.46 万家，个体１，２３４户，占比９４％。'
dafu-index add -q --index index replies
for query in '"2021年全市"' '"二〇二一年全市"' '"二○二一年全市"' '"２０２１年全市"' '"2021年"' '"二〇二一年"' \
    '"37.46 万家"' '"37.46万家"' '"1,234户"' '"1234户"' '"１２３４户"' '"个体1234"' '"占比94%"' '"佔比94％"'; do
    printf '%s: ' "$query"
    dafu-search --index index --format=json --limit 20 "$query" | grep -o '"docno":"[a-z]*' |
        sort -u | wc -l
done
