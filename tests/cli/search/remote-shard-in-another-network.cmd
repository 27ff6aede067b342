# A server in a network of its own; where the kernel can, 5 ms away and with packets lost.
[ "$(id -u)" -eq 0 ] || skip "needs root for a network of its own"
command -v ip >/dev/null && command -v tc >/dev/null || skip "there is no iproute2"
name=dafu$$
near=da$$ far=db$$
ip netns add $name 2>/dev/null || skip "networks of their own are not permitted here"
leave() {
    stop_servers
    ip netns del $name 2>/dev/null
    ip link del $near 2>/dev/null
}
host=10.213.$(($$ % 250)).2
within="ip netns exec $name"
. "$SOURCE/tests/cli/servers.sh"
trap leave EXIT
ip link add $near type veth peer name $far netns $name 2>/dev/null && ip addr add ${host%.*}.1/24 dev $near &&
    ip link set $near up && ip -n $name addr add $host/24 dev $far && ip -n $name link set $far up ||
    skip "networks of their own are not permitted here"
ip netns exec $name tc qdisc add dev $far root netem delay 5ms loss 1% 2>/dev/null
corpus_index one
dafu-index add -q --shards 2 --index two "$CORPUS"
dafu-index publish --index two
start two/shard-2
printf '# collection of dafu\ntwo/shard-1\n%s:%s\n' $host $port >all
head -n 4 "$CORPUS/../queries.tsv" >queries
for index in one all; do
    dafu-search --index $index --shard-seconds 20 --topics queries --format=json -n 20 >$index.out
done
cmp one.out all.out && echo "the same"
ip link set $near down
dafu-search --index all --shard-seconds 1 停车 2>err
echo $?
grep -c "^dafu-search: shard \"$host:$port\" does not answer" err
