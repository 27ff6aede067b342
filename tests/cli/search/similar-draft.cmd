corpus_index index
printf "%s\n" "关于加快充电桩建设的提案" "" "　　配电设施已移交供电公司的，扩容费用由供电公司承担；未移交的，结合老旧小区改造同步实施。希望尽快落实。" >draft.txt
dafu-search similar --index index --limit 1 draft.txt
dafu-search similar --index index --limit 1 --format=csv draft.txt | cut -d, -f 1,4,5,12-14
dafu-search similar --index index --limit 1 --format=json draft.txt
echo "from standard input:"
dafu-search similar --index index --limit 1 --format=csv - <draft.txt | cut -d, -f 1,4,5
cat draft.txt | dafu-search similar --index index --limit 1 --format=csv - | cut -d, -f 1,4,5
