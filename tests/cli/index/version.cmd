dafu-index --version
