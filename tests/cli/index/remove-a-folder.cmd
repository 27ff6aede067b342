mkdir -p in/a in/ab
for name in in/a/1 in/a/2 in/ab/3; do
    printf '关于第9号提案的答复\n\n王某某委员：\n全市登记古树名木312株。\n' >$name.txt
done
dafu-index add -q --index index in
mv in elsewhere
dafu-index remove --index index in/a/
dafu-index check --index index
dafu-index remove --index index ./in
dafu-index check --index index
