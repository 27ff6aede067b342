corpus_index index
mkdir other
cp -r index other/passages
dafu-search --index other 停车
