# An index of the format before this one is refused with one line that says what to do, and brought over
# with everything in it: replies from a text, an archive and a line of JSON, words, pairs, files.
python3 -m tarfile -e "$SOURCE"/tests/fixtures/index/format-1.tar.xz .
dafu-index add -i index "$CORPUS"/tongbu-2025-31.txt
dafu-index status -i index
dafu-index check -i index
dafu-index snapshot -i index copy
dafu-search -i index 停车
dafu-search show -i index line-1
dafu-index words -i index
dafu-index reindex -i index
dafu-index check -i index
dafu-index words -i index
dafu-search -i index -f trec -n 3 停车位
dafu-search -i index -f trec -n 1 供水管网改造
dafu-search -i index -f trec -n 1 云民局
dafu-search show -i index line-1
dafu-search show -i index /tmp/format-1/replies/letter.txt | tail -n 5
dafu-search -i index 配建
dafu-index status -i index
ls index | sed 's/[0-9]*$//'
dafu-index add -q -i index "$CORPUS"/tongbu-2025-31.txt
dafu-index check -i index
dafu-index reindex -i index
