dafu-search similar --help
