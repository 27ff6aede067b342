corpus_index index
dafu-search commitments --index index --limit 1 绿波
dafu-search commitments --index index --format=csv --limit 1 绿波 | cut -d, -f 1,3,4
dafu-search commitments --index index --format=json --limit 1 充电桩 停车配建标准 公开征求意见
