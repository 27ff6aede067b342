corpus_index index
dafu-index learn -i index -o terms.tsv --use
head -n 4 terms.tsv >reviewed.tsv
echo 科创甬江 >>reviewed.tsv
dafu-index learn -i index --take reviewed.tsv
dafu-index check -i index
