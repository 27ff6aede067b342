dafu-index add --index index --commit-every 0 letter.txt
