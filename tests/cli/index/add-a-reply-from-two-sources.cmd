# One reply as page and as text, in both orders: the page is kept, both sources are named; when the
# page goes, the text takes its place.
mkdir one two
cp "$CORPUS"/tanchuan-2023-58.txt one/a.txt
{
    echo '<html><head><title>答复</title></head><body>'
    sed 's|^\(.*\)$|<p>\1</p>|' "$CORPUS"/tanchuan-2023-58.txt
    echo '</body></html>'
} >two/b.html
sources()
{
    dafu-search --index "$1" --format=json 远程医疗 | grep -o '"sources":[^]]*]' | sort -u
}
dafu-index add --index first one two
sources first
dafu-index add --index second two
dafu-index add --index second one
sources second
dafu-index add --index third one
dafu-index add --index third two
sources third
rm two/b.html
dafu-index add --index third two
sources third
rm one/a.txt
dafu-index add --index second one two
dafu-index check --index second
