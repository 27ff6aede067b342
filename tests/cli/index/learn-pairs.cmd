# Short forms that texts define, and titles that differ from their issuer's name.
mkdir replies
cat >replies/a.txt <<'TEXT'
宁波市海洋与渔业局文件
甬海渔函〔2026〕3号
市海渔局关于市政协十六届五次会议第21号提案的答复
张明委员：
您提出的关于渔船安全的提案收悉，现答复如下。
一、已做的工作
我局建设城市运行管理平台（以下简称“城运平台”），完善新型农村合作医疗（简称新农合）制度，依据《渔港条例》（以下简称《条例》）管理渔港（含避风锚地）。
二、下一步打算
继续推进新型农村合作医疗参保。
宁波市海洋与渔业局
2026年5月8日
TEXT
dafu-index add -q --index index replies
dafu-index learn --index index --pairs
dafu-index learn --index index --pairs --output pairs.tsv --use
grep 新农合 pairs.tsv >reviewed.tsv
dafu-index learn --index index --pairs --take reviewed.tsv
dafu-index check --index index
