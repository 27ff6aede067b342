dafu-index ad
