cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
感谢您对我们工作的关心和支持。
某某市绿化局
2026年6月8日
（联系人：胡某某；联系电话：15800000223）
END
dafu-index inspect letter.txt | grep 联系
dafu-index inspect --show-contacts letter.txt | grep 联系
dafu-index inspect --terms letter.txt | grep -c 15800000223
