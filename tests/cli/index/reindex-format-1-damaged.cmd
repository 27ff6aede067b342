# A damaged index of format 1 is told, and stays as it is.
python3 -m tarfile -e "$SOURCE"/tests/fixtures/index/format-1.tar.xz .
dd if=/dev/zero of=index/passages/postlist.glass bs=1 seek=8192 count=16384 conv=notrunc 2>/dev/null
cp -r index before
dafu-index reindex -i index
code=$?
rm index/lock
diff -r before index
truncate -s 0 index/passages/iamglass
dafu-index reindex -i index
exit $code
