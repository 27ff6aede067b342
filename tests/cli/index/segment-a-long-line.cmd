# 12 MB in one line.
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "推进企业数字化改造" }' >long.txt
dafu-index segment <long.txt | tr -d ' ' | cmp - long.txt
