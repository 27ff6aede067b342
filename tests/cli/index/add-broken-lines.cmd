cat >lines.jsonl <<'END'
{"id": "a", "title": "t", "text": "第一段。"}
{"id": "b", "title": "t", "text": 
{"id": "c", "title": "t", "text": "第三段。"}
END
dafu-index add --index index lines.jsonl
code=$?
dafu-index check --index index
exit $code
