dafu-search --index nowhere 停车
