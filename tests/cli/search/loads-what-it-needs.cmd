corpus_index index
printf '%s\n' 关于加快充电桩建设的提案 '' 配电设施已移交供电公司的，扩容费用由供电公司承担。 >draft.txt
# loaded NAME COMMAND...: of the libraries that some commands need, those that this one has loaded
loaded()
{
    name=$1
    shift
    LD_DEBUG=files LD_DEBUG_OUTPUT=$TEMP/libraries "$@" >/dev/null 2>&1
    found=$(sed -n 's/.*calling init: .*\/\(libxapian\|libmicrohttpd\|libgnutls\|libxml2\|libicuuc\|libzip\|libcrypto\|libuchardet\|draft\|serve\)\.so.*/\1/p' \
        "$TEMP"/libraries.* | LC_ALL=C sort -u | tr '\n' ' ')
    rm -f "$TEMP"/libraries.*
    echo "$name: $found" | sed -E 's/lib(gnutls|icuuc|crypto) //g'
}
loaded search dafu-search --index index --explain --facets=all 停车
loaded search-json dafu-search --index index --group --format=json 停车
loaded figures dafu-search figures --index index 停车
loaded commitments dafu-search commitments --index index 停车
loaded show dafu-search show --index index --limit 1 1
loaded help dafu-search serve --help
loaded manual dafu-search --manual=man
loaded similar-reply dafu-search similar --index index "$(dafu-search --index index --format=json --limit 1 充电桩 | sed 's/.*"id": *"\([^"]*\)".*/\1/')"
loaded similar-draft dafu-search similar --index index draft.txt
loaded serve dafu-search serve --index index --listen nowhere
