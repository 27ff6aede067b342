head -c 4096 "$(command -v dafu-index)" >program && dafu-index inspect program
