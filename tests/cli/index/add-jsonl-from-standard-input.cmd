# JSON lines on standard input are added; a line without an id is known by its text.
printf '{"id":"x1","text":"全市登记古树名木312株"}\n{"text":"新建公园三处"}\n' | dafu-index add --index index -
printf '{"id":"x1","text":"全市登记古树名木320株"}\n{"text":"新建公园三处"}\n{"text":\n' | dafu-index add --index index -
echo "code $?"
dafu-search --index index --format=json 古树名木 公园 | grep -o '"reply":"[^"]*"' | sort
dafu-index check --index index
