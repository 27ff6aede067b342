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
    struct text code = without_blanks(pattern_piece(&match, PIECE_CODE, value), parse->arena);
    struct text year = numeral_fold(pattern_piece(&match, PIECE_YEAR, shadow), parse->arena);
    struct text number = numeral_fold(pattern_piece(&match, PIECE_NUMBER, shadow), parse->arena);
    if (!code.data || !year.data || !number.data)
        return false;
    while (number.length > 1 && number.data[0] == '0')
        number = text_slice(number, 1, number.length - 1);
    reply->document_number = arena_printf(parse->arena, "%.*s〔%.*s〕%.*s号", TEXT_ARG(code),
                                          TEXT_ARG(year), TEXT_ARG(number));
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
    static const char *const TITLES[] = { "table_title", "page_title", "file_title", NULL };
    static const char *const ISSUERS[] = { "table_issuer", "page_issuer", NULL };
    static const char *const PUBLICITY[] = { "table_publicity", NULL };
    struct reply *reply = parse->reply;
    return fill_text(parse, &reply->title, PATTERN_TITLE, TITLES) &&
           fill_text(parse, &reply->issuer, PATTERN_AGENCY, ISSUERS) &&
           fill_text(parse, &reply->publicity, PATTERN_PUBLICITY, PUBLICITY) &&
           fill_number(parse) && fill_date(parse);
}
