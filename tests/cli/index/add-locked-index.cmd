cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
mkfifo list
dafu-index add -q --index index - <list &
exec 3<>list
tries=0
until dafu-index check --index index >/dev/null 2>&1 || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
dafu-index add --index index letter.txt
code=$?
exec 3>&-
wait
exit $code
