dafu-index snapshot --index index copy
