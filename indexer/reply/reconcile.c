/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table of sources for each field, best first. What a content system declares is often wrong
 * (文号：无; ContentSource: 本站; a file's title: 无标题), so a value counts only when it looks like
 * one. A file's author and dates tell about the typist's machine and its templates and are not
 * used. */
#include "indexer/reply/reconcile.h"

#include "indexer/reply/numerals.h"
#include "indexer/reply/shadow.h"

#define VALUE_BYTES_MAX 600

/* The declared value of the key and its shadow; empty when there is none, or it is no field. */
static bool find_value(struct parse *parse, const char *key, struct text *value,
                       struct text *shadow)
{
    *value = text_trim(document_declared(parse->document, key));
    if (value->length == 0 || value->length > VALUE_BYTES_MAX) {
        *value = *shadow = (struct text) { "", 0 };
        return true;
    }
    *shadow = shadow_of(*value, parse->arena);
    return shadow->data != NULL;
}

static const char *const TITLES[] = { "table_title", "page_title", "file_title", NULL };

void declared_title(const struct parse *parse, struct text *text, struct text *shadow)
{
    for (const char *const *key = TITLES; *key; key++) {
        *text = text_trim(document_declared(parse->document, *key));
        if (text->length == 0 || text->length > VALUE_BYTES_MAX)
            continue;
        *shadow = shadow_of(*text, parse->arena);
        if (shadow->data && pattern_test(PATTERN_TITLE, *shadow) &&
            pattern_test(PATTERN_NUMBER, *shadow))
            return;
    }
    *text = *shadow = (struct text) { "", 0 };
}

/* 人大代表建议承办表 heads a form; which proposal it is about only the page's title tells. */
static void prefer_declared_title(struct parse *parse)
{
    struct text text, shadow;
    struct text own = parse->reply->title;
    bool form = text_ends_with(own, TEXT("表")) || text_ends_with(own, TEXT("单")) ||
                text_ends_with(own, TEXT("卡"));
    for (size_t i = 0; i < own.length; i++)
        form &= own.data[i] < '0' || own.data[i] > '9';
    if (!form)
        return;
    declared_title(parse, &text, &shadow);
    if (text.length > 0)
        parse->reply->title = text;
}

/* A value that is such a text as a whole. */
static bool fill_text(struct parse *parse, struct text *field, enum pattern form,
                      const char *const *keys)
{
    for (; field->length == 0 && *keys; keys++) {
        struct text value, shadow;
        if (!find_value(parse, *keys, &value, &shadow))
            return false;
        if (value.length == 0 || !pattern_test(form, shadow))
            continue;
        *field = arena_text(parse->arena, value);
        if (!field->data)
            return false;
    }
    return true;
}

static bool fill_number(struct parse *parse)
{
    struct reply *reply = parse->reply;
    struct text value, shadow;
    struct pattern_match match;
    if (reply->document_number.length > 0)
        return true;
    if (!find_value(parse, "table_doc_number", &value, &shadow))
        return false;
    if (value.length == 0 || !pattern_find(PATTERN_DOCUMENT_NUMBER, shadow, 0, &match) ||
        match.start != 0)
        return true;
    reply->document_number = document_number_of(&match, value, shadow, parse->arena);
    reply->document_number_raw =
        arena_text(parse->arena, text_slice(value, match.start, match.end - match.start));
    return reply->document_number.data && reply->document_number_raw.data;
}

static bool fill_date(struct parse *parse)
{
    static const struct {
        const char *key;
        enum date_origin origin;
    } SOURCES[] = {
        { "table_date", DATE_SIGNED },
        { "table_published", DATE_PUBLISHED },
        { "page_date", DATE_PUBLISHED },
    };
    struct reply *reply = parse->reply;
    for (size_t i = 0; reply->date.length == 0 && i < sizeof(SOURCES) / sizeof(SOURCES[0]); i++) {
        struct text value, shadow;
        struct pattern_match match;
        if (!find_value(parse, SOURCES[i].key, &value, &shadow))
            return false;
        if (value.length == 0 || !pattern_find(PATTERN_DATE, shadow, 0, &match))
            continue;
        struct text date = numeral_date(&match, shadow, parse->arena);
        if (!date.data)
            return false;
        if (date.length > 0) {
            reply->date = date;
            reply->date_origin = SOURCES[i].origin;
        }
    }
    return true;
}

bool reconcile_fields(struct parse *parse)
{
    static const char *const ISSUERS[] = { "table_issuer", "page_issuer", NULL };
    static const char *const PUBLICITY[] = { "table_publicity", NULL };
    struct reply *reply = parse->reply;
    prefer_declared_title(parse);
    return fill_text(parse, &reply->title, PATTERN_TITLE, TITLES) &&
           fill_text(parse, &reply->issuer, PATTERN_AGENCY, ISSUERS) &&
           fill_text(parse, &reply->publicity, PATTERN_PUBLICITY, PUBLICITY) &&
           fill_number(parse) && fill_date(parse);
}
