corpus_index index
echo '规上工业企业' >words.txt
dafu-index reindex -i index --words words.txt
dafu-index reindex -i index
: >none.txt
dafu-index reindex -i index --words none.txt
dafu-index words -i index
dafu-index check -i index
