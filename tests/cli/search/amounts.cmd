# An amount is found as others write it, also in a phrase and where it is required; other amounts are not.
mkdir replies
reply() # NAME SENTENCE
{
    printf '%s\n' 市统计局关于市政协十六届五次会议第21号提案的答复 张明委员： '您提出的提案收悉，现答复如下。' \
        '一、已做的工作' "$2" '二、下一步打算' 继续努力。 市统计局 2026年5月8日 >replies/"$1".txt
}
reply yi '全市投入资金3.5亿元，登记企业1.2万户，增长5%，缩短30%，面积两万亩，二〇二五年完成。'
reply wan '全市投入资金35000万元，登记企业12000户，增长百分之五，缩短三成，面积20000亩，2025年完成。'
reply wide '全市投入资金３.５ 亿元，登记企业１.２ 万户，增长５％，缩短百分之三十，面积2万亩，二○二五年完成。'
reply han '全市投入资金三亿五千万元，登记企业一万二千户，增长百分之五，缩短三成，面积二万亩，2025年完成。'
reply other '全市投入资金13.5亿元，登记企业1.3万户，增长15%，缩短33%，面积2.1万亩，2024年完成。'
dafu-index add -q --index index replies
for query in '"3.5亿元"' '"35000万元"' '"三亿五千万元"' '资金 AND 3.5亿元' '资金 AND 3.5 亿元' '资金 AND 350000000元' \
    '"1.2万户"' '"12000户"' '登记企业 AND 一万二千户' '"增长5%"' '"增长百分之五"' '"缩短30%"' '"缩短三成"' \
    '"两万亩"' '"20000亩"' '"2025年完成"' '"二〇二五年完成"' '3.5亿元 -12000户'; do
    printf '%s: ' "$query"
    dafu-search --index index --format=json --limit 30 -- "$query" | grep -o '"docno":"[a-z]*' |
        sed 's/.*"//' | sort -u | tr '\n' ' '
    echo
done
echo "the form that was found is marked:"
dafu-search --index index --color=always --limit 30 3.5亿元 | tr '\033' '~' | grep -o '~\[1m[^市~]*~' | sort -u
