/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types of the HTML standard, the counter styles of CSS that count in Chinese, and the classes of
 * UEditor, with which most government sites are written. */
#include "indexer/document/html_marker.h"

#include <ctype.h>
#include <stdlib.h>

enum numerals { DIGITS, CHINESE, LETTERS, CAPITALS, NONE };

static const struct {
    const char *names;
    enum numerals numerals;
    const char *before, *behind;
} STYLES[] = {
    { "custom_num", DIGITS, "", "." },
    { "custom_num1", DIGITS, "", "）" },
    { "custom_num2", DIGITS, "（", "）" },
    { "custom_cn", CHINESE, "", "、" },
    { "custom_cn1", CHINESE, "", "）" },
    { "custom_cn2", CHINESE, "（", "）" },
    { "cjk-ideographic trad-chinese-informal simp-chinese-informal cjk-decimal", CHINESE, "",
      "、" },
    { "none disc circle square", NONE, "", "" },
    { "decimal 1", DIGITS, "", "." },
};

/* The word behind "list-style-type:" or "list-style:". */
static struct text list_style(struct text style)
{
    size_t at = text_find(style, TEXT("list-style"));
    if (at == TEXT_NONE)
        return (struct text) { NULL, 0 };
    while (at < style.length && style.data[at] != ':')
        at++;
    at += at < style.length;
    while (at < style.length && isspace((unsigned char)style.data[at]))
        at++;
    size_t end = at;
    while (end < style.length && !strchr("; !", style.data[end]))
        end++;
    return text_slice(style, at, end - at);
}

static size_t find_style(const struct html_node *list)
{
    struct text style = list_style(html_attribute(list, "style"));
    struct text class = html_attribute(list, "class");
    for (size_t i = 0; i < sizeof(STYLES) / sizeof(STYLES[0]); i++) {
        struct text names = text_of(STYLES[i].names);
        struct text name;
        while (text_split(&names, TEXT(" "), &name))
            if (html_same(style, name) || html_has_word(class, name))
                return i;
    }
    return sizeof(STYLES) / sizeof(STYLES[0]) - 1;
}

static void append_chinese(struct buffer *out, unsigned number)
{
    static const char *const DIGIT[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    if (number >= 100) {
        buffer_printf(out, "%u", number);
        return;
    }
    if (number >= 20)
        buffer_append(out, text_of(DIGIT[number / 10]));
    if (number >= 10)
        buffer_append(out, TEXT("十"));
    buffer_append(out, text_of(DIGIT[number % 10]));
}

#define NUMBER_MAX 999 /* a longer list goes on without numbers */

static unsigned number_of(const struct html_node *item)
{
    const struct html_node *list = item->parent;
    unsigned long long number = 1;
    if (!text_to_u64(html_attribute(list, "start"), &number) || number > NUMBER_MAX)
        number = 1;
    for (const struct html_node *at = list->first; at != item && number <= NUMBER_MAX;
         at = at->next)
        number += html_is(at, "li");
    return (unsigned)number;
}

void html_append_marker(const struct html_node *item, struct buffer *out)
{
    if (!html_is(item, "li") || !item->parent || !html_is(item->parent, "ol"))
        return;
    size_t style = find_style(item->parent);
    struct text type = html_attribute(item->parent, "type");
    bool letters = text_equal(type, TEXT("a")) || text_equal(type, TEXT("A"));
    unsigned number = number_of(item);
    if (STYLES[style].numerals == NONE || number > NUMBER_MAX || (letters && number > 26))
        return;
    buffer_append(out, text_of(STYLES[style].before));
    if (letters)
        buffer_append_byte(out, (char)(type.data[0] + (char)(number - 1)));
    else if (STYLES[style].numerals == CHINESE)
        append_chinese(out, number);
    else
        buffer_printf(out, "%u", number);
    buffer_append(out, text_of(STYLES[style].behind));
}
