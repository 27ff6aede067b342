# A number of the ranking can be tried; what is none is refused.
corpus_index index
dafu-search -i index -f trec -n 20 养老 补贴 >plain
dafu-search -i index -f trec -n 20 --weight bigram=5 --weight term_max=50 养老 补贴 >other
cmp -s plain other && echo 'a weight changes nothing'
for wrong in nothing=1 title title= title=x title=-1 =1; do
    dafu-search -i index --weight "$wrong" 养老
done
