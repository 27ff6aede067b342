# Without spaces, what comes out is what went in.
cat "$CORPUS"/*.txt >all.txt
dafu-index segment <all.txt | tr -d ' ' >out.txt
tr -d ' ' <all.txt | cmp - out.txt
