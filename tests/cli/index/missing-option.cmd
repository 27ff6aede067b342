dafu-index add letter.txt
