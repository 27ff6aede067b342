printf '# words of the house\n规上工业企业 800\n5G消息\n' >words.txt
dafu-index add -i index --words words.txt "$CORPUS"/tongbu-2026-22.txt
dafu-index words -i index
dafu-index add -i index "$CORPUS"/tongbu-2025-31.txt
dafu-index words -i index
dafu-index check -i index
