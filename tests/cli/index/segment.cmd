dafu-index segment
