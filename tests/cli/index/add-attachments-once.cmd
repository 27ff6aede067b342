mkdir in
printf '<title>答复</title><p>详见附件。</p><a href="a.txt">附件</a>' >in/page.html
printf '关于第9号提案的答复\n\n王某某委员：\n全市登记古树名木312株。\n' >in/a.txt
dafu-index add --index index in
dafu-index check --index index
dafu-index inspect in | grep -c '^标识'
