programs_in "$TEMP/copy"
corpus_index index
echo 关于加快充电桩建设的提案 >draft.txt
cp "$MODULES/draft.so" whole
size=$(wc -c <whole)
# try WHAT: with the module as it is now
try()
{
    dafu-search similar --index index draft.txt >/dev/null
    echo "$1: $?"
}
try whole
: >"$MODULES/draft.so"
try empty
echo 'not a program' >"$MODULES/draft.so"
try text
for part in 1 20 50 90; do
    head -c $((size * part / 100)) whole >"$MODULES/draft.so"
    try "cut at $part %"
done
cp "$MODULES/serve.so" "$MODULES/draft.so"
try "the other part"
rm "$MODULES/draft.so"
mkdir "$MODULES/draft.so"
try folder
rmdir "$MODULES/draft.so"
LC_ALL=C sed 's/0\.1\.0/9.8.7/g' whole >"$MODULES/draft.so"
try "another version"
cp whole "$MODULES/draft.so"
try "whole again"
