dafu-search 停车
