# Values between commas of any kind: what the one or the other finds, and nothing else.
corpus_index index
found() {
    dafu-search --index index --format=json -n 1000 "$1" 2>&1 | grep -o '"docno":"[^"]*"' | sort -u
}
for case in 年份:2024、2026 年份:2024，2026 年份:2024..2025、2026 类型:提案,建议 \
    编号:第13号、第十四号 编号:第0013号、14; do
    field=${case%%:*} values=${case#*:}
    together=$(found "$case" | wc -l)
    alone=$(echo "$values" | sed 's/、\|，\|,/\n/g' | while read -r value; do
        found "$field:$value"
    done | sort -u | wc -l)
    echo "$case: $together, each alone: $alone"
done
