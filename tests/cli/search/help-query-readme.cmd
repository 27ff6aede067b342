# What the README and the manual page say of the query language is what --help-query says.
dafu-search --help-query >told
dafu-search --manual=man | sed 's/\\-/-/g' >manual
sed -n '/^| written/,/^$/p' "$SOURCE/README.md" | sed '1,2d; s/^| \([^|]*\) |.*/\1/' |
    grep -o '`[^`]*`' | tr -d '`' | sort -u >written
[ "$(grep -c . written)" -ge 8 ] || echo "few examples in the README"
while read -r example; do
    grep -qF -e "$example" told || echo "README: $example is not in --help-query"
done <written
sed -n 's/^  \([^ ].*\)$/\1/p' told | sed 's/   *.*//' >forms
[ "$(grep -c . forms)" -ge 25 ] || echo "few forms in --help-query"
while read -r form; do
    grep -qF -e "$form" manual || echo "$form is not in the manual page"
done <forms
echo checked
