cp "$SOURCE/tests/fixtures/html/letters.html" page.html
corpus_index index
dafu-index add -q --index index page.html
dafu-index check --index index
cat >page.html <<'END'
<html><head><title>关于市政协第9号提案的答复</title></head><body>
<p>王某某委员：</p><p>您提出的《关于加强古树名木保护的提案》收悉，现答复如下：</p>
<p>全市登记古树名木312株。</p></body></html>
END
dafu-index add --index index page.html
dafu-index check --index index
