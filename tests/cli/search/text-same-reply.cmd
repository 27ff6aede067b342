# A reply is named once for passages that follow one another: title and file with the first of them,
# the agency only with the first of all. Other formats say everything every time.
corpus_index index
query='家庭养老床位 服务 补贴'
dafu-search --index index -n 20 --format=csv "$query" | tail -n +2 | cut -d, -f3,5 >replies
[ "$(uniq replies | wc -l)" -lt 20 ] && [ "$(sort -u replies | wc -l)" -lt "$(uniq replies | wc -l)" ] ||
    echo "no such case"
COLUMNS=72 dafu-search --index index -n 20 "$query" >text
same() { [ "$1" = "$2" ] && echo "$3" || echo "$3: $1, not $2"; }
same "$(grep -c '^ *[0-9][0-9]*  ' text)" 20 'all results'
same "$(grep -c '^    [^第].* 第[0-9]*段 字节' text)" "$(uniq replies | wc -l)" 'files of the first ones'
same "$(grep -c '^    第[0-9]*段 字节' text)" "$((20 - $(uniq replies | wc -l)))" 'places of the others'
same "$(grep -c '^    [^ ]* · [^ ]*〔' text)" "$(sort -u replies | wc -l)" 'agencies once'
echo "-- in a reply"
COLUMNS=72 dafu-search --index index -n 2 '文号:苇民建〔2024〕9号 "喘息服" OR "3820张" 喘息 短期托养 扩大供给' | sed 's|[^ ]*/replies/||;s/ [0-9]*\.[0-9]*$/ SCORE/'
