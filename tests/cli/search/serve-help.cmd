dafu-search serve --help
