# A second run reads nothing; a touched file is looked at, a changed one read, a new one added.
mkdir in
cp "$CORPUS"/tanchuan-2023-58.txt "$CORPUS"/tanchuan-2025-40.txt "$CORPUS"/xunkou-2024-6.txt in
dafu-index add --index index in
dafu-index add --index index in
touch -d '2020-01-01' in/tanchuan-2023-58.txt
dafu-index add --index index --report report.json in
tr ',' '\n' <report.json | grep -E '"(met|read|unchanged)"'
echo '六、另外新增古树名木保护点312处。' >>in/tanchuan-2025-40.txt
cp "$CORPUS"/yanhu-2026-t014.txt in
dafu-index add --index index in
dafu-index check --index index
