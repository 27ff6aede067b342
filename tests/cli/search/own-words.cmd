echo 规上工业企业 >words.txt
dafu-index add -q -i index --words words.txt "$CORPUS"
dafu-search -i index -f trec -n 3 规上工业企业
: >none.txt
dafu-index reindex -i index --words none.txt
dafu-search -i index -f trec -n 3 规上工业企业
