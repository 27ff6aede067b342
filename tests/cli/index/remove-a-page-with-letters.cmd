cp "$SOURCE/tests/fixtures/html/letters.html" page.html
corpus_index index
dafu-index add -q --index index page.html
dafu-index remove --index index page.html#2
rm page.html
dafu-index remove --index index "$TEMP/page.html"
dafu-index check --index index
