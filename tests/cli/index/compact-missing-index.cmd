dafu-index compact --index index
