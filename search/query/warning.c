/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row per kind; in a message %s is the subject, %v the value, and %f the field
 * that the subject names. */
#include "search/query/warning.h"

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/fields.h"

#define NAMED_MAX ((size_t)60) /* characters of what a message names; a longer one is cut */

static const struct {
    const char *name;
    const char *messages[2]; /* by language */
} ROWS[WARNING_KIND_COUNT] = {
    [WARNING_OPEN_QUOTATION] = { "open-quotation",
                                 { "nothing closes the quotation mark %s",
                                   "引号 %s 没有配对，已按普通文字检索" } },
    [WARNING_OPEN_PARENTHESIS] = { "open-parenthesis",
                                   { "nothing closes the parenthesis %s",
                                     "括号 %s 没有配对，已略去" } },
    [WARNING_STRAY_PARENTHESIS] = { "stray-parenthesis",
                                    { "nothing opens the parenthesis %s",
                                      "括号 %s 没有配对，已按普通文字检索" } },
    [WARNING_DEEP_PARENTHESES] = { "deep-parentheses",
                                   { "parentheses are more than %s deep",
                                     "括号超过 %s 层，更深的已略去" } },
    [WARNING_LONG_LINE] = { "long-line",
                            { "more than %s words and marks: the rest is one word",
                              "词和符号超过 %s 个，其余按一个词检索" } },
    [WARNING_NO_FIELD] = { "no-field",
                           { "no field is called \"%s\"",
                             "没有名为“%s”的字段，已按普通文字检索" } },
    [WARNING_NO_VALUE] = { "no-value",
                           { "no value behind \"%s:\"",
                             "“%s:”后面没有内容，已按普通文字检索" } },
    [WARNING_BAD_VALUE] = { "bad-value", { "no %f: \"%v\"", "“%v”不是“%f”字段的写法" } },
    [WARNING_REVERSED_RANGE] = { "reversed-range",
                                 { "a range that ends before it begins: \"%v\"; it is turned",
                                   "范围“%v”的终点早于起点，已倒过来检索" } },
    [WARNING_STAR_INSIDE] = { "star-inside",
                              { "%s is a wildcard only at the end of a word",
                                "%s 只在词尾作通配符，已按普通文字检索" } },
    [WARNING_WIDE_WILDCARD] = { "wide-wildcard",
                                { "more than %s words or values of the index begin with \"%v\"",
                                  "以“%v”开头的词超过 %s 个，已按普通文字检索" } },
    [WARNING_NO_OPERAND] = { "no-operand",
                             { "%s lacks an operand", "%s 缺少一边的内容，已按普通文字检索" } },
    [WARNING_SMALL_OPERATOR] = { "small-operator",
                                 { "\"%s\" is a word; operators are written in capitals",
                                   "“%s”按普通文字检索，运算符要大写" } },
    [WARNING_NO_MEMBERS] = { "no-members",
                             { "no reply of the index names a member; 'dafu-index reindex' adds "
                               "them to an old index",
                               "库里的答复没有委员代表姓名；旧库可用 dafu-index reindex 补上" } },
};

const char *query_warning_name(enum query_warning_kind kind)
{
    return ROWS[kind].name;
}

static void append_named(struct buffer *out, struct text named)
{
    size_t end = utf8_advance(named, NAMED_MAX);
    buffer_append(out, text_slice(named, 0, end));
    if (end < named.length)
        buffer_append(out, TEXT("…"));
}

static void append_field(struct buffer *out, struct text name, enum warning_language language)
{
    enum query_field field;
    if (query_field_find(name, &field))
        buffer_append(out, text_of(QUERY_FIELDS[field].names[language == WARNING_CHINESE ? 0 : 1]));
}

struct text query_warning_message(const struct query_warning *warning,
                                  enum warning_language language, struct arena *arena)
{
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    for (const char *at = ROWS[warning->kind].messages[language]; *at; at++) {
        if (*at != '%') {
            buffer_append_byte(&out, *at);
            continue;
        }
        if (*++at == 'f')
            append_field(&out, warning->subject, language);
        else
            append_named(&out, *at == 'v' ? warning->value : warning->subject);
    }
    struct text message = arena_text(arena, buffer_text(&out));
    return message.data ? message : TEXT("");
}

void query_warn(struct query_warnings *warnings, struct text line, struct text at,
                enum query_warning_kind kind, struct text subject, struct text value)
{
    if (warnings->count == QUERY_WARNINGS_MAX)
        return;
    size_t column = utf8_count(text_slice(line, 0, (size_t)(at.data - line.data))) + 1;
    size_t length = at.length ? utf8_count(at) : 1;
    struct query_warning *item = &warnings->items[warnings->count++];
    for (; item > warnings->items && item[-1].column > column; item--)
        *item = item[-1];
    *item = (struct query_warning) { column, length, kind, subject, value };
}
