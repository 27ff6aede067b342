dafu-search --help
