/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function per kind of value; the table at the end says which field has which. */
#include "search/ranking/field_match.h"

#include <stdio.h>

#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"
#include "search/query/numeral.h"
#include "search/ranking/match_build.h"

struct maker {
    struct analyzer *analyzer;
    struct arena *arena;
    struct error *error;
    enum field field;
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status raw_term(struct maker *maker, struct text value, const struct match **out)
{
    struct text term = field_term(FIELDS[maker->field].prefix, value, maker->arena);
    *out = match_term(term, 1, maker->arena);
    return *out ? STATUS_OK : no_memory(maker->error);
}

/* All tokens of the value under the field's own analysis. */
static enum status all_tokens(struct maker *maker, struct text value, const struct match **out)
{
    struct token_list tokens = { 0 };
    enum status status = analyzer_run(maker->analyzer, FIELDS[maker->field].analysis, value,
                                      maker->arena, &tokens, maker->error);
    if (status || tokens.count == 0)
        return status;
    struct match *group = match_group(MATCH_AND, maker->arena);
    for (size_t i = 0; i < tokens.count; i++) {
        struct text term =
            field_term(FIELDS[maker->field].prefix, tokens.tokens[i].term, maker->arena);
        group = match_add(group, match_term(term, 1, maker->arena), maker->arena);
    }
    *out = group;
    return group ? STATUS_OK : no_memory(maker->error);
}

static enum status document_number(struct maker *maker, struct text value, const struct match **out)
{
    struct text canonical = analyzer_document_number(value, maker->arena);
    return all_tokens(maker, canonical.data ? canonical : value, out);
}

/* 第0013号 -> 13 */
static enum status proposal_number(struct maker *maker, struct text value, const struct match **out)
{
    if (text_starts_with(value, TEXT("第")))
        value = text_slice(value, 3, value.length - 3);
    if (text_ends_with(value, TEXT("号")))
        value.length -= 3;
    while (value.length > 1 && value.data[0] == '0')
        value = text_slice(value, 1, value.length - 1);
    return value.length ? all_tokens(maker, value, out) : STATUS_OK;
}

/* 张某某委员 -> 张某某 */
static enum status member(struct maker *maker, struct text value, const struct match **out)
{
    static const struct text TITLES[] = { TEXT_INIT("委员"), TEXT_INIT("代表") };
    for (size_t i = 0; i < sizeof(TITLES) / sizeof(*TITLES); i++)
        if (text_ends_with(value, TITLES[i]) && value.length > TITLES[i].length) {
            value.length -= TITLES[i].length;
            break;
        }
    return all_tokens(maker, value, out);
}

static bool is_year(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.length == 4;
}

/* What stands between the ends of a range: ".." or what people write there. A hyphen only between
 * two years: in a date it is a mark. */
static bool find_range(struct text value, size_t *at, size_t *length)
{
    static const struct text MARKS[] = { TEXT_INIT("..."), TEXT_INIT(".."), TEXT_INIT("…"),
                                         TEXT_INIT("~"),   TEXT_INIT("至"), TEXT_INIT("到"),
                                         TEXT_INIT("—"),   TEXT_INIT("–") };
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS); i++)
        if ((*at = text_find(value, MARKS[i])) != TEXT_NONE) {
            *length = MARKS[i].length;
            return true;
        }
    *at = 4;
    *length = 1;
    return value.length == 9 && value.data[4] == '-' && is_year(text_slice(value, 0, 4)) &&
           is_year(text_slice(value, 5, 4));
}

/* "low..high", either of which may be missing; without a mark both are the whole value. */
static void split_range(struct text value, struct text *low, struct text *high)
{
    size_t at, length;
    *low = *high = value;
    if (text_starts_with(value, TEXT(">=")) || text_starts_with(value, TEXT("<="))) {
        struct text end = text_trim(text_slice(value, 2, value.length - 2));
        *low = value.data[0] == '>' ? end : TEXT("");
        *high = value.data[0] == '<' ? end : TEXT("");
    } else if (find_range(value, &at, &length)) {
        *low = text_trim(text_slice(value, 0, at));
        *high = text_trim(text_slice(value, at + length, value.length - at - length));
    }
}

bool field_range_reverse(struct text value, struct arena *arena, struct text *out)
{
    struct text low, high;
    split_range(value, &low, &high);
    if (low.data == high.data || !low.length || !high.length)
        return false;
    *out = arena_printf(arena, "%.*s..%.*s", TEXT_ARG(high), TEXT_ARG(low));
    return out->data != NULL;
}

#define YEAR_FIRST 1900
#define YEAR_LAST 2100

static bool read_year(struct text text, unsigned missing, unsigned *year)
{
    if (text_ends_with(text, TEXT("年")))
        text.length -= 3;
    *year = missing;
    return text.length == 0 ||
           (numeral_read(text, year) && *year >= YEAR_FIRST && *year <= YEAR_LAST);
}

static enum status years(struct maker *maker, struct text value, const struct match **out)
{
    struct text low, high;
    unsigned first, last;
    split_range(value, &low, &high);
    if (!read_year(low, YEAR_FIRST, &first) || !read_year(high, YEAR_LAST, &last) || first > last)
        return STATUS_OK;
    struct match *group = match_group(MATCH_OR, maker->arena);
    for (unsigned year = first; year <= last; year++) {
        struct text digits = arena_printf(maker->arena, "%u", year);
        struct text term = field_term(FIELDS[FIELD_YEAR].prefix, digits, maker->arena);
        group = match_add(group, match_term(term, 1, maker->arena), maker->arena);
    }
    *out = group;
    return group ? STATUS_OK : no_memory(maker->error);
}

struct date_parts {
    unsigned values[3]; /* year, month, day */
    size_t count;
};

/* Year, month and day with a mark between them: 2024-6-8, 2024/06, 2024.6.8, 2024年6月8日. */
static bool read_parts(struct text text, struct date_parts *out)
{
    static const struct text MARKS[] = { TEXT_INIT("-"),  TEXT_INIT("/"),  TEXT_INIT("."),
                                         TEXT_INIT("年"), TEXT_INIT("月"), TEXT_INIT("日") };
    *out = (struct date_parts) { 0 };
    for (size_t at = 0; at < text.length;) {
        size_t start = at, mark = 0;
        unsigned value = 0;
        for (; at < text.length && text.data[at] >= '0' && text.data[at] <= '9'; at++)
            value = value * 10 + (unsigned)(text.data[at] - '0');
        if (out->count == 3 || at == start || at - start > (out->count ? 2U : 4U))
            return false;
        out->values[out->count++] = value;
        struct text rest = text_slice(text, at, text.length - at);
        for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS) && !mark; i++)
            mark = text_starts_with(rest, MARKS[i]) ? MARKS[i].length : 0;
        if ((rest.length && !mark) || (mark == 1 && mark == rest.length))
            return false;
        at += mark;
    }
    return true;
}

/* 20240608 and 202406 without marks. */
static bool read_plain(struct text text, struct date_parts *out)
{
    unsigned long long number = 0;
    if ((text.length != 6 && text.length != 8) || !text_to_u64(text, &number))
        return false;
    unsigned long long day = text.length == 8 ? number % 100 : 1,
                       rest = text.length == 8 ? number / 100 : number;
    *out = (struct date_parts) { { (unsigned)(rest / 100), (unsigned)(rest % 100), (unsigned)day },
                                 text.length == 8 ? 3 : 2 };
    return true;
}

/* A year, a month or a day -> eight digits, the missing ones as `fill`. Nothing is an open end. */
static bool read_date(struct text text, char fill, struct arena *arena, struct text *out)
{
    struct date_parts parts = { 0 };
    text = text_trim(text);
    if (text.length && !read_plain(text, &parts) && !read_parts(text, &parts))
        return false;
    if ((parts.count > 0 && (parts.values[0] < YEAR_FIRST || parts.values[0] > YEAR_LAST)) ||
        (parts.count > 1 && (parts.values[1] < 1 || parts.values[1] > 12)) ||
        (parts.count > 2 && (parts.values[2] < 1 || parts.values[2] > 31)))
        return false;
    char digits[16];
    snprintf(digits, sizeof(digits), "%04u%02u%02u", parts.values[0] % 10000, parts.values[1] % 100,
             parts.values[2] % 100);
    for (size_t i = parts.count ? 2 + 2 * parts.count : 8; i < 8; i++)
        digits[i] = fill;
    *out = arena_text(arena, (struct text) { digits, parts.count ? 8 : 0 });
    return out->data != NULL;
}

static enum status dates(struct maker *maker, struct text value, const struct match **out)
{
    struct text low, high;
    split_range(value, &low, &high);
    struct match *match = match_group(MATCH_RANGE, maker->arena);
    if (!match)
        return no_memory(maker->error);
    match->slot = SLOT_DATE;
    if (read_date(low, '0', maker->arena, &match->low) &&
        read_date(high, '9', maker->arena, &match->high) &&
        (match->low.length || match->high.length))
        *out = match;
    return STATUS_OK;
}

const struct match *field_session(const struct reference *reference, struct arena *arena)
{
    static const char *const BODIES[] = {
        [REFERENCE_CPPCC] = "政协", [REFERENCE_CONGRESS] = "人大"
    };
    if (!reference->term || !reference->meeting)
        return NULL;
    struct match *group = match_group(MATCH_OR, arena);
    for (int body = REFERENCE_CPPCC; body <= REFERENCE_CONGRESS; body++) {
        if (reference->body && reference->body != (enum reference_body)body)
            continue;
        struct text name =
            arena_printf(arena, "%s%u-%u", BODIES[body], reference->term, reference->meeting);
        struct text term = field_term(FIELDS[FIELD_SESSION].prefix, name, arena);
        group = match_add(group, match_term(term, 1, arena), arena);
    }
    return group;
}

/* A term without its meetings: 十六届, 市政协第十六届, 政协16. */
static bool read_term(struct text value, struct reference *out)
{
    static const struct text BODIES[] = {
        [REFERENCE_CPPCC] = TEXT_INIT("政协"), [REFERENCE_CONGRESS] = TEXT_INIT("人大")
    };
    *out = (struct reference) { 0 };
    for (int body = REFERENCE_CPPCC; body <= REFERENCE_CONGRESS && !out->body; body++) {
        size_t at = text_find(value, BODIES[body]);
        if (at == TEXT_NONE)
            continue;
        out->body = (enum reference_body)body;
        at += BODIES[body].length;
        value = text_slice(value, at, value.length - at);
    }
    if (text_starts_with(value, TEXT("第")))
        value = text_slice(value, 3, value.length - 3);
    bool named = text_ends_with(value, TEXT("届"));
    value.length -= named ? 3 : 0;
    return (named || out->body) && numeral_read(value, &out->term) && out->term;
}

static struct match *any_meeting(const struct reference *reference, struct arena *arena)
{
    static const char *const BODIES[] = {
        [REFERENCE_CPPCC] = "政协", [REFERENCE_CONGRESS] = "人大"
    };
    struct match *group = match_group(MATCH_OR, arena);
    for (int body = REFERENCE_CPPCC; body <= REFERENCE_CONGRESS; body++) {
        if (reference->body && reference->body != (enum reference_body)body)
            continue;
        struct text name = arena_printf(arena, "%s%u", BODIES[body], reference->term);
        struct text term = field_term(FIELDS[FIELD_SESSION].prefix, name, arena);
        group = match_add(group, match_term(term, 1, arena), arena);
    }
    return group;
}

static enum status session(struct maker *maker, struct text value, const struct match **out)
{
    struct reference reference;
    if (reference_session(value, analyzer_lexicon(maker->analyzer), maker->arena, &reference))
        *out = field_session(&reference, maker->arena);
    else if (read_term(value, &reference)) {
        *out = any_meeting(&reference, maker->arena);
        return *out ? STATUS_OK : no_memory(maker->error);
    }
    return STATUS_OK;
}

struct alias {
    struct text typed, stored;
};

static enum status one_of(struct maker *maker, const struct alias *aliases, size_t count,
                          struct text value, const struct match **out)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(aliases[i].typed, value))
            return raw_term(maker, aliases[i].stored, out);
    return STATUS_OK;
}

static enum status kind(struct maker *maker, struct text value, const struct match **out)
{
    static const struct alias KINDS[] = {
        { TEXT_INIT("提案"), TEXT_INIT("提案") }, { TEXT_INIT("proposal"), TEXT_INIT("提案") },
        { TEXT_INIT("建议"), TEXT_INIT("建议") }, { TEXT_INIT("suggestion"), TEXT_INIT("建议") },
        { TEXT_INIT("议案"), TEXT_INIT("议案") }, { TEXT_INIT("bill"), TEXT_INIT("议案") },
    };
    return one_of(maker, KINDS, sizeof(KINDS) / sizeof(*KINDS), value, out);
}

static enum status role(struct maker *maker, struct text value, const struct match **out)
{
    static const struct alias ROLES[] = {
        { TEXT_INIT("下一步"), TEXT_INIT("commitment") },
        { TEXT_INIT("计划"), TEXT_INIT("commitment") },
        { TEXT_INIT("承诺"), TEXT_INIT("commitment") },
        { TEXT_INIT("标题行"), TEXT_INIT("heading") },
    };
    for (int i = 0; i < ROLE_COUNT; i++) {
        struct text name = text_of(role_name((enum passage_role)i));
        if (text_equal(value, name) ||
            text_equal(value, text_of(role_chinese((enum passage_role)i))))
            return raw_term(maker, name, out);
    }
    return one_of(maker, ROLES, sizeof(ROLES) / sizeof(*ROLES), value, out);
}

/* Terms are folded, so the class is in small letters there. */
static enum status result_class(struct maker *maker, struct text value, const struct match **out)
{
    static const struct alias CLASSES[] = {
        { TEXT_INIT("a"), TEXT_INIT("a") }, { TEXT_INIT("b"), TEXT_INIT("b") },
        { TEXT_INIT("c"), TEXT_INIT("c") }, { TEXT_INIT("d"), TEXT_INIT("d") },
        { TEXT_INIT("A"), TEXT_INIT("a") }, { TEXT_INIT("B"), TEXT_INIT("b") },
        { TEXT_INIT("C"), TEXT_INIT("c") }, { TEXT_INIT("D"), TEXT_INIT("d") },
    };
    if (text_ends_with(value, TEXT("类")))
        value.length -= 3;
    return one_of(maker, CLASSES, sizeof(CLASSES) / sizeof(*CLASSES), value, out);
}

static const struct {
    enum field field;
    enum status (*make)(struct maker *maker, struct text value, const struct match **out);
    bool folds; /* the value is read, not analysed: in one width and script */
} MAKERS[QUERY_FIELD_COUNT] = {
    [QUERY_FIELD_TITLE] = { FIELD_TITLE, all_tokens },
    [QUERY_FIELD_ISSUER] = { FIELD_ISSUER, all_tokens },
    [QUERY_FIELD_DOCUMENT_NUMBER] = { FIELD_DOCUMENT_NUMBER, document_number },
    [QUERY_FIELD_PROPOSAL_NUMBER] = { FIELD_PROPOSAL_NUMBER, proposal_number, true },
    [QUERY_FIELD_MEMBER] = { FIELD_MEMBER, member, true },
    [QUERY_FIELD_YEAR] = { FIELD_YEAR, years, true },
    [QUERY_FIELD_DATE] = { FIELD_COUNT, dates, true },
    [QUERY_FIELD_SESSION] = { FIELD_SESSION, session, true },
    [QUERY_FIELD_KIND] = { FIELD_KIND, kind, true },
    [QUERY_FIELD_ROLE] = { FIELD_ROLE, role, true },
    [QUERY_FIELD_CLASS] = { FIELD_CLASS, result_class, true },
    [QUERY_FIELD_AREA] = { FIELD_AREA, all_tokens },
};

enum status field_match(enum query_field field, struct text value, struct analyzer *analyzer,
                        struct arena *arena, const struct match **out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    struct maker maker = { analyzer, arena, error, MAKERS[field].field };
    *out = NULL;
    if (!MAKERS[field].folds)
        return MAKERS[field].make(&maker, value, out);
    enum status status = normalizer_fold(analyzer_lexicon(analyzer), value, &folded, error);
    struct text plain = arena_text(arena, text_trim(buffer_text(&folded)));
    if (!status && !plain.data)
        status = no_memory(error);
    return status ? status : MAKERS[field].make(&maker, plain, out);
}

enum status field_keyword(enum field field, struct text value, struct analyzer *analyzer,
                          struct arena *arena, const struct match **out, struct error *error)
{
    struct maker maker = { analyzer, arena, error, field };
    *out = NULL;
    return all_tokens(&maker, value, out);
}
