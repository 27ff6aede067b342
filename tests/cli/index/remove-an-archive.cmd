command -v python3 >/dev/null || skip "no python3"
python3 -c '
import zipfile
with zipfile.ZipFile("letters.zip", "w") as archive:
    for name in ("a.txt", "folder/b.txt", "folder/c.txt"):
        archive.writestr(name, "关于第9号提案的答复\n\n王某某委员：\n全市登记古树名木312株。\n")
'
dafu-index add -q --index index letters.zip "$CORPUS/ningbo-2026-13.txt"
dafu-search --index index --format=json 古树名木 | grep -o '"source":"[^"]*"' | sort -u
dafu-index remove --index index letters.zip!/folder/b.txt
dafu-index remove --index index letters.zip!/folder
dafu-index check --index index
dafu-index add -q --index index letters.zip
dafu-index remove --index index letters.zip
dafu-index check --index index
