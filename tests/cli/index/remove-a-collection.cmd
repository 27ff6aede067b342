printf '{"id":"1","text":"古树名木"}\n{"id":"2","text":"古树"}\n{"text":"名木"}\n' >a.jsonl
printf '{"id":"4","text":"古树名木"}\n' >b.jsonl
dafu-index add -q --index index a.jsonl b.jsonl
dafu-index remove --index index a.jsonl
dafu-index check --index index
