corpus_index index
echo "一段谁也没有写过的话，讲的是火星上的天气和月亮上的兔子。" >draft.txt
dafu-search similar --index index draft.txt
