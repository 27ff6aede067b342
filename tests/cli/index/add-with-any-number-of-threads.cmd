# One thread or many: the same answers, and the same messages in the same order.
mkdir in
cp "$CORPUS"/*.txt in
for i in 1 2 3 4 5 6 7 8 9; do
    printf 'PK\003\004broken' >in/broken$i.docx
    printf '{"id":"%s","text":"新建公园%s处，古树名木"}\n{"id":\n' $i $i >in/lines$i.jsonl
done
cp in/tanchuan-2023-58.txt in/zz.txt
for threads in 1 2 7; do
    dafu-index add -q --index index$threads --threads $threads --memory 1 in 2>err$threads
    dafu-search --index index$threads --format=json --limit 50 古树名木 公园 医保 >out$threads
    dafu-index check --index index$threads
done
wc -l <err1
cmp err1 err2 && cmp err1 err7 && cmp out1 out2 && cmp out1 out7
