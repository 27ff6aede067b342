printf '规上工业企业\n“三首”产品\n' >words.txt
dafu-index add -i index --words words.txt "$CORPUS"
