programs_in "$TEMP/a place of its own"
command -v dafu-search
corpus_index index
dafu-search --index index --limit 1 智改数转 | head -n 1
printf '%s\n' 关于加快充电桩建设的提案 '' 配电设施已移交供电公司的，扩容费用由供电公司承担。 >draft.txt
dafu-search similar --index index --limit 1 --format=csv draft.txt | cut -d, -f 1,4
# through a link, from another folder
mkdir links
ln -s "$TEMP/a place of its own/bin/dafu-search" links/search
cd links
./search similar --index ../index --limit 1 --format=csv ../draft.txt | cut -d, -f 1,4
touch ../said
./search serve --index ../index --listen 127.0.0.1:0 2>../said &
service=$!
tries=0
while ! grep -q 'serving on' ../said && [ $tries -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
kill $service
wait $service
echo "serve: $?"
cat ../said >&2
