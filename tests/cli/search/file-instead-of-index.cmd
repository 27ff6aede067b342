echo text >index
dafu-search --index index 停车
