# What fails is told, and what was saved stays as it was.
unset XDG_DATA_HOME HOME
corpus_index index
tell() { echo "\$ $*" | cut -c 1-100; "$@" 2>&1; echo "= $?"; }
tell dafu-search saved
HOME=$TEMP/home XDG_DATA_HOME=relative
export HOME XDG_DATA_HOME
tell dafu-search saved
tell dafu-search save
tell dafu-search save 停车 --index index
tell dafu-search save 停车 停车
tell dafu-search save '' --index index 停车
tell dafu-search save 停车 --index index '   '
tell dafu-search save 停车 --index missing 停车
tell dafu-search save 停车 --index index --year 明年 停车
find home -name '*.json'
dafu-search save 停车 --index index 停车 年份:明年
find home -name '*.json'
tell dafu-search new
tell dafu-search new 养老
tell dafu-search saved --remove 养老
cp home/.local/share/dafu/saved.json before
mv index gone
tell dafu-search new 停车
mv gone index
tell dafu-search new 停车 --index before
# what nobody has seen stays new
dafu-search save all --saved all.json --index index 停车
python3 -c "
import json
saved = json.load(open('all.json'))
saved['searches'][0]['seen'] = []
json.dump(saved, open('all.json', 'w'))"
cp all.json all.before
dafu-search new all --saved all.json >/dev/full
echo "= $?"
cmp all.json all.before
# a damaged file is left alone
for damage in 'head -c 100' 'sed s/"version"/"versoin"/' 'sed s/"seen"/"sene"/' 'head -c 0'; do
    $damage before >damaged.json
    cp damaged.json as-it-was
    tell dafu-search new 停车 --saved damaged.json
    tell dafu-search save 停车场 --saved damaged.json --index index 停车场
    cmp damaged.json as-it-was
done
cmp home/.local/share/dafu/saved.json before
