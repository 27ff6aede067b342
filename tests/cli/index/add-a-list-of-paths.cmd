printf '%s\n' "$CORPUS/hengpu-2025-74.txt" "" "$CORPUS/tangpu-2024-8.txt" |
    dafu-index add --index index -
