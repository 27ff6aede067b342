corpus_index index
printf '# a comment\n经济和信息化局\t经信局\tagency\n' >reviewed.tsv
dafu-index learn -i index --pairs --take reviewed.tsv
