echo 5G消息 >words.txt
echo "推广５Ｇ消息" >short.txt && dafu-index inspect --terms --words words.txt short.txt
