dafu-index add --indx=index letter.txt
