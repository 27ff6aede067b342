# A unit is found by all of its names, an amount without a unit with any; half a number is not found.
i=0
while read -r text; do
    i=$((i + 1))
    printf '{"id":"%02d","title":"","text":"%s。"}\n' $i "$text"
done >texts.jsonl <<TEXT
投入3.5亿元
投入35000万元
常住人口三亿五千万人
绿道12公里
绿道12千米
绿道12km
绿道12公顷
面积500平方米
面积500㎡
面积500m²
面积500平方公里
覆盖率提高5%
覆盖率提高5个百分点
覆盖率提高5百分点
处理30吨
处理30t
处理30千克
处理30kg
营业24小时
营业24个小时
TEXT
dafu-index add -q --index index texts.jsonl
for query in 3.5亿 35000万 5亿元 五千万 12公里 12km 500㎡ 500m² 500平方米 5% 5个百分点 30吨 30kg 24小时; do
    printf '%s: ' "$query"
    dafu-search --index index --format=json --limit 30 "\"$query\"" 2>&- | sed -n 's/.*"docno":"\([0-9]*\)".*"text":"\([^"]*\)。".*/\2/p' |
        sort | tr '\n' ' '
    echo
done
