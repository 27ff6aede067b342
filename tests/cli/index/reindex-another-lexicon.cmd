# An index of the bare dictionary, as an older dafu may have written it, becomes this program's.
plain=$(dirname "$DAFU_DATA")/../tests/plain
[ -f "$plain/lexicon.dafu" ] || skip "the dictionary's own lexicon is not built"
mkdir data
cp "$plain/lexicon.dafu" "$DAFU_DATA/reply.rng" data
DAFU_DATA=data dafu-index add -q -i index "$CORPUS"
dafu-index check -i index
dafu-search -i index 停车
dafu-index reindex -i index
dafu-index check -i index
dafu-search -i index -f trec -n 1 停车
