# What is put into the folder, moved and removed while the program watches is in the index; a
# signal ends it well.
mkdir in
dafu-index add -q --index index --watch in &
program=$!
until_there_are()
{
    tries=0
    until dafu-index check --index index 2>/dev/null | grep -q "good: $1 replies" ||
        [ $tries -ge 200 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    dafu-index check --index index
}
until_there_are 0
cp "$CORPUS"/tanchuan-2023-58.txt in
until_there_are 1
mkdir -p in/new/folder
cp "$CORPUS"/xunkou-2024-6.txt "$CORPUS"/yanhu-2026-t014.txt in/new/folder
until_there_are 3
mv in/new away
until_there_are 1
mv away in/other
until_there_are 3
rm in/other/folder/yanhu-2026-t014.txt
until_there_are 2
{
    head -n 8 "$CORPUS"/tanchuan-2025-40.txt
    sleep 0.5
    tail -n +9 "$CORPUS"/tanchuan-2025-40.txt
} >in/slowly.txt
until_there_are 3
kill -TERM $program
wait $program
echo "code $?"
dafu-index check --index index
