# A newer state of a shard on the same port, seen by a service that goes on.
. "$SOURCE/tests/cli/servers.sh"
mkdir in
cp "$CORPUS"/*.txt in
dafu-index add -q --shards 2 --index two in
dafu-index publish --index two
echo "# collection of dafu" >all
for shard in 1 2; do
    start two/shard-$shard
    eval "server_$shard=$server port_$shard=$port"
    echo "$host:$port" >>all
done
dafu-search --index all --total -n 0 -f json 停车 | grep -o '"total":[0-9]*'
rm in/*.txt
cp "$CORPUS"/ningbo-2026-13.txt in
dafu-index add -q --index two in
dafu-index compact --index two 2>/dev/null
dafu-index check --index two
for shard in 1 2; do
    eval "stop \$server_$shard; start two/shard-$shard \$port_$shard"
done
dafu-search --index all --total -n 0 -f json '机关:经信局' | grep -o '"total":[0-9]*'
dafu-search --index two --total -n 0 -f json '机关:经信局' | grep -o '"total":[0-9]*'
