# What is in the index, what failed and what lies in two places.
mkdir in
cp "$CORPUS"/tanchuan-2023-58.txt in/a.txt
cp in/a.txt in/b.txt
printf 'PK\003\004broken' >in/broken.docx
printf '{"id":"1","text":"新建公园三处"}\n{"id":2,"text":\n' >in/lines.jsonl
dafu-index add -q --index index in 2>/dev/null
dafu-index status --index index
dafu-index status --index index --failed
dafu-index status --index index --format=json
