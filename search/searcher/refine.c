/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query that was read means in this index: a wildcard becomes the words or values that it
 * stands for, so that the floors below know none; what is no value of its field is told. */
#include "indexer/base/cleanup.h"
#include "search/ranking/field_match.h"
#include "search/searcher/search.h"

#define EXPANSION_MAX 256  /* words or values of one wildcard */
#define EXPANSIONS_MAX 768 /* of all wildcards of a query */

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

static enum status terms_of(struct search *search, enum field field, struct text stem,
                            struct text **out, size_t *count)
{
    struct text prefix =
        arena_printf(search->arena, "%s%.*s", FIELDS[field].prefix, TEXT_ARG(stem));
    return prefix.data
               ? index_reader_terms(search->searcher->reader, prefix.data, EXPANSION_MAX + 1,
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
    enum status status = terms_of(refiner->search, FIELD_TEXT, tail, &terms, &count);
    if (!status && count > refiner->most)
        refiner->count = count;
    for (size_t i = 0; i < count && !status && refiner->count <= refiner->most; i++) {
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

static enum status expand_value(struct refiner *refiner, struct text stem, enum field field)
{
    struct text *terms;
    size_t count;
    enum status status = terms_of(refiner->search, field, stem, &terms, &count);
    if (!status && count > refiner->most)
        refiner->count = count;
    for (size_t i = 0; i < count && !status && refiner->count <= refiner->most; i++) {
        const struct match *match = NULL;
        struct text value =
            arena_printf(refiner->search->arena, "%.*s%.*s", TEXT_ARG(stem), TEXT_ARG(terms[i]));
        if (!value.data)
            return search_no_memory(refiner->search);
        status = is_value(refiner->search, refiner->node->field, value, &match);
        if (!status && match) /* 政协16 is the beginning of sessions and none itself */
            status = add(refiner, value);
    }
    return status;
}

static enum status expand_values(struct refiner *refiner, struct text stem)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        enum field field = EXPANDED[refiner->node->field].fields[i];
        if (field != FIELD_TEXT)
            status = expand_value(refiner, stem, field);
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
    if (!status && stem.length)
        status =
            node->kind == QUERY_FIELD ? expand_values(&refiner, stem) : expand_word(&refiner, stem);
    if (status)
        return status;
    node->prefix = false;
    if (refiner.count > refiner.most) {
        warn(search, node, WARNING_WIDE_WILDCARD, arena_printf(search->arena, "%zu", refiner.most));
        node->kind = QUERY_WORDS;
    } else if (refiner.count) {
        search->expansions += refiner.count;
        *node = (struct query_node) { .kind = QUERY_OR, .first = first, .next = node->next };
    }
    return STATUS_OK;
}

/* "2026..2024" when "2024..2026" is a value. */
static enum status is_reversed(struct search *search, const struct query_node *node, bool *out)
{
    size_t dots = text_find(node->text, TEXT(".."));
    const struct match *match = NULL;
    *out = false;
    if (dots == TEXT_NONE)
        return STATUS_OK;
    struct text swapped =
        arena_printf(search->arena, "%.*s..%.*s", (int)(node->text.length - dots - 2),
                     node->text.data + dots + 2, (int)dots, node->text.data);
    if (!swapped.data)
        return search_no_memory(search);
    enum status status = is_value(search, node->field, swapped, &match);
    *out = match != NULL;
    return status;
}

static enum status check_value(struct search *search, const struct query_node *node)
{
    const struct match *match = NULL;
    bool reversed = false;
    enum status status = is_value(search, node->field, node->text, &match);
    if (!status && match && match->kind == MATCH_RANGE && match->low.length && match->high.length)
        reversed = text_compare(match->low, match->high) > 0;
    if (!status && !match)
        status = is_reversed(search, node, &reversed);
    if (!status && reversed)
        warn(search, node, WARNING_REVERSED_RANGE, TEXT(""));
    else if (!status && !match)
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

static enum status refine_node(struct search *search, struct query_node *node)
{
    enum status status = STATUS_OK;
    for (struct query_node *child = node->first; child && !status; child = child->next)
        status = refine_node(search, child);
    if (!status && node->kind == QUERY_FIELD && node->field == QUERY_FIELD_MEMBER)
        status = check_members(search, node);
    if (!status && node->prefix && !(node->kind == QUERY_FIELD && node->field == QUERY_FIELD_DATE))
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
