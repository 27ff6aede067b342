cat >page.html <<'END'
<!DOCTYPE html><html><head><meta charset="utf-8"><title>市政协提案答复（见附件）</title></head><body>
<div id="UCAP-CONTENT"><p>答复全文见附件。</p><p>附件：<a href="./%E7%AD%94%E5%A4%8D.txt?v=1">答复.txt</a></p></div>
</body></html>
END
cat >答复.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
dafu-index add --index index page.html
dafu-search --index index --format=trec 登记古树 | cut -d' ' -f3,4
