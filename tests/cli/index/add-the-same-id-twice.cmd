printf '{"id":"1","text":"古树"}\n{"id":"1","text":"名木"}\n' >a.jsonl
dafu-index add --index index a.jsonl
code=$?
dafu-index check --index index
exit $code
