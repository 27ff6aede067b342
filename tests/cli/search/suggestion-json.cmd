# What is told about the line on standard error is in the last object, too; what was found has none
# unless it was asked for.
corpus_index index
dafu-search --index index --format=json --total --limit 1 智能治造 2>/dev/null | tail -n 1
dafu-search --index index --format=json '“没有这样的话语” 标题:' 2>/dev/null
dafu-search --index index --format=json --total --limit 1 '(停车 收费' 2>/dev/null | tail -n 1
dafu-search --index index --format=json --total --limit 1 tingche 2>/dev/null | tail -n 1
dafu-search --index index --format=json --limit 2 停车 | cut -c 1-9
dafu-search --index index --format=json --offset 9000 停车
