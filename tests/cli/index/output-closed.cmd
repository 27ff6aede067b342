# A reader that goes away is no failure.
dafu-index inspect "$CORPUS" | head -n 1
