dafu-search --index index --limt 3 停车
