corpus_index index
dafu-search show --index index 衡发改函[2025]57号 | head -n 14
dafu-search show --index index --format=json 衡发改函[2025]57号 | grep -o "\"sections\":.*\"passages\":.\{30\}"
dafu-search show --index index "$CORPUS/ningbo-2026-13.txt" --format=json | grep -o "15824520223\|158\*\*\*\*0223"
