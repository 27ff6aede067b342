dafu-index check --index index
