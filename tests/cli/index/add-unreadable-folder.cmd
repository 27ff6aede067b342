cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
chmod 755 .
mkdir -m 700 folder folder/closed
mv letter.txt folder/a.txt
cp folder/a.txt folder/z.txt
chmod 755 folder
chmod 644 folder/a.txt
chmod 000 folder/closed folder/z.txt
mkdir -m 777 index
[ "$(id -u)" -ne 0 ] && chmod 000 folder/closed
as_nobody dafu-index add --index index folder
code=$?
dafu-index check --index index
exit $code
