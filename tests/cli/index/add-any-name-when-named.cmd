# A folder is searched for known names; a file that is named is read whatever it is called.
mkdir folder
cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
cp letter.txt folder/letter.odd
cp letter.txt folder/.hidden.txt
dafu-index add --index index folder
dafu-index add --index index folder/letter.odd
