echo "智能制造2025年" >short.txt && dafu-index inspect --terms short.txt
