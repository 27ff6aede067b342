/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the places off the front of an agency's name. Characters that end a place's name also
 * occur inside names and agencies (杭州市, 沙市区, 市场监督管理局), so each ending is looked at
 * together with what follows it. */
#include "indexer/reply/parse.h"

#include "indexer/base/utf8.h"

static const struct text ENDINGS[] = {
    TEXT_INIT("自治区"), TEXT_INIT("特别行政区"), TEXT_INIT("自治州"), TEXT_INIT("自治县"),
    TEXT_INIT("自治旗"), TEXT_INIT("地区"),       TEXT_INIT("新区"),   TEXT_INIT("开发区"),
    TEXT_INIT("园区"),   TEXT_INIT("街道"),       TEXT_INIT("省"),     TEXT_INIT("市"),
    TEXT_INIT("县"),     TEXT_INIT("区"),         TEXT_INIT("旗"),     TEXT_INIT("盟"),
    TEXT_INIT("州"),     TEXT_INIT("镇"),         TEXT_INIT("乡"),
};

/* An ending character followed by one of these is part of a word of the agency's own name. */
static const struct text NOT_AFTER[] = {
    TEXT_INIT("市场"), TEXT_INIT("市政"), TEXT_INIT("市容"), TEXT_INIT("市民"),
    TEXT_INIT("市域"), TEXT_INIT("区域"), TEXT_INIT("乡村"), TEXT_INIT("县域"),
    TEXT_INIT("镇村"), TEXT_INIT("城乡"), TEXT_INIT("区划"),
};

/* What may stand before the place: the body that a local agency belongs to. */
static const struct text PARENTS[] = {
    TEXT_INIT("中共"),
    TEXT_INIT("国家税务总局"),
    TEXT_INIT("国家统计局"),
    TEXT_INIT("中国人民银行"),
    TEXT_INIT("中国银行保险监督管理委员会"),
    TEXT_INIT("国家金融监督管理总局"),
    TEXT_INIT("国网"),
    TEXT_INIT("中国共产主义青年团"),
    TEXT_INIT("共青团"),
    TEXT_INIT("中华人民共和国"),
    TEXT_INIT("中国民主同盟"),
};

/* Words that look like places. */
static const struct text NO_PLACES[] = {
    TEXT_INIT("城市"),   TEXT_INIT("城镇"), TEXT_INIT("乡镇"), TEXT_INIT("村镇"), TEXT_INIT("社区"),
    TEXT_INIT("都市"),   TEXT_INIT("辖区"), TEXT_INIT("全市"), TEXT_INIT("全省"), TEXT_INIT("全县"),
    TEXT_INIT("中小城"), TEXT_INIT("街道"), TEXT_INIT("园区"), TEXT_INIT("景区"),
};

static const struct text NO_PLACE_ENDINGS[] = {
    TEXT_INIT("城乡"),
    TEXT_INIT("城镇"),
    TEXT_INIT("乡镇"),
    TEXT_INIT("城市"),
};

/* Short names of autonomous prefectures; any other 州 belongs to a city's name. */
static const struct text PREFECTURES[] = {
    TEXT_INIT("恩施州"), TEXT_INIT("湘西州"), TEXT_INIT("凉山州"),   TEXT_INIT("甘孜州"),
    TEXT_INIT("阿坝州"), TEXT_INIT("黔南州"), TEXT_INIT("黔东南州"), TEXT_INIT("黔西南州"),
    TEXT_INIT("红河州"), TEXT_INIT("文山州"), TEXT_INIT("大理州"),   TEXT_INIT("楚雄州"),
    TEXT_INIT("德宏州"), TEXT_INIT("怒江州"), TEXT_INIT("迪庆州"),   TEXT_INIT("西双版纳州"),
    TEXT_INIT("临夏州"), TEXT_INIT("甘南州"), TEXT_INIT("海西州"),   TEXT_INIT("海北州"),
    TEXT_INIT("海南州"), TEXT_INIT("黄南州"), TEXT_INIT("果洛州"),   TEXT_INIT("玉树州"),
    TEXT_INIT("昌吉州"), TEXT_INIT("伊犁州"), TEXT_INIT("延边州"),
};

static bool starts_with_any(struct text text, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_starts_with(text, words[i]))
            return true;
    }
    return false;
}

static struct text rest_of(struct text text, size_t at)
{
    return text_slice(text, at, text.length - at);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Whether a place ends behind `ending`, with `rest` following it. */
static bool ends_place(struct text place, struct text ending, struct text rest)
{
    for (size_t i = 0; i < COUNT(NO_PLACE_ENDINGS); i++) {
        if (text_ends_with(place, NO_PLACE_ENDINGS[i]))
            return false;
    }
    if (text_equal(ending, TEXT("州")))
        return starts_with_any(place, PREFECTURES, COUNT(PREFECTURES));
    if (rest.length == 0)
        return true;
    if (starts_with_any(rest, NOT_AFTER, COUNT(NOT_AFTER)))
        return true;
    /* 津市市, 沙市区: the name itself ends like one */
    return !(ending.length == 3 && (text_starts_with(rest, TEXT("市")) ||
                                    (text_starts_with(rest, TEXT("区")) && place.length <= 6) ||
                                    (text_starts_with(rest, TEXT("县")) && place.length <= 6)));
}

/* Bytes of the place at the start of `shadow`; 0 when there is none within ten characters. */
static size_t place_length(struct text shadow)
{
    size_t at = shadow.length ? utf8_length((unsigned char)shadow.data[0]) : 0;
    if (starts_with_any(shadow, NO_PLACES, COUNT(NO_PLACES)))
        return 0;
    for (size_t steps = 0; at < shadow.length && steps < 12; steps++) {
        struct text rest = rest_of(shadow, at);
        for (size_t i = 0; i < COUNT(ENDINGS); i++) {
            if (!text_starts_with(rest, ENDINGS[i]))
                continue;
            size_t end = at + ENDINGS[i].length;
            if (ends_place(text_slice(shadow, 0, end), ENDINGS[i], rest_of(shadow, end)))
                return end;
        }
        if (!utf8_is_han(utf8_next_valid(shadow.data, &(size_t) { at })))
            return 0;
        at += utf8_length((unsigned char)shadow.data[at]);
    }
    return 0;
}

struct place_list places_of(struct text agency_shadow, struct text agency)
{
    static const struct text LEVELS[] = { TEXT_INIT("省"), TEXT_INIT("市"), TEXT_INIT("县"),
                                          TEXT_INIT("区"), TEXT_INIT("州"), TEXT_INIT("镇") };
    struct place_list places = { .count = 0 };
    if (starts_with_any(agency_shadow, LEVELS, COUNT(LEVELS)))
        return places; /* 市经信局: a short form tells no place */
    size_t at = 0;
    for (size_t i = 0; i < COUNT(PARENTS); i++) {
        if (text_starts_with(agency_shadow, PARENTS[i]))
            at = PARENTS[i].length;
    }
    while (places.count < COUNT(places.items)) {
        size_t length = place_length(rest_of(agency_shadow, at));
        if (length == 0)
            break;
        places.shadows[places.count] = text_slice(agency_shadow, at, length);
        places.items[places.count++] = text_slice(agency, at, length);
        at += length;
    }
    return places;
}

struct text place_of_level(const struct place_list *places, struct text level)
{
    for (size_t i = places->count; i > 0; i--) {
        if (text_ends_with(places->items[i - 1], level) ||
            text_ends_with(places->shadows[i - 1], level))
            return places->items[i - 1];
    }
    return (struct text) { NULL, 0 };
}
