dafu-search --version
