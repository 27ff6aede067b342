cat >replies.jsonl <<'END'
{"id":"托育","title":"关于托育的答复","text":"鼓励用人单位开办托育机构。"}
{"id":"托育二","title":"关于托育的答复","text":"新增托育机构三家。"}
{"id":"停车","title":"关于停车的答复","text":"新增停车位三百个。"}
{"id":"加班","title":"关于加班的答复","text":"严查违法加班，加班须付加班费。"}
{"id":"加班二","title":"关于加班的答复","text":"加班有关规定已经公布。"}
{"id":"时间","title":"关于工时的答复","text":"延长工作时间须与工会协商。"}
END
dafu-index add --index index replies.jsonl 2>/dev/null
echo 'an official word is found by the everyday one'
dafu-search --index index --format=trec 托儿所 | cut -d' ' -f3
echo 'an everyday word that the texts use stands for itself'
dafu-search --index index --format=trec 加班 | cut -d' ' -f3
