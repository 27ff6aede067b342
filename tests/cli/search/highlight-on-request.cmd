corpus_index index
dafu-search --index index --color=always --limit 1 智能制造标杆项目
