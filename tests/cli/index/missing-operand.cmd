dafu-index add --index index
