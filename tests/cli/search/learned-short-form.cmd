# A short form finds the text that only has the full one, also inside a phrase, once the index has
# learned it from another reply; a wrong pair is not learned.
mkdir replies
reply() # NAME SENTENCE
{
    printf '%s\n' 宁波市水利局关于市政协十六届五次会议第21号提案的答复 张明委员： \
        您提出的提案收悉，现答复如下。 "一、已做的工作" "$2" "二、下一步打算" 继续努力。 宁波市水利局 \
        2026年5月8日 >replies/"$1".txt
}
reply definition '我局建设城市运行管理平台（以下简称“城运平台”），依据《渔港条例》（以下简称《条例》）管理渔港。'
reply other '城市运行管理平台升级后，全市渔港接入视频。'
dafu-index add -q --index index replies
ask()
{
    dafu-search --index index --format=json "$1" | grep -o '"docno":"other#[0-9]*"'
}
ask '"城运平台升级"'
dafu-index learn --index index --use
ask '"城运平台升级"'
ask '城运平台' | head -n 1
ask "\"条例升级\"" || true
