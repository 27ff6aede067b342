dafu-search --index index --limit many 停车
