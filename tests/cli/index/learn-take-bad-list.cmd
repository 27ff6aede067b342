corpus_index index
printf 'term\t1\t2\tmany\n' >reviewed.tsv
dafu-index learn -i index --take reviewed.tsv
