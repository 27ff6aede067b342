corpus_index index
dafu-search --index index --agency 苇州市公安局交通警察支队 --class B --year 2025 --from 2025-05 --to 2025-06-09 --format=csv --limit 2 绿波 | cut -d, -f 4,6
dafu-search --index index --class B --total --limit 0 绿波
dafu-search --index index --total --limit 0 "绿波 类别:B类"
dafu-search --index index --class A --total --limit 0 绿波
