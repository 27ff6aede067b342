mkdir folder && dafu-index add --index index folder && dafu-index check --index index
