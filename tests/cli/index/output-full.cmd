dafu-index inspect "$CORPUS/hengpu-2025-74.txt" >/dev/full
