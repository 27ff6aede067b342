programs_in "$TEMP/copy"
corpus_index index
rm "$MODULES"/*.so
# not from here, nor from where the environment says
cp "$BINARY/lib/dafu/"*.so . 2>/dev/null
LD_LIBRARY_PATH=$TEMP
export LD_LIBRARY_PATH
dafu-search serve --index index --listen 127.0.0.1:0
echo "serve: $?"
echo 关于加快充电桩建设的提案 >draft.txt
dafu-search similar --index index draft.txt
echo "similar: $?"
dafu-search --index index --limit 1 停车 >/dev/null
echo "search: $?"
