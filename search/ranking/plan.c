/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Candidates are passages with any of the query's telling terms; words of title, agency and
 * headings only add weight. What must hold is laid over that as a filter. */
#include "search/ranking/plan.h"

#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/leaf.h"
#include "search/ranking/courtesy.h"
#include "search/ranking/evidence.h"
#include "search/ranking/field_match.h"
#include "search/ranking/intent.h"
#include "search/ranking/match_build.h"
#include "search/ranking/terms.h"

/* They are in a passage once, its words FIELD_TEXT_FREQUENCY times: without it they would count half
 * in the index. */
#define FACTS_SCALE 2

struct planner {
    struct analyzer *analyzer;
    struct index_reader *reader;
    const struct weights *weights;
    struct arena *arena;
    struct error *error;
    const struct synonyms *synonyms;
    const struct place_list *places;
    struct term_table table;
    struct name_table names;
    bool denied;    /* under NOT: there a word is only itself */
    bool has_words; /* words that need not occur: they choose the passages */
    enum status status;
};

static void fail_memory(struct planner *planner)
{
    if (!planner->status)
        planner->status = error_set(planner->error, STATUS_NO_MEMORY, "out of memory");
}

static struct token_list analyse(struct planner *planner, struct text text)
{
    struct token_list tokens = { 0 };
    if (!planner->status)
        planner->status = analyzer_run(planner->analyzer, ANALYSIS_TEXT, text, planner->arena,
                                       &tokens, planner->error);
    return tokens;
}

static struct leaf read_leaf(struct planner *planner, struct text text)
{
    struct leaf leaf = { 0 };
    const struct synonyms *synonyms = planner->denied ? NULL : planner->synonyms;
    if (!planner->status)
        planner->status =
            leaf_read(text, planner->analyzer, synonyms, planner->arena, &leaf, planner->error);
    return leaf;
}

/* `exact`: a question word, too, is looked for. */
static void add_words(struct planner *planner, struct text text, bool exact)
{
    struct leaf leaf = read_leaf(planner, text);
    if (planner->status)
        return;
    if (exact)
        memset(leaf.filler, 0, leaf.tokens.count * sizeof(*leaf.filler));
    uint32_t first = (uint32_t)planner->names.count + 1;
    if (!terms_add(&planner->table, &leaf, first, planner->arena) ||
        !names_add(&planner->names, &leaf, planner->arena))
        fail_memory(planner);
}

/* ---- conditions ---- */

static struct condition *condition_new(struct planner *planner, enum condition_kind kind)
{
    struct condition *condition = ARENA_NEW(planner->arena, struct condition);
    if (!condition)
        fail_memory(planner);
    else
        condition->kind = kind;
    return condition;
}

static struct text normalise(struct planner *planner, struct text text)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    if (!planner->status)
        planner->status =
            normalizer_fold(analyzer_lexicon(planner->analyzer), text, &buffer, planner->error);
    struct text copy = arena_text(planner->arena, text_trim(buffer_text(&buffer)));
    if (!copy.data)
        fail_memory(planner);
    return copy;
}

/* NULL: nothing but marks, which no passage lacks. */
static struct condition *occurs_as(struct planner *planner, struct text text)
{
    struct token_list tokens = analyse(planner, text);
    if (planner->status)
        return NULL;
    struct match *possible = names_possible(&tokens, planner->weights->term_max, planner->arena);
    if (!possible)
        fail_memory(planner);
    if (!possible || !possible->child_count)
        return NULL;

    struct condition *condition = condition_new(planner, CONDITION_OCCURS);
    if (!condition)
        return NULL;
    condition->needle = normalise(planner, text);
    condition->possible = possible;
    bool han = true;
    for (size_t i = 0; i < tokens.count; i++)
        han = han && tokens.tokens[i].kind != TOKEN_NUMBER && tokens.tokens[i].kind != TOKEN_LATIN;
    condition->certain = han && possible->child_count == 1 && utf8_count(condition->needle) <= 2;
    return condition;
}

/* The text as typed, and with its names in their other forms. */
static size_t variants_of(struct planner *planner, struct text text,
                          struct text out[LEAF_VARIANTS_MAX])
{
    struct leaf leaf = read_leaf(planner, text);
    size_t count = 1;
    if (!planner->status)
        planner->status = leaf_variants(&leaf, planner->arena, out, &count, planner->error);
    out[0] = text;
    return count;
}

/* Conditions of several texts, any of which will do. */
static struct condition *any_of(struct planner *planner, struct condition *conditions)
{
    if (!conditions || !conditions->next)
        return conditions;
    struct condition *any = condition_new(planner, CONDITION_ANY);
    if (any)
        any->first = conditions;
    return any;
}

static struct condition *occurs(struct planner *planner, struct text text)
{
    struct text variants[LEAF_VARIANTS_MAX];
    size_t count = variants_of(planner, text, variants);
    struct condition *first = NULL, **end = &first;
    for (size_t i = 0; i < count && !planner->status; i++) {
        *end = occurs_as(planner, variants[i]);
        if (*end)
            end = &(*end)->next;
    }
    return any_of(planner, first);
}

static struct condition *condition_of(struct planner *planner, const struct query_node *node,
                                      bool hard);

static struct condition *field_value(struct planner *planner, const struct query_node *node,
                                     struct text value)
{
    const struct match *match = NULL;
    if (!planner->status)
        planner->status = field_match(node->field, value, planner->analyzer, planner->arena, &match,
                                      planner->error);
    if (planner->status || !match)
        return NULL;
    bool exact = node->field == QUERY_FIELD_TITLE && node->quoted;
    struct condition *condition =
        condition_new(planner, exact ? CONDITION_OCCURS : CONDITION_MATCH);
    if (!condition)
        return NULL;
    condition->possible = match;
    condition->in_title = exact;
    if (exact)
        condition->needle = normalise(planner, value);
    return condition;
}

static struct condition *field_condition(struct planner *planner, const struct query_node *node,
                                         bool hard)
{
    bool named = node->field == QUERY_FIELD_TITLE || node->field == QUERY_FIELD_ISSUER;
    struct text variants[LEAF_VARIANTS_MAX] = { node->text };
    size_t count = named ? variants_of(planner, node->text, variants) : 1;
    struct condition *first = NULL, **end = &first;
    for (size_t i = 0; i < count && !planner->status; i++) {
        *end = field_value(planner, node, variants[i]);
        if (*end)
            end = &(*end)->next;
    }
    if (!first && hard && !planner->status) /* no value of this field: words */
        return occurs(planner, node->text);
    return any_of(planner, first);
}

/* The conditions of the children that have one, under `kind`; a single one stands alone. */
static struct condition *group_conditions(struct planner *planner, const struct query_node *node,
                                          enum condition_kind kind, bool hard)
{
    struct condition *first = NULL, **end = &first;
    for (const struct query_node *child = node->first; child; child = child->next) {
        *end = condition_of(planner, child, hard);
        if (*end)
            end = &(*end)->next;
    }
    if (!first || !first->next)
        return first;
    struct condition *group = condition_new(planner, kind);
    if (group)
        group->first = first;
    return group;
}

/* Under an operator a sequence without quotations and fields means any of its words. */
static struct condition *sequence_condition(struct planner *planner, const struct query_node *node,
                                            bool hard)
{
    struct condition *required = group_conditions(planner, node, CONDITION_ALL, false);
    if (required || !hard)
        return required;
    return group_conditions(planner, node, CONDITION_ANY, true);
}

/* NULL: no condition, or a failure that planner->status tells. */
static struct condition *condition_of(struct planner *planner, const struct query_node *node,
                                      bool hard)
{
    switch (node->kind) {
    case QUERY_WORDS:
        return hard ? occurs(planner, node->text) : NULL;
    case QUERY_EXACT:
        return occurs(planner, node->text);
    case QUERY_FIELD:
        return field_condition(planner, node, hard);
    case QUERY_AND:
        return group_conditions(planner, node, CONDITION_ALL, true);
    case QUERY_OR:
        return group_conditions(planner, node, CONDITION_ANY, true);
    case QUERY_SEQUENCE:
        return sequence_condition(planner, node, hard);
    case QUERY_NOT: {
        bool denied = planner->denied;
        planner->denied = true;
        struct condition *inner = condition_of(planner, node->first, true);
        planner->denied = denied;
        struct condition *condition = inner ? condition_new(planner, CONDITION_NOT) : NULL;
        if (condition)
            condition->first = inner;
        return condition;
    }
    }
    return NULL;
}

/* ---- terms ---- */

/* Words that add to the score: everything that is not denied. `hard`: they must occur anyway. */
static void collect(struct planner *planner, const struct query_node *node, bool hard)
{
    if (node->kind == QUERY_NOT)
        return;
    if (node->kind == QUERY_WORDS || node->kind == QUERY_EXACT) {
        size_t before = planner->table.count;
        add_words(planner, node->text, hard || node->kind == QUERY_EXACT);
        if (node->kind == QUERY_WORDS && !hard && planner->table.count > before)
            planner->has_words = true;
        return;
    }
    if (node->kind == QUERY_FIELD) {
        const struct match *match = NULL;
        if (!planner->status)
            planner->status = field_match(node->field, node->text, planner->analyzer,
                                          planner->arena, &match, planner->error);
        if (!planner->status && !match) {
            add_words(planner, node->text, hard);
            planner->has_words = planner->has_words || !hard;
        }
        return;
    }
    hard = hard || node->kind == QUERY_AND || node->kind == QUERY_OR;
    for (const struct query_node *child = node->first; child; child = child->next)
        collect(planner, child, hard);
}

static struct match *add_scoring(struct planner *planner, struct match *group,
                                 const struct plan_term *term)
{
    if (!group)
        group = match_group(MATCH_OR, planner->arena);
    struct match *leaf = match_term(term->term, term->frequency, planner->arena);
    return match_add(group, match_scale(leaf, term->factor, planner->arena), planner->arena);
}

static bool has_others(const struct name_table *names, uint32_t name)
{
    for (size_t i = 0; i < names->other_count; i++)
        if (names->others[i].name == name)
            return true;
    return false;
}

/* The typed form's terms or, when that is more, another form. NULL: no memory. */
static const struct match *name_match(struct planner *planner, uint32_t name)
{
    struct match *typed = NULL, *any = match_group(MATCH_MAX, planner->arena);
    const struct term_table *table = &planner->table;
    for (size_t i = 0; i < table->count; i++)
        if (table->terms[i].chosen && table->terms[i].name == name &&
            table->terms[i].kind != TOKEN_CHARACTER &&
            !(typed = add_scoring(planner, typed, &table->terms[i])))
            return NULL;
    if (typed)
        any = match_add(any, typed, planner->arena);
    for (size_t i = 0; i < planner->names.other_count; i++)
        if (planner->names.others[i].name == name)
            any = match_add(any, planner->names.others[i].match, planner->arena);
    return any;
}

static struct match *add_names(struct planner *planner, struct match *group)
{
    for (uint32_t name = 1; name <= planner->names.count; name++) {
        if (!has_others(&planner->names, name))
            continue;
        if (!group)
            group = match_group(MATCH_OR, planner->arena);
        group = match_add(group, name_match(planner, name), planner->arena);
        if (!group) {
            fail_memory(planner);
            return NULL;
        }
    }
    return group;
}

/* An OR of terms, NULL when the index has none of them. Words and bigrams choose the passages;
 * single characters are counted in their text (text_score.h), unless one is all there is of a word
 * of the query. */
static const struct match *text_match(struct planner *planner)
{
    struct match *group = NULL;
    const struct term_table *table = &planner->table;
    for (size_t i = 0; i < table->count; i++) {
        const struct plan_term *term = &table->terms[i];
        if (!term->chosen)
            continue;
        if (term->kind != TOKEN_CHARACTER && has_others(&planner->names, term->name))
            continue;
        group = add_scoring(planner, group, term);
        if (!group) {
            fail_memory(planner);
            return NULL;
        }
    }
    return add_names(planner, group);
}

/* What the reply's agency, place and year add: they also choose passages. */
static struct match *facts_match(struct planner *planner, struct text line)
{
    struct match *facts = NULL;
    if (!planner->status)
        planner->status = terms_add_field(&planner->table, FIELD_ISSUER, planner->weights->issuer,
                                          planner->reader, planner->weights, planner->arena, &facts,
                                          planner->error);
    if (!planner->status)
        planner->status = evidence_agencies(&planner->names, planner->analyzer, planner->weights,
                                            planner->arena, &facts, planner->error);
    if (!planner->status)
        planner->status = evidence_facts(normalise(planner, line), planner->places, planner->reader,
                                         planner->weights, planner->arena, &facts, planner->error);
    return facts;
}

/* With the words of title and headings, which only add to what was chosen. NULL: nothing. */
static const struct match *fields_match(struct planner *planner, const struct match *facts)
{
    const struct {
        enum field field;
        double weight;
    } ROWS[] = { { FIELD_PATH, planner->weights->path }, { FIELD_TITLE, planner->weights->title } };
    struct match *words = NULL;
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS) && !planner->status; i++)
        planner->status =
            terms_add_field(&planner->table, ROWS[i].field, ROWS[i].weight, planner->reader,
                            planner->weights, planner->arena, &words, planner->error);
    if (!facts || !words)
        return facts ? facts : words;
    const struct match *both = match_two(MATCH_OR, facts, words, planner->arena);
    if (!both)
        fail_memory(planner);
    return both;
}

static const struct match *candidates(struct planner *planner, const struct match *facts,
                                      const struct condition *condition)
{
    const struct match *text = text_match(planner);
    if (text && facts)
        text = match_two(MATCH_MAYBE, text, match_scale(facts, FACTS_SCALE, planner->arena),
                         planner->arena);
    if (planner->status || (!text && !condition))
        return planner->status ? NULL : match_group(MATCH_NOTHING, planner->arena);
    if (!condition)
        return text;
    const struct match *must = condition_upper(condition, planner->arena);
    if (text && planner->has_words)
        return match_two(MATCH_FILTER, text, must, planner->arena);
    if (planner->has_words) /* its words are nowhere */
        return match_group(MATCH_NOTHING, planner->arena);
    must = match_two(MATCH_FILTER, match_group(MATCH_EVERYTHING, planner->arena), must,
                     planner->arena);
    return text ? match_two(MATCH_MAYBE, must, text, planner->arena) : must;
}

/* ---- citations ---- */

static const struct match *reference_match(struct planner *planner,
                                           const struct reference *reference,
                                           const struct match *text)
{
    struct match *all = match_group(MATCH_FILTER, planner->arena);
    all = match_add(all, match_group(MATCH_EVERYTHING, planner->arena), planner->arena);
    struct match *any = match_group(MATCH_OR, planner->arena);
    for (size_t i = 0; i < reference->document_count && !planner->status; i++) {
        const struct match *one = NULL;
        planner->status = field_keyword(FIELD_DOCUMENT_NUMBER, reference->documents[i],
                                        planner->analyzer, planner->arena, &one, planner->error);
        any = one ? match_add(any, one, planner->arena) : any;
    }
    if (reference->kind == REFERENCE_PROPOSAL && !planner->status) {
        const struct match *one = NULL;
        planner->status = field_keyword(FIELD_PROPOSAL_NUMBER, reference->number, planner->analyzer,
                                        planner->arena, &one, planner->error);
        any = one ? match_add(any, one, planner->arena) : any;
        const struct match *session = field_session(reference, planner->arena);
        all = session ? match_add(all, session, planner->arena) : all;
    }
    all = match_add(all, any, planner->arena);
    if (!all)
        fail_memory(planner);
    return match_two(MATCH_MAYBE, all, text, planner->arena);
}

enum status plan_make(const struct query *query, const struct plan_sources *sources,
                      const struct weights *weights, struct arena *arena, struct plan *out,
                      struct error *error)
{
    struct planner planner = { .analyzer = sources->analyzer,
                               .reader = sources->reader,
                               .weights = weights,
                               .arena = arena,
                               .error = error,
                               .synonyms = sources->synonyms,
                               .places = sources->places };
    struct plan plan = { 0 };
    collect(&planner, query->root, false);
    if (!planner.status)
        planner.status = terms_weigh(&planner.table, planner.reader, weights, arena, error);
    if (!planner.status)
        planner.status = names_weigh(&planner.names, &planner.table, planner.analyzer,
                                     planner.reader, weights, arena, error);
    if (!planner.status)
        plan.condition = condition_of(&planner, query->root, false);
    const struct match *facts = facts_match(&planner, query->line);
    plan.fields = fields_match(&planner, facts);
    if (!planner.status)
        plan.match = candidates(&planner, facts, plan.condition);
    if (!planner.status && plan.match && query->reference.kind)
        plan.reference = reference_match(&planner, &query->reference, plan.match);
    if (!planner.status && !plan.match)
        fail_memory(&planner);
    if (planner.status)
        return planner.status;
    plan.asked = intent_role(query->line);
    plan.courtesies = courtesy_asked(query->line);
    plan.fresh = (!plan.condition || !planner.table.count) && !query->reference.kind &&
                 !evidence_has_year(query->line);
    if (plan.condition && !condition_needs_text(plan.condition))
        plan.condition = NULL;
    plan.terms = planner.table.terms;
    plan.term_count = planner.table.count;
    plan.others = planner.names.others;
    plan.other_count = planner.names.other_count;
    *out = plan;
    return STATUS_OK;
}
