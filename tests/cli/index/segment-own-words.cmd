echo 规上工业企业 >words.txt
echo 全市规上工业企业1280家 | dafu-index segment --words words.txt
