dafu-search serve
