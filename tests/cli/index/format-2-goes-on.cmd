tar xJf "$SOURCE/tests/fixtures/index/format-2.tar.xz" || skip 'no tar with xz'
mv i index
dafu-index check --index index
dafu-index reindex --index index >/dev/null
echo '{"id":"丙","title":"关于绿道的答复","text":"古树旁的绿道已经建成。"}' >new.jsonl
dafu-index add --index index new.jsonl
dafu-search --index index --format=trec 古树
dafu-index compact --index index
dafu-index check --index index
dafu-search --index index --format=trec 古树
dafu-search --index index --format=trec 停车位
