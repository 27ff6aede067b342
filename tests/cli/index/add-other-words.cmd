echo 规上工业企业 >words.txt
echo 数字化车间 >other.txt
dafu-index add -q -i index --words words.txt "$CORPUS"
dafu-index add -i index --words other.txt "$CORPUS"/tongbu-2026-22.txt
dafu-index words -i index
dafu-index check -i index
