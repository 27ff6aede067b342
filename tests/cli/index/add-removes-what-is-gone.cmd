# A file that is gone goes from the index, a folder too; --keep-gone keeps it; what lies elsewhere
# is not touched.
mkdir -p in/a in/b
cp "$CORPUS"/tanchuan-2023-58.txt in/a
cp "$CORPUS"/tanchuan-2025-40.txt "$CORPUS"/xunkou-2024-6.txt in/b
dafu-index add -q --index index in "$CORPUS"/yanhu-2026-t014.txt
rm in/b/xunkou-2024-6.txt
dafu-index add --index index --keep-gone in
dafu-index add --index index --dry-run in
dafu-index add --index index in
rm -r in/b
dafu-index add --index index in/a
dafu-index add --index index in/b
dafu-index check --index index
