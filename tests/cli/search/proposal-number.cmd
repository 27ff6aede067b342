corpus_index index
for number in 市政协十六届五次会议第13号提案 "市政协16届5次会议 第0013号"; do
    dafu-search --index index --format=trec --limit 3 "$number"
done
