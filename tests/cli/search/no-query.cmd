dafu-search --index index
