/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By sentence: 欢迎您到现场视察 addresses the reader, and 衷心感谢…的关心支持 needs both its ends, for
 * 群众送来锦旗表示感谢 and 在各方的关心支持下 are facts. */
#include "search/ranking/courtesy.h"

#include <string.h>

#include "indexer/base/utf8.h"

#define PASSAGE_MAX 600 /* bytes: 200 Han characters; what is longer says something */

static const struct text THANKS[] = { TEXT_INIT("感谢"), TEXT_INIT("谢谢"), TEXT_INIT("致谢"),
                                      TEXT_INIT("谢意"), TEXT_INIT("谢忱") };
static const struct text CARE[] = {
    TEXT_INIT("关心"), TEXT_INIT("支持"), TEXT_INIT("关注"),     TEXT_INIT("理解"),
    TEXT_INIT("监督"), TEXT_INIT("指导"), TEXT_INIT("厚爱"),     TEXT_INIT("帮助"),
    TEXT_INIT("建议"), TEXT_INIT("意见"), TEXT_INIT("真知灼见"),
};
static const struct text ADDRESSED[] = {
    TEXT_INIT("欢迎您"),     TEXT_INIT("欢迎你"),       TEXT_INIT("欢迎贵"),
    TEXT_INIT("欢迎各位"),   TEXT_INIT("欢迎继续"),     TEXT_INIT("欢迎提出"),
    TEXT_INIT("欢迎一如"),   TEXT_INIT("欢迎监督"),     TEXT_INIT("敬请您"),
    TEXT_INIT("敬请你"),     TEXT_INIT("敬请继续"),     TEXT_INIT("敬请批评"),
    TEXT_INIT("敬请谅解"),   TEXT_INIT("敬请理解"),     TEXT_INIT("敬请监督"),
    TEXT_INIT("敬请指正"),   TEXT_INIT("恳请您"),       TEXT_INIT("恳请你"),
    TEXT_INIT("恳请贵"),     TEXT_INIT("恳请继续"),     TEXT_INIT("恳请监督"),
    TEXT_INIT("批评指正"),   TEXT_INIT("特此答复"),     TEXT_INIT("特此函复"),
    TEXT_INIT("特此回复"),   TEXT_INIT("专此答复"),     TEXT_INIT("专此函复"),
    TEXT_INIT("专此函达"),   TEXT_INIT("此复"),         TEXT_INIT("以上答复"),
    TEXT_INIT("以上回复"),   TEXT_INIT("以上意见，"),   TEXT_INIT("以上意见供"),
    TEXT_INIT("如有意见"),   TEXT_INIT("如有不同"),     TEXT_INIT("如有疑问"),
    TEXT_INIT("如有异议"),   TEXT_INIT("如有不妥"),     TEXT_INIT("有何意见"),
    TEXT_INIT("有不同意见"), TEXT_INIT("与您保持联系"), TEXT_INIT("与你们保持联系"),
    TEXT_INIT("祝您"),       TEXT_INIT("祝你"),         TEXT_INIT("顺祝"),
    TEXT_INIT("顺颂"),       TEXT_INIT("此致"),         TEXT_INIT("敬礼"),
    TEXT_INIT("希望您"),     TEXT_INIT("希望你们"),     TEXT_INIT("希望贵"),
    TEXT_INIT("希望今后"),   TEXT_INIT("更多宝贵"),     TEXT_INIT("提出宝贵"),
    TEXT_INIT("提宝贵"),
};
#define COUNT_OF(rows) (sizeof(rows) / sizeof(*(rows)))

/* Of a character of three bytes, as all the words begin with. */
static size_t beginning(const char *character)
{
    return (size_t)(character[1] & 63) << 6 | (character[2] & 63);
}

void courtesy_begin(struct courtesy *courtesy)
{
    memset(courtesy, 0, sizeof(*courtesy));
    for (size_t i = 0; i < COUNT_OF(THANKS); i++)
        courtesy->begins[beginning(THANKS[i].data)] = true;
    for (size_t i = 0; i < COUNT_OF(ADDRESSED); i++)
        courtesy->begins[beginning(ADDRESSED[i].data)] = true;
}

/* Of three bytes at least. */
static bool begins_with_any(struct text text, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text.data[2] == words[i].data[2] && text_starts_with(text, words[i]))
            return true;
    return false;
}

static bool has_care(struct text sentence)
{
    for (size_t i = 0; i < COUNT_OF(CARE); i++)
        if (text_contains(sentence, CARE[i]))
            return true;
    return false;
}

static bool is_courtesy(const struct courtesy *courtesy, struct text sentence)
{
    bool thanks = false;
    for (size_t at = 0; at + 3 <= sentence.length;
         at += utf8_length((unsigned char)sentence.data[at])) {
        if (!courtesy->begins[beginning(sentence.data + at)])
            continue;
        struct text rest = text_slice(sentence, at, sentence.length - at);
        if (begins_with_any(rest, ADDRESSED, COUNT_OF(ADDRESSED)))
            return true;
        thanks = thanks || begins_with_any(rest, THANKS, COUNT_OF(THANKS));
    }
    return thanks && has_care(sentence);
}

/* The offset behind the first sentence. */
static size_t end_of(struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t character = utf8_next_valid(text.data, &at);
        if (character == 0x3002 || character == 0xFF01 || character == 0xFF1F || character == '\n')
            return at; /* 。！？ */
    }
    return text.length;
}

bool courtesy_only(const struct courtesy *courtesy, struct text passage)
{
    passage = text_trim(passage);
    if (!passage.length || passage.length > PASSAGE_MAX)
        return false;
    while (passage.length) {
        size_t end = end_of(passage);
        if (!is_courtesy(courtesy, text_slice(passage, 0, end)))
            return false;
        passage = text_trim(text_slice(passage, end, passage.length - end));
    }
    return true;
}

bool courtesy_asked(struct text query)
{
    for (size_t at = 0; at + 3 <= query.length; at++) {
        struct text rest = text_slice(query, at, query.length - at);
        if (begins_with_any(rest, THANKS, COUNT_OF(THANKS)) ||
            begins_with_any(rest, ADDRESSED, COUNT_OF(ADDRESSED)))
            return true;
    }
    return false;
}
