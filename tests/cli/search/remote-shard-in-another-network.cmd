# A server in a network of its own, at the end of a line that loses one packet in twenty-five and lets
# them overtake one another: the same answers, because TCP sends again what was lost. Then the line is cut.
[ "$(id -u)" -eq 0 ] || skip "needs root for a network of its own"
command -v ip >/dev/null || skip "there is no iproute2"
[ -c /dev/net/tun ] || skip "there is no /dev/net/tun"
network=dafu$$
ip netns add $network 2>/dev/null || skip "networks of their own are not permitted here"
line=
leave() {
    stop_servers
    [ -z "$line" ] || kill -KILL $line 2>/dev/null
    ip netns del $network
}
host=10.213.$(($$ % 250)).2
within="ip netns exec $network"
corpus_index one
dafu-index add -q --shards 2 --index two "$CORPUS"
dafu-index publish --index two
python3 "$SOURCE/tests/cli/line.py" $network ${host%.*}.1 $host 4 4 >line.out 2>line.err &
line=$!
. "$SOURCE/tests/cli/servers.sh"
trap leave EXIT
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    test -s line.out && break
    kill -0 $line 2>/dev/null || skip "no line to another network here: $(tail -n 1 line.err)"
    sleep 0.2
done
start two/shard-2
printf '# collection of dafu\ntwo/shard-1\n%s:%s\n' $host $port >all
head -n 2 "$CORPUS/../queries.tsv" >queries
for index in one all; do
    dafu-search --index $index --shard-seconds 20 --topics queries --format=json -n 20 >$index.out
done
cmp one.out all.out && test -s one.out && echo "the same"
# the server's network counts for itself
again=$($within awk '/^Tcp: [0-9]/ { print $13 }' /proc/net/snmp)
[ "$again" -gt 0 ] && echo "some was sent again"
kill -STOP $line
dafu-search --index all --shard-seconds 1 停车 2>&1 | sed "s/$host:$port/SHARD/"
dafu-search --index all --shard-seconds 1 --partial -n 1 企业 2>&1 >out | sed "s/$host:$port/SHARD/"
test -s out && echo "answered"
kill -CONT $line
dafu-search --index all --shard-seconds 20 --topics queries --format=json -n 20 | cmp - one.out && echo "the same"
kill -TERM $line
wait $line
line=
grep -q '^lost [1-9]' line.out && echo "some was lost"
