# The other source takes the place of the one that is removed; removed by id, both go.
mkdir in
cp "$CORPUS"/tanchuan-2023-58.txt in/a.txt
cp in/a.txt in/b.txt
dafu-index add -q --index index in
dafu-index remove --index index in/a.txt
dafu-search --index index --format=json 异地就医 | grep -o '"sources":[^]]*]' | sort -u
dafu-index check --index index
dafu-index add --index index in
dafu-index check --index index
