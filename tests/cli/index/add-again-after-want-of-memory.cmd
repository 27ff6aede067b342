# A file that was left out because there was no memory is read by the next run, though it is the same.
library=$(dirname "$DAFU_DATA")/../tests/libdafu_fault.so
[ -f "$library" ] && ! grep -q __asan_init "$(command -v dafu-index)" || skip "allocations cannot be made to fail here"
mkdir in
cp "$CORPUS"/tongbu-2025-31.txt in
number=400
while [ $number -lt 1200 ]; do
    rm -rf index
    DAFU_FAULT=malloc:$number:12 LD_PRELOAD=$library dafu-index add -q -i index in 2>err
    code=$?
    number=$((number + 20))
    [ $code -eq 1 ] || continue
    dafu-index add -q -i index in 2>err
    dafu-index status -i index | grep '^replies' | grep -q ' 1$' || echo "not read after $number"
    exit 0
done
skip "no allocation of a reader was hit"
