dafu-index remove --index index letter.txt
