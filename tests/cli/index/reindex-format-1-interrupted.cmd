# What an upgrade leaves behind that was killed: before it took the old database's place, and on a file
# system without exchange in the moment when it did. Either way it is done again.
python3 -m tarfile -e "$SOURCE"/tests/fixtures/index/format-1.tar.xz .
mkdir index/segment-000001 index/head-000002 index/build-upgrade
echo half >index/segment-000001/postlist.glass
echo '# half' >index/passages.new
mv index/passages index/passages.1
dafu-index add -i index "$CORPUS"/tongbu-2025-31.txt
dafu-search -i index 停车
dafu-index reindex -i index
dafu-index check -i index
dafu-search -i index -f trec -n 1 停车位
ls index | sed 's/[0-9]*$//'
