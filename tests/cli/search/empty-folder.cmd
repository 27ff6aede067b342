mkdir folder
dafu-search --index folder 停车
