# A search is saved, and what comes later is new once: also when the index was built anew, the files
# have moved, and the limit left some for the next time.
XDG_DATA_HOME=$TEMP/data
export XDG_DATA_HOME
mkdir replies
cp "$CORPUS"/ningbo-2026-13.txt replies
add() { dafu-index add --index index replies >/dev/null 2>&1; }
new() { dafu-search new --format=json "$@" 2>errors | grep -o '"reply":"[^"]*"'; cat errors; }
add
dafu-search save 补贴 --index index --year 2024..2026 补贴 政策
echo "saved: $?"
ls data/dafu
new 补贴
cp "$CORPUS"/hengpu-2025-74.txt "$CORPUS"/weizhou-2026-52.txt replies
add
echo "two more, seen twice:"
new --keep 补贴
new 补贴 --limit 1
echo "the other one:"
new 补贴
new 补贴
echo "built anew, from another folder:"
rm -r index
mv replies moved
mkdir replies
mv moved replies/moved
add
new 补贴
dafu-search saved
dafu-search saved --format=json
dafu-search save 补贴 --index index 停车 2>&1
dafu-search save 补贴 --replace --index index 停车 && dafu-search saved --format=json | grep -o '"query":"[^"]*"'
dafu-search saved --remove 补贴 && dafu-search saved 2>&1
echo "renamed, what was shown stays known:"
dafu-search save 政策 --index index 补贴 政策
dafu-search save 停车 --index index 停车
dafu-search saved --rename 政策 补贴政策 && dafu-search new 补贴政策 2>&1
dafu-search saved --rename 停车 补贴政策 2>&1
dafu-search saved --rename 没有 别的 2>&1
dafu-search saved --rename 停车 2>&1
dafu-search saved --rename 停车 停车 && dafu-search saved --format=json | grep -o '"name":"[^"]*"'
