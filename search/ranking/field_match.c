/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function per kind of value; the table at the end says which field has which. */
#include "search/ranking/field_match.h"

#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/record.h"
#include "indexer/base/cleanup.h"
#include "search/query/numeral.h"
#include "search/query/period.h"
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

/* 第0013号提案 -> 13 */
static enum status proposal_number(struct maker *maker, struct text value, const struct match **out)
{
    static const struct text KINDS[] = { TEXT_INIT("提案"), TEXT_INIT("建议"), TEXT_INIT("议案") };
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(*KINDS); i++)
        if (text_ends_with(value, KINDS[i]))
            value.length -= KINDS[i].length;
    if (text_starts_with(value, TEXT("第")))
        value = text_slice(value, 3, value.length - 3);
    if (text_ends_with(value, TEXT("号")))
        value.length -= 3;
    unsigned number;
    if (value.length && (unsigned char)value.data[0] > 0x7F && numeral_read(value, &number))
        value = arena_printf(maker->arena, "%u", number); /* 第十三号 */
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

static enum status years(struct maker *maker, struct text value, const struct match **out)
{
    unsigned first, last;
    if (!period_years(value, &first, &last))
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

static enum status dates(struct maker *maker, struct text value, const struct match **out)
{
    struct match *match = match_group(MATCH_RANGE, maker->arena);
    if (!match)
        return no_memory(maker->error);
    match->slot = SLOT_DATE;
    if (period_dates(value, maker->arena, &match->low, &match->high))
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
        { TEXT_INIT("打算"), TEXT_INIT("commitment") },
        { TEXT_INIT("下步打算"), TEXT_INIT("commitment") },
        { TEXT_INIT("下步工作"), TEXT_INIT("commitment") },
        { TEXT_INIT("下一步工作"), TEXT_INIT("commitment") },
        { TEXT_INIT("已做工作"), TEXT_INIT("done") },
        { TEXT_INIT("做法"), TEXT_INIT("done") },
        { TEXT_INIT("成效"), TEXT_INIT("done") },
        { TEXT_INIT("情况"), TEXT_INIT("background") },
        { TEXT_INIT("问题"), TEXT_INIT("background") },
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
    bool lists; /* 2024、2025: any of them */
} MAKERS[QUERY_FIELD_COUNT] = {
    [QUERY_FIELD_TITLE] = { FIELD_TITLE, all_tokens },
    [QUERY_FIELD_ISSUER] = { FIELD_ISSUER, all_tokens },
    [QUERY_FIELD_DOCUMENT_NUMBER] = { FIELD_DOCUMENT_NUMBER, document_number },
    [QUERY_FIELD_PROPOSAL_NUMBER] = { FIELD_PROPOSAL_NUMBER, proposal_number, true, true },
    [QUERY_FIELD_MEMBER] = { FIELD_MEMBER, member, true, true },
    [QUERY_FIELD_YEAR] = { FIELD_YEAR, years, true, true },
    [QUERY_FIELD_DATE] = { FIELD_COUNT, dates, true },
    [QUERY_FIELD_SESSION] = { FIELD_SESSION, session, true, true },
    [QUERY_FIELD_KIND] = { FIELD_KIND, kind, true, true },
    [QUERY_FIELD_ROLE] = { FIELD_ROLE, role, true, true },
    [QUERY_FIELD_CLASS] = { FIELD_CLASS, result_class, true, true },
    [QUERY_FIELD_AREA] = { FIELD_AREA, all_tokens },
};

/* The value, or any of those between commas; nothing when one of them is none. */
static enum status any_value(struct maker *maker, enum query_field field, struct text value,
                             const struct match **out)
{
    static const struct text COMMAS[] = { TEXT_INIT("、"), TEXT_INIT(","), TEXT_INIT("，") };
    size_t at = TEXT_NONE, length = 0;
    for (size_t i = 0; MAKERS[field].lists && i < sizeof(COMMAS) / sizeof(*COMMAS); i++) {
        size_t found = text_find(value, COMMAS[i]);
        if (found < at) {
            at = found;
            length = COMMAS[i].length;
        }
    }
    const struct match *first = NULL, *others = NULL;
    if (at == TEXT_NONE)
        return MAKERS[field].make(maker, value, out);
    enum status status = MAKERS[field].make(maker, text_trim(text_slice(value, 0, at)), &first);
    struct text rest = text_slice(value, at + length, value.length - at - length);
    if (!status && first)
        status = any_value(maker, field, text_trim(rest), &others);
    if (status || !others)
        return status;
    *out = match_two(MATCH_OR, first, others, maker->arena);
    return *out ? STATUS_OK : no_memory(maker->error);
}

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
    return status ? status : any_value(&maker, field, plain, out);
}

enum status field_keyword(enum field field, struct text value, struct analyzer *analyzer,
                          struct arena *arena, const struct match **out, struct error *error)
{
    struct maker maker = { analyzer, arena, error, field };
    *out = NULL;
    return all_tokens(&maker, value, out);
}
