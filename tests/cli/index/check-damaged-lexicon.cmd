corpus_index index
mkdir data
cp "$DAFU_DATA"/* data
size=$(wc -c <data/lexicon.dafu)
printf 'X' | dd of=data/lexicon.dafu bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
DAFU_DATA=data dafu-index check --index index
