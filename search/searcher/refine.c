/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query that was read means in this index: a wildcard becomes the words or values that it
 * stands for, so that the floors below know none; what is no value of its field is told. */
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/period.h"
#include "search/ranking/field_match.h"
#include "search/searcher/number_part.h"
#include "search/searcher/search.h"

#define EXPANSION_MAX 256  /* words or values of one wildcard */
#define EXPANSIONS_MAX 768 /* of all wildcards of a query */
#define VALUES_MAX 100000  /* of a field, looked through for those that end so */

struct refiner {
    struct search *search;
    struct query_node *node; /* that is refined */
    struct query_node **end; /* of what it stands for */
    size_t count, most;
    struct text last; /* the word that was added last */
};

/* About the text of `node`, which is the value. */
static void warn(struct search *search, const struct query_node *node, enum query_warning_kind kind,
                 struct text subject)
{
    query_warn(&search->query.warnings, search->query.line, node->text, kind, subject, node->text);
}

static enum status fold(struct search *search, struct text text, struct text *out)
{
    CLEANUP(buffer_release) struct buffer folded = BUFFER_INIT;
    enum status status = normalizer_fold(search->searcher->lexicon, text, &folded, search->error);
    if (status)
        return status;
    *out = arena_text(search->arena, text_trim(buffer_text(&folded)));
    return out->data ? STATUS_OK : search_no_memory(search);
}

static enum status add(struct refiner *refiner, struct text text)
{
    struct query_node *child = ARENA_NEW(refiner->search->arena, struct query_node);
    if (!child)
        return search_no_memory(refiner->search);
    child->kind = refiner->node->kind;
    child->field = refiner->node->field;
    child->text = text;
    *refiner->end = child;
    refiner->end = &child->next;
    refiner->count++;
    return STATUS_OK;
}

/* The first `ceiling` terms of the field that begin with the stem, without it. */
static enum status terms_of(struct search *search, enum field field, struct text stem,
                            size_t ceiling, struct text **out, size_t *count)
{
    struct text prefix =
        arena_printf(search->arena, "%s%.*s", FIELDS[field].prefix, TEXT_ARG(stem));
    return prefix.data ? index_reader_terms(search->searcher->reader, prefix.data, ceiling,
                                            search->arena, out, count, search->error)
                       : search_no_memory(search);
}

static bool is_alphanumeric(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

/* ---- words ---- */

/* The letters and digits that `text` begins with, from `at` on. */
static size_t alphanumeric_end(struct text text, size_t at)
{
    while (at < text.length && is_alphanumeric(text.data[at]))
        at++;
    return at;
}

/* Of a stem only the Latin word or number at its end is the beginning of words; Han characters may
 * be followed by anything. A word of the index may have Han characters behind the Latin ones. */
static enum status expand_word(struct refiner *refiner, struct text stem)
{
    struct text *terms;
    size_t count, start = stem.length;
    while (start > 0 && is_alphanumeric(stem.data[start - 1]))
        start--;
    if (start == stem.length)
        return STATUS_OK;
    struct arena *arena = refiner->search->arena;
    struct text tail = text_slice(stem, start, stem.length - start);
    enum status status =
        terms_of(refiner->search, FIELD_TEXT, tail, EXPANSION_MAX + 1, &terms, &count);
    if (!status && count > refiner->most)
        refiner->count = count;
    for (size_t i = 0; !status && i < count && refiner->count <= refiner->most; i++) {
        size_t end = alphanumeric_end(terms[i], 0);
        struct text word = arena_printf(arena, "%.*s%.*s%.*s", (int)start, stem.data,
                                        TEXT_ARG(tail), (int)(end), terms[i].data);
        if (!word.data)
            return search_no_memory(refiner->search);
        if (refiner->count && text_equal(word, refiner->last))
            continue;
        refiner->last = word;
        status = add(refiner, word);
    }
    return status;
}

/* ---- values ---- */

static const struct {
    enum field fields[2]; /* FIELD_TEXT: none */
} EXPANDED[QUERY_FIELD_COUNT] = {
    [QUERY_FIELD_TITLE] = { { FIELD_TITLE } },
    [QUERY_FIELD_ISSUER] = { { FIELD_AGENCY, FIELD_ISSUER } },
    [QUERY_FIELD_DOCUMENT_NUMBER] = { { FIELD_DOCUMENT_NUMBER } },
    [QUERY_FIELD_PROPOSAL_NUMBER] = { { FIELD_PROPOSAL_NUMBER } },
    [QUERY_FIELD_MEMBER] = { { FIELD_MEMBER } },
    [QUERY_FIELD_YEAR] = { { FIELD_YEAR } },
    [QUERY_FIELD_SESSION] = { { FIELD_SESSION } },
    [QUERY_FIELD_AREA] = { { FIELD_AREA } },
};

static enum status is_value(struct search *search, enum query_field field, struct text value,
                            const struct match **out)
{
    return field_match(field, value, search->searcher->analyzer, search->arena, out, search->error);
}

/* Adds what is a value: 政协16 is the beginning of sessions and none itself. */
static enum status add_value(struct refiner *refiner, struct text value)
{
    const struct match *match = NULL;
    if (!value.data)
        return search_no_memory(refiner->search);
    enum status status = is_value(refiner->search, refiner->node->field, value, &match);
    return !status && match ? add(refiner, value) : status;
}

static enum status expand_beginning(struct refiner *refiner, struct text stem, enum field field)
{
    struct text *terms;
    size_t count;
    enum status status = terms_of(refiner->search, field, stem, EXPANSION_MAX + 1, &terms, &count);
    if (!status && count > refiner->most)
        refiner->count = count;
    for (size_t i = 0; !status && i < count && refiner->count <= refiner->most; i++)
        status = add_value(refiner, arena_printf(refiner->search->arena, "%.*s%.*s", TEXT_ARG(stem),
                                                 TEXT_ARG(terms[i])));
    return status;
}

/* Whatever begins a value: all of the field are looked through. */
static enum status expand_end(struct refiner *refiner, struct text stem, enum field field)
{
    struct text *terms;
    size_t count;
    bool inside = refiner->node->prefix || text_ends_with(stem, TEXT("〕"));
    enum status status = terms_of(refiner->search, field, TEXT(""), VALUES_MAX + 1, &terms, &count);
    if (!status && count > VALUES_MAX)
        refiner->count = refiner->most + 1;
    for (size_t i = 0; !status && i < count && refiner->count <= refiner->most; i++)
        if (inside ? text_contains(terms[i], stem) : text_ends_with(terms[i], stem))
            status = add_value(refiner, terms[i]);
    return status;
}

static enum status expand_values(struct refiner *refiner, struct text stem)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        enum field field = EXPANDED[refiner->node->field].fields[i];
        if (field != FIELD_TEXT)
            status = refiner->node->suffix ? expand_end(refiner, stem, field)
                                           : expand_beginning(refiner, stem, field);
    }
    return status;
}

/* ---- the tree ---- */

static enum status expand(struct search *search, struct query_node *node)
{
    struct query_node *first = NULL;
    size_t left = EXPANSIONS_MAX - search->expansions;
    struct refiner refiner = { .search = search,
                               .node = node,
                               .end = &first,
                               .most = left < EXPANSION_MAX ? left : EXPANSION_MAX };
    struct text stem;
    enum status status = fold(search, node->text, &stem);
    if (!status && node->kind == QUERY_FIELD && node->field == QUERY_FIELD_DOCUMENT_NUMBER) {
        status = number_part_stem(search->arena, &stem) ? STATUS_OK : search_no_memory(search);
        node->suffix = node->suffix || (!node->quoted && number_part_of(stem) == NUMBER_PART_END);
    }
    if (!status && stem.length)
        status =
            node->kind == QUERY_FIELD ? expand_values(&refiner, stem) : expand_word(&refiner, stem);
    if (status)
        return status;
    bool asked = node->prefix || node->suffix;
    node->prefix = node->suffix = false;
    if (refiner.count > refiner.most && asked) {
        warn(search, node, WARNING_WIDE_WILDCARD, arena_printf(search->arena, "%zu", refiner.most));
        node->kind = QUERY_WORDS;
    } else if (refiner.count && refiner.count <= refiner.most) {
        search->expansions += refiner.count;
        *node = (struct query_node) { .kind = QUERY_OR, .first = first, .next = node->next };
    }
    return STATUS_OK;
}

/* "2026..2024" is read as "2024..2026". */
static enum status turn_range(struct search *search, struct query_node *node, bool *out)
{
    const struct match *match = NULL;
    struct text turned;
    *out = false;
    if (!period_reverse(node->text, search->arena, &turned))
        return STATUS_OK;
    enum status status = is_value(search, node->field, turned, &match);
    if (status || !match)
        return status;
    *out = true;
    warn(search, node, WARNING_REVERSED_RANGE, TEXT(""));
    node->text = turned;
    return STATUS_OK;
}

static enum status check_value(struct search *search, struct query_node *node)
{
    const struct match *match = NULL;
    bool turned = false;
    enum status status = is_value(search, node->field, node->text, &match);
    bool backwards = !status && match && match->kind == MATCH_RANGE && match->low.length &&
                     match->high.length && text_compare(match->low, match->high) > 0;
    if (!status && (backwards || !match))
        status = turn_range(search, node, &turned);
    if (!status && !match && !turned)
        warn(search, node, WARNING_BAD_VALUE, text_of(QUERY_FIELDS[node->field].names[1]));
    return status;
}

/* An index that was made before members were kept knows none. */
static enum status check_members(struct search *search, const struct query_node *node)
{
    struct text *terms;
    size_t count;
    enum status status = index_reader_terms(search->searcher->reader, FIELDS[FIELD_MEMBER].prefix,
                                            1, search->arena, &terms, &count, search->error);
    if (!status && !count)
        warn(search, node, WARNING_NO_MEMBERS, TEXT(""));
    return status;
}

/* One word of Chinese in a title: 停车 is the beginning of 停车场 there, too. */
static enum status is_title_word(struct search *search, const struct query_node *node, bool *out)
{
    struct token_list tokens = { 0 };
    *out = false;
    if (node->field != QUERY_FIELD_TITLE || node->suffix)
        return STATUS_OK;
    enum status status = analyzer_run(search->searcher->analyzer, FIELDS[FIELD_TITLE].analysis,
                                      node->text, search->arena, &tokens, search->error);
    *out = !status && tokens.count == 1 && tokens.tokens[0].kind == TOKEN_WORD &&
           utf8_count(tokens.tokens[0].term) > 1;
    return status;
}

/* 〔2026〕9号: no value, but a part of values. */
static enum status find_code(struct search *search, struct query_node *node, bool *out)
{
    struct text stem;
    *out = false;
    if (node->field != QUERY_FIELD_DOCUMENT_NUMBER)
        return STATUS_OK;
    enum status status = fold(search, node->text, &stem);
    if (!status)
        status = number_part_stem(search->arena, &stem) ? STATUS_OK : search_no_memory(search);
    *out = !status && !node->quoted && number_part_of(stem) != NUMBER_PART_NONE;
    return status;
}

/* 宁波 is 宁波市, as with the filter: no name of a place, but a part of names. */
static enum status expand_place(struct search *search, struct query_node *node)
{
    const struct facet_names *names;
    struct query_node *first = NULL;
    struct refiner refiner = { .search = search, .node = node, .end = &first };
    struct text part;
    enum status status = fold(search, node->text, &part);
    if (!status)
        status = searcher_facet_names(search->searcher, FACET_PLACE, &names, search->error);
    for (size_t i = 0; !status && i < names->count; i++)
        if (text_equal(names->names[i].name, part))
            return STATUS_OK;
    size_t left = EXPANSIONS_MAX - search->expansions;
    for (size_t i = 0; !status && i < names->count && refiner.count < left; i++)
        if (text_contains(names->names[i].name, part))
            status = add(&refiner, names->names[i].name);
    if (status || !refiner.count)
        return status;
    search->expansions += refiner.count;
    *node = (struct query_node) { .kind = QUERY_OR, .first = first, .next = node->next };
    return STATUS_OK;
}

/* Bytes of a mark between the values of a list at `at`. */
static size_t list_mark(struct text text, size_t at)
{
    static const struct text MARKS[] = { TEXT_INIT("、"), TEXT_INIT(","), TEXT_INIT("，") };
    for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS); i++)
        if (text_starts_with(text_slice(text, at, text.length - at), MARKS[i]))
            return MARKS[i].length;
    return 0;
}

/* 教育局、民政局 -> either; of the other fields field_match reads lists itself. */
static enum status split_names(struct search *search, struct query_node *node)
{
    struct query_node *first = NULL;
    struct refiner refiner = { .search = search, .node = node, .end = &first };
    bool names = node->field == QUERY_FIELD_ISSUER || node->field == QUERY_FIELD_AREA;
    enum status status = STATUS_OK;
    if (!names || node->quoted || node->prefix || node->suffix)
        return STATUS_OK;
    struct text rest = node->text;
    for (size_t start = 0, at = 0; at <= rest.length && !status;) {
        size_t comma = at == rest.length ? 1 : list_mark(rest, at);
        if (comma && at > start)
            status = add(&refiner, text_slice(rest, start, at - start));
        start = comma ? at + comma : start;
        at += comma ? comma : utf8_length((unsigned char)rest.data[at]);
    }
    if (!status && refiner.count > 1)
        *node = (struct query_node) { .kind = QUERY_OR, .first = first, .next = node->next };
    return status;
}

static enum status refine_node(struct search *search, struct query_node *node)
{
    bool lacking = false, title = false;
    enum status status = node->kind == QUERY_FIELD ? split_names(search, node) : STATUS_OK;
    for (struct query_node *child = node->first; child && !status; child = child->next)
        status = refine_node(search, child);
    if (!status && node->kind == QUERY_FIELD && node->field == QUERY_FIELD_MEMBER)
        status = check_members(search, node);
    if (!status && node->kind == QUERY_FIELD)
        status = find_code(search, node, &lacking);
    if (!status && node->kind == QUERY_FIELD)
        status = is_title_word(search, node, &title);
    if (status)
        return status;
    bool wild = node->prefix || node->suffix || lacking || title;
    if (!wild && node->kind == QUERY_FIELD && node->field == QUERY_FIELD_AREA)
        return expand_place(search, node);
    if (wild && !(node->kind == QUERY_FIELD && node->field == QUERY_FIELD_DATE))
        return expand(search, node);
    if (!status && node->kind == QUERY_FIELD)
        status = check_value(search, node);
    return status;
}

enum status search_refine(struct search *search)
{
    search->expansions = 0; /* a search may run again on a newer state */
    return refine_node(search, search->query.root);
}
