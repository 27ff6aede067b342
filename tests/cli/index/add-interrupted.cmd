cat >letter.txt <<'END'
关于市政协第9号提案的答复

王某某委员：
您提出的《关于加强古树名木保护的提案》收悉，现答复如下：
一、工作情况
全市登记古树名木312株。
END
mkfifo list
cp letter.txt second.txt
dafu-index add --index index --commit-every 1 - <list &
program=$!
exec 3<>list
echo letter.txt >&3
tries=0
until dafu-index check --index index 2>/dev/null | grep -q '1 replies' || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
kill -TERM $program
echo second.txt >&3
wait $program
code=$?
dafu-index check --index index
exit $code
