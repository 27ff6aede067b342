dafu-index snapshot --index index
