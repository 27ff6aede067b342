corpus_index index
{ dafu-search --index index --limit 100 停车 企业 发展; echo $? >code; } | head -n 1 >/dev/null
cat code
