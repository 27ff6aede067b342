command -v iconv >/dev/null || skip "no iconv"
iconv -f UTF-8 -t GB18030 "$CORPUS/ningbo-2026-13.txt" >gb.txt
dafu-index inspect gb.txt | grep '^编码'
dafu-index inspect --format=json gb.txt | grep -o '"reader".*'
