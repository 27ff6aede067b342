cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
corpus_index index
rm index/segment-*/postlist.glass
dafu-index add --index index letter.txt
