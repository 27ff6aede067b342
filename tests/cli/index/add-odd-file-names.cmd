letter='关于第9号提案的答复\n\n王某某委员：\n全市登记古树名木312株。\n'
mkdir in
printf "$letter" >"in/a b.txt"
printf "$letter" >"$(printf 'in/line\nbreak.txt')"
printf "$letter" >"$(printf 'in/bad\377.txt')"
printf "$letter" >"$(printf 'in/bad\376.txt')"
printf "$letter" >"in/-rf.txt"
: >"$(printf 'in/empty\033[31m.txt')"
dafu-index add --index index in
dafu-index check --index index
dafu-index remove --index index "$(printf 'in/bad\376.txt')"
dafu-search --index index --format=json --limit 20 古树名木 | grep -o '"source":"[^"]*"' | sort
