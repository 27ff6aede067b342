# Who proposed it: by the name, with the title behind it, by its beginning, and never another's.
corpus_index index
for query in 委员:陈超萍 member:陈超萍委员 委员:民建* 代表:韦某某; do
    echo "$query:"
    dafu-search --index index --format=json --total --limit 1 "$query" |
        grep -o '"reply":"[^"]*"\|"total":[0-9]*,"total_exact":[a-z]*,"replies":[0-9a-z]*' |
        sed 's|"reply":".*/|  |; s/"$//; s/^"/  "/'
done
dafu-search --index index 委员:陈超
