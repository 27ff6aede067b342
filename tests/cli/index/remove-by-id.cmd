cat >lines.jsonl <<'END'
{"id": "law#1", "title": "t", "text": "第一段。"}
{"id": "law#2", "title": "t", "text": "第二段。"}
END
dafu-index add -q --index index lines.jsonl
dafu-index remove --index index 'law#2'
dafu-index check --index index
