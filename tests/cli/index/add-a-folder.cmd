dafu-index add --index index "$CORPUS" && dafu-index check --index index
