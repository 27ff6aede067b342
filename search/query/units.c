/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/units.h"

#include "search/query/scan.h"

#define MEASURE(name)                                                                              \
    {                                                                                              \
        TEXT_INIT(name), false, false                                                              \
    }
#define COUNT(name)                                                                                \
    {                                                                                              \
        TEXT_INIT(name), true, false                                                               \
    }
#define GENERAL(name)                                                                              \
    {                                                                                              \
        TEXT_INIT(name), true, true                                                                \
    }

static const struct unit UNITS[] = {
    /* shares */
    MEASURE("%"),
    MEASURE("‰"),
    MEASURE("个百分点"),
    MEASURE("百分点"),
    MEASURE("倍"),
    MEASURE("成"),
    /* money */
    MEASURE("元"),
    MEASURE("元人民币"),
    MEASURE("美元"),
    MEASURE("欧元"),
    MEASURE("港元"),
    MEASURE("港币"),
    MEASURE("日元"),
    MEASURE("英镑"),
    MEASURE("角"),
    /* length, area, volume, mass */
    MEASURE("公里"),
    MEASURE("千米"),
    MEASURE("米"),
    MEASURE("延米"),
    MEASURE("厘米"),
    MEASURE("毫米"),
    MEASURE("微米"),
    MEASURE("海里"),
    MEASURE("车道公里"),
    MEASURE("平方米"),
    MEASURE("平米"),
    MEASURE("平方公里"),
    MEASURE("平方千米"),
    MEASURE("公顷"),
    MEASURE("亩"),
    MEASURE("亩次"),
    MEASURE("立方米"),
    MEASURE("立方"),
    MEASURE("方"),
    MEASURE("升"),
    MEASURE("毫升"),
    MEASURE("吨"),
    MEASURE("吨标准煤"),
    MEASURE("吨标煤"),
    MEASURE("公斤"),
    MEASURE("千克"),
    MEASURE("克"),
    MEASURE("毫克"),
    MEASURE("微克"),
    MEASURE("斤"),
    MEASURE("标准箱"),
    MEASURE("标箱"),
    MEASURE("载重吨"),
    /* power, data, others */
    MEASURE("千瓦"),
    MEASURE("兆瓦"),
    MEASURE("吉瓦"),
    MEASURE("瓦"),
    MEASURE("千瓦时"),
    MEASURE("兆瓦时"),
    MEASURE("度电"),
    MEASURE("千伏"),
    MEASURE("千伏安"),
    MEASURE("兆伏安"),
    MEASURE("伏"),
    MEASURE("摄氏度"),
    MEASURE("°c"),
    MEASURE("分贝"),
    MEASURE("兆帕"),
    MEASURE("km"),
    MEASURE("m"),
    MEASURE("cm"),
    MEASURE("mm"),
    MEASURE("km2"),
    MEASURE("m2"),
    MEASURE("m3"),
    MEASURE("kw"),
    MEASURE("mw"),
    MEASURE("gw"),
    MEASURE("kwh"),
    MEASURE("mwh"),
    MEASURE("gwh"),
    MEASURE("kv"),
    MEASURE("kva"),
    MEASURE("mva"),
    MEASURE("kg"),
    MEASURE("t"),
    MEASURE("gb"),
    MEASURE("tb"),
    MEASURE("pb"),
    MEASURE("mbps"),
    MEASURE("gbps"),
    MEASURE("db"),
    MEASURE("mg/l"),
    MEASURE("ug/m3"),
    MEASURE("teu"),
    /* time */
    MEASURE("小时"),
    MEASURE("分钟"),
    MEASURE("秒"),
    MEASURE("秒钟"),
    MEASURE("天"),
    MEASURE("周"),
    MEASURE("个月"),
    MEASURE("个工作日"),
    MEASURE("工作日"),
    MEASURE("年"),
    MEASURE("岁"),
    MEASURE("周岁"),
    MEASURE("学时"),
    MEASURE("课时"),
    MEASURE("学分"),
    MEASURE("个小时"),
    MEASURE("分"),
    /* people and their groups */
    COUNT("人"),
    COUNT("人次"),
    COUNT("名"),
    COUNT("位"),
    COUNT("户"),
    COUNT("户次"),
    COUNT("家"),
    COUNT("家次"),
    COUNT("所"),
    COUNT("户家庭"),
    COUNT("支"),
    COUNT("队"),
    COUNT("班"),
    COUNT("对"),
    /* things that are built, bought, planted, written */
    COUNT("座"),
    COUNT("栋"),
    COUNT("幢"),
    COUNT("套"),
    COUNT("间"),
    COUNT("台"),
    COUNT("台套"),
    COUNT("台次"),
    COUNT("台(套)"),
    COUNT("辆"),
    COUNT("辆次"),
    COUNT("艘"),
    COUNT("艘次"),
    COUNT("架"),
    COUNT("架次"),
    COUNT("列"),
    COUNT("条"),
    COUNT("处"),
    COUNT("株"),
    COUNT("棵"),
    COUNT("头"),
    COUNT("只"),
    COUNT("羽"),
    COUNT("匹"),
    COUNT("尾"),
    COUNT("盏"),
    COUNT("基"),
    COUNT("杆"),
    COUNT("根"),
    COUNT("块"),
    COUNT("片"),
    COUNT("口"),
    COUNT("眼"),
    COUNT("口井"),
    COUNT("张"),
    COUNT("张床位"),
    COUNT("床"),
    COUNT("份"),
    COUNT("篇"),
    COUNT("部"),
    COUNT("册"),
    COUNT("本"),
    COUNT("幅"),
    COUNT("枚"),
    COUNT("门"),
    COUNT("扇"),
    COUNT("袋"),
    COUNT("桶"),
    COUNT("盒"),
    COUNT("瓶"),
    COUNT("剂次"),
    COUNT("剂"),
    COUNT("段"),
    COUNT("孔"),
    COUNT("泊位"),
    COUNT("车位"),
    COUNT("个车位"),
    COUNT("个泊位"),
    COUNT("个床位"),
    COUNT("个岗位"),
    /* what is done */
    COUNT("件"),
    COUNT("起"),
    COUNT("例"),
    COUNT("例次"),
    COUNT("宗"),
    COUNT("笔"),
    COUNT("单"),
    COUNT("票"),
    COUNT("场"),
    COUNT("场次"),
    COUNT("班次"),
    COUNT("车次"),
    COUNT("批次"),
    COUNT("次"),
    COUNT("期"),
    COUNT("批"),
    COUNT("轮"),
    COUNT("门次"),
    COUNT("趟"),
    COUNT("通"),
    COUNT("次数"),
    /* and what is anything */
    GENERAL("个"),
    GENERAL("项"),
    GENERAL("种"),
    GENERAL("类"),
    GENERAL("款"),
    GENERAL("组"),
    GENERAL("级"),
};

/* A letter or digit behind it would make it another word. */
static bool ends_well(struct text text, size_t at, const struct unit *unit)
{
    bool latin = unit->name.data[0] >= 'a' && unit->name.data[0] <= 'z';
    return !latin || (!scan_letter(text, at) && !scan_digit(text, at));
}

static const struct unit *plain_unit(struct text text, size_t at)
{
    const struct unit *best = NULL;
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(*UNITS); i++) {
        const struct unit *unit = &UNITS[i];
        if ((!best || unit->name.length > best->name.length) && scan_at(text, at, unit->name) &&
            ends_well(text, at + unit->name.length, unit))
            best = unit;
    }
    return best;
}

static size_t rate_at(struct text text, size_t at)
{
    static const struct text OF[] = {
        TEXT_INIT("平方米"), TEXT_INIT("平方公里"), TEXT_INIT("立方米"), TEXT_INIT("小时"),
        TEXT_INIT("分钟"),   TEXT_INIT("人"),       TEXT_INIT("月"),     TEXT_INIT("年"),
        TEXT_INIT("日"),     TEXT_INIT("天"),       TEXT_INIT("次"),     TEXT_INIT("吨"),
        TEXT_INIT("亩"),     TEXT_INIT("户"),       TEXT_INIT("辆"),     TEXT_INIT("个"),
        TEXT_INIT("套"),     TEXT_INIT("升"),       TEXT_INIT("公里"),   TEXT_INIT("千瓦时"),
        TEXT_INIT("千瓦"),   TEXT_INIT("度"),       TEXT_INIT("秒"),     TEXT_INIT("公斤"),
        TEXT_INIT("米"),     TEXT_INIT("生"),       TEXT_INIT("床"),     TEXT_INIT("台"),
        TEXT_INIT("h"),      TEXT_INIT("m2"),       TEXT_INIT("kwh"),    TEXT_INIT("万元"),
        TEXT_INIT("班"),     TEXT_INIT(""),
    };
    static const struct text MARKS[] = { TEXT_INIT("/"), TEXT_INIT("·"), TEXT_INIT("") };
    size_t mark = scan_any_at(text, at, MARKS),
           length = mark ? scan_any_at(text, at + mark, OF) : 0;
    return length ? mark + length : 0;
}

const struct unit *unit_at(struct text text, size_t at, size_t *length)
{
    const struct unit *unit = plain_unit(text, at);
    if (!unit)
        return NULL;
    size_t end = at + unit->name.length;
    for (size_t rate; (rate = rate_at(text, end)) > 0;)
        end += rate;
    *length = end - at;
    return unit;
}

/* ㎡ is m2 in normalised text, but has a term of its own in the index. */
size_t unit_others(struct text unit, struct text out[UNIT_NAMES_MAX])
{
    static const struct text SAME[][UNIT_NAMES_MAX] = {
        { TEXT_INIT("公里"), TEXT_INIT("千米"), TEXT_INIT("km") },
        { TEXT_INIT("米"), TEXT_INIT("m") },
        { TEXT_INIT("厘米"), TEXT_INIT("cm"), TEXT_INIT("公分") },
        { TEXT_INIT("毫米"), TEXT_INIT("mm") },
        { TEXT_INIT("平方米"), TEXT_INIT("m2"), TEXT_INIT("平米"), TEXT_INIT("㎡") },
        { TEXT_INIT("平方公里"), TEXT_INIT("平方千米"), TEXT_INIT("km2"), TEXT_INIT("㎢") },
        { TEXT_INIT("立方米"), TEXT_INIT("m3"), TEXT_INIT("立方"), TEXT_INIT("方"),
          TEXT_INIT("㎥") },
        { TEXT_INIT("升"), TEXT_INIT("l") },
        { TEXT_INIT("毫升"), TEXT_INIT("ml") },
        { TEXT_INIT("吨"), TEXT_INIT("t") },
        { TEXT_INIT("公斤"), TEXT_INIT("千克"), TEXT_INIT("kg") },
        { TEXT_INIT("毫克"), TEXT_INIT("mg") },
        { TEXT_INIT("微克"), TEXT_INIT("ug"), TEXT_INIT("μg") },
        { TEXT_INIT("吨标准煤"), TEXT_INIT("吨标煤") },
        { TEXT_INIT("标准箱"), TEXT_INIT("标箱"), TEXT_INIT("teu") },
        { TEXT_INIT("千瓦"), TEXT_INIT("kw") },
        { TEXT_INIT("兆瓦"), TEXT_INIT("mw") },
        { TEXT_INIT("吉瓦"), TEXT_INIT("gw") },
        { TEXT_INIT("千瓦时"), TEXT_INIT("kwh"), TEXT_INIT("度电") },
        { TEXT_INIT("兆瓦时"), TEXT_INIT("mwh") },
        { TEXT_INIT("千伏"), TEXT_INIT("kv") },
        { TEXT_INIT("千伏安"), TEXT_INIT("kva") },
        { TEXT_INIT("兆伏安"), TEXT_INIT("mva") },
        { TEXT_INIT("摄氏度"), TEXT_INIT("°c") },
        { TEXT_INIT("分贝"), TEXT_INIT("db") },
        { TEXT_INIT("小时"), TEXT_INIT("个小时"), TEXT_INIT("h") },
        { TEXT_INIT("秒"), TEXT_INIT("秒钟") },
        { TEXT_INIT("个工作日"), TEXT_INIT("工作日") },
        { TEXT_INIT("个百分点"), TEXT_INIT("百分点") },
        { TEXT_INIT("台套"), TEXT_INIT("台(套)") },
        { TEXT_INIT("港元"), TEXT_INIT("港币") },
        { TEXT_INIT("微克/立方米"), TEXT_INIT("ug/m3"), TEXT_INIT("μg/m3") },
        { TEXT_INIT("毫克/升"), TEXT_INIT("mg/l") },
        { TEXT_INIT("公里/小时"), TEXT_INIT("km/h") },
    };
    size_t count = 0;
    for (size_t i = 0; i < sizeof(SAME) / sizeof(*SAME); i++) {
        bool here = false;
        for (size_t j = 0; j < UNIT_NAMES_MAX && SAME[i][j].length; j++)
            here = here || text_equal(SAME[i][j], unit);
        for (size_t j = 0; here && j < UNIT_NAMES_MAX && SAME[i][j].length; j++)
            if (!text_equal(SAME[i][j], unit))
                out[count++] = SAME[i][j];
        if (here)
            break;
    }
    return count;
}
