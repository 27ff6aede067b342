dafu-index add -q --shards 3 --index all "$CORPUS"
mv all/shard-2 all/gone
dafu-search --index all 停车
echo $?
mkdir all/shard-2
dafu-search --index all 停车
echo $?
rmdir all/shard-2
mv all/gone all/shard-2
dafu-search --index all --format=trec 停车 >before
rm all/shard-3/segment-*/postlist.glass
dafu-search --index all 停车
echo $?
printf '# collection of dafu\nshard-1\nshard-1\n' >all/collection
dafu-search --index all 停车
echo $?
printf '# collection of dafu\n# nothing\n' >all/collection
dafu-search --index all 停车
echo $?
printf 'shard-1\n' >all/collection
dafu-search --index all 停车
