# Where nothing may be written, it is told and nothing is lost; what is only read still works.
corpus_index index
dafu-search save 停车 --saved saved.json --index index 停车
cp saved.json before
chmod 555 .
chmod 444 saved.json
as_nobody dafu-search new 停车 --saved saved.json
echo "= $?"
as_nobody dafu-search save 养老 --saved saved.json --index index 养老
echo "= $?"
as_nobody dafu-search saved --saved saved.json
as_nobody dafu-search new 停车 --keep --saved saved.json
echo "= $?"
chmod 755 .
cmp saved.json before
