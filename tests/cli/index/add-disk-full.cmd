# A limit on the size of files stands for a disk that is full.
corpus_index index
dafu-index check --index index
i=0
while [ $i -lt 40 ]; do
    i=$((i + 1))
    sed "s/县/县$i/g" "$CORPUS/tangpu-2024-8.txt" >letter$i.txt
done
# Xapian itself drops a piece of a value's chunk when it cannot write.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
(trap '' XFSZ; ulimit -f 40; dafu-index add --index index .)
code=$?
dafu-index check --index index
exit $code
