# The files of a folder in any order, by any number of threads, whole or in shards: the same living
# contents to the last term, and the same answers. A twin takes the place of another or not, as they
# come; what was replaced goes when the index is compacted.
command -v xapian-delve >/dev/null || skip "no xapian-delve"
mkdir in
cp "$CORPUS"/*.txt in
cp in/tanchuan-2023-58.txt in/zz.txt
cp in/tanchuan-2023-58.txt in/aa.txt
printf '{"id":"x%s","text":"新建公园%s处，古树名木"}\n' 1 1 2 2 3 3 >in/lines.jsonl
ls -d "$PWD"/in/* >sorted
# Everything in it: terms and how many documents have them (of an identity, without the version that
# counts what was stored before), records, and what is found with scores and order.
dump() {
    for part in "$1"/passages "$1"/shard-*/passages; do
        [ -e "$part" ] || continue
        echo "$part" | sed 's|^[^/]*/||'
        xapian-delve -a -1 -v "$part" | sed 's/^\(Q...........\)[^ ]*/\1/' | sort
    done
    dafu-search --index "$1" --format=json --limit 5000 年份:1990..2040 | sort
    dafu-search --index "$1" --format=json --limit 50 古树名木 公园 医保
}
for shape in '' '--shards 3'; do
    sort -r sorted | dafu-index add -q $shape --threads 1 --index reverse -
    sort -R sorted | dafu-index add -q $shape --threads 7 --index shuffled -
    dafu-index add -q $shape --threads 2 --memory 1 --index folder in
    for index in reverse shuffled folder; do
        dafu-index compact --index $index 2>>said
        dump $index >$index.dump
    done
    cmp folder.dump reverse.dump && cmp folder.dump shuffled.dump &&
        [ "$(wc -l <folder.dump)" -gt 5000 ] && echo "the same $shape"
    rm -r reverse shuffled folder
done
