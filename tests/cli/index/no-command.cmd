dafu-index
