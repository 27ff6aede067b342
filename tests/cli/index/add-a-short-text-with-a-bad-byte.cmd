printf '一二\n三\377四\n' >short.txt
dafu-index add --index index short.txt
dafu-index inspect short.txt
