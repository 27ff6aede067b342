dafu-search --help-query
