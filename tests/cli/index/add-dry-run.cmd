# Says what would be done and does nothing, whether there is an index or not.
mkdir in
cp "$CORPUS"/tanchuan-2023-58.txt "$CORPUS"/tanchuan-2025-40.txt "$CORPUS"/xunkou-2024-6.txt in
dafu-index add --index index --dry-run in
test ! -e index || echo "there is an index"
dafu-index add -q --index index in
touch -d '2020-01-01' in/tanchuan-2023-58.txt
echo 更正 >>in/tanchuan-2025-40.txt
rm in/xunkou-2024-6.txt
cp "$CORPUS"/yanhu-2026-t014.txt in
dafu-index add --index index --dry-run in nowhere
echo "code $?"
dafu-index check --index index
