/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every passage of a reply shares (filters, words of title and issuer) is analysed once. */
#include "indexer/index/index_entry.h"

#include <stdlib.h>

#include "indexer/analysis/facet.h"
#include "indexer/analysis/index_head.h"
#include "indexer/base/cleanup.h"
#include "indexer/index/term_set.h"
#include "indexer/reply/reply_json.h"

struct builder {
    const struct reply *reply;
    struct analyzer *analyzer;
    struct arena *scratch; /* tokens and terms on their way */
    struct arena *arena;
    struct error *error;
    struct token_list tokens;  /* of the text being analysed */
    struct term_set filters;   /* on every entry of the reply */
    struct term_set words;     /* on every passage: title and issuer */
    struct text date;          /* value */
    struct facet_terms facets; /* of every passage, its role aside */
    struct text group;         /* term of every passage: the larger document */
};

static enum status no_memory(struct builder *builder)
{
    return error_set(builder->error, STATUS_NO_MEMORY, "out of memory");
}

static enum status add_raw(struct builder *builder, struct term_set *set, enum field field,
                           struct text value)
{
    if (value.length == 0)
        return STATUS_OK;
    struct text term = field_term(FIELDS[field].prefix, value, builder->scratch);
    if (!term.data || !term_set_add(set, builder->scratch, term, TERM_BOOLEAN))
        return no_memory(builder);
    return STATUS_OK;
}

/* The tokens of `value` under the field's own analysis. */
static enum status add_field(struct builder *builder, struct term_set *set, enum field field,
                             struct text value)
{
    if (value.length == 0)
        return STATUS_OK;
    builder->tokens.count = 0;
    enum status status = analyzer_run(builder->analyzer, FIELDS[field].analysis, value,
                                      builder->scratch, &builder->tokens, builder->error);
    if (status)
        return status;

    bool weighed = field == FIELD_AGENCY || field == FIELD_AREA || field == FIELD_YEAR;
    enum term_count how = field == FIELD_TEXT                 ? TERM_EACH
                          : FIELDS[field].boolean && !weighed ? TERM_BOOLEAN
                                                              : TERM_ONCE;
    uint32_t bigram = UINT32_MAX; /* where the last one begins */
    const struct token *before = NULL;
    for (size_t i = 0; i < builder->tokens.count; i++) {
        const struct token *token = &builder->tokens.tokens[i];
        if (token->kind == TOKEN_BIGRAM)
            bigram = token->offset;
        if (field == FIELD_TEXT && !field_text_has(token, bigram == token->offset))
            continue;
        if (before && before->offset == token->offset && text_equal(before->term, token->term))
            continue; /* a number of two digits is a bigram, too */
        before = token;
        struct text term = field_term(FIELDS[field].prefix, token->term, builder->scratch);
        if (!term.data || !term_set_add(set, builder->scratch, term, how))
            return no_memory(builder);
    }
    return STATUS_OK;
}

/* "01025" is also found as "1025". */
static enum status add_proposal_number(struct builder *builder)
{
    struct text number = builder->reply->proposal_number;
    enum status status = add_field(builder, &builder->filters, FIELD_PROPOSAL_NUMBER, number);
    size_t zeros = 0;
    while (zeros + 1 < number.length && number.data[zeros] == '0')
        zeros++;
    if (status || zeros == 0)
        return status;
    return add_field(builder, &builder->filters, FIELD_PROPOSAL_NUMBER,
                     text_slice(number, zeros, number.length - zeros));
}

static enum status add_session(struct builder *builder)
{
    const struct session *session = &builder->reply->session;
    if (session->body == BODY_NONE || session->term <= 0)
        return STATUS_OK;

    const char *body = reply_body_name(session->body);
    struct text term = arena_printf(builder->arena, "%s%d", body, session->term);
    if (!term.data)
        return no_memory(builder);
    builder->facets.session = term;
    enum status status = add_field(builder, &builder->filters, FIELD_SESSION, term);
    if (status || session->meeting <= 0)
        return status;

    term = arena_printf(builder->arena, "%s%d-%d", body, session->term, session->meeting);
    if (!term.data)
        return no_memory(builder);
    builder->facets.session = term;
    return add_field(builder, &builder->filters, FIELD_SESSION, term);
}

/* The year of the date, or else of the document number: 〔2026〕. */
static struct text reply_year(const struct reply *reply)
{
    if (reply->date.length >= 4)
        return text_slice(reply->date, 0, 4);
    size_t bracket = text_find(reply->document_number, TEXT("〔"));
    if (bracket == TEXT_NONE || bracket + 7 > reply->document_number.length)
        return (struct text) { 0 };
    struct text year = text_slice(reply->document_number, bracket + 3, 4);
    unsigned long long value = 0;
    return text_to_u64(year, &value) ? year : (struct text) { 0 };
}

static enum status add_filters(struct builder *builder)
{
    const struct reply *reply = builder->reply;
    const struct {
        enum field field;
        struct text value;
    } rows[] = {
        { FIELD_DOCUMENT_NUMBER, reply->document_number },
        { FIELD_AGENCY, reply->issuer },
        { FIELD_AREA, reply->area },
        { FIELD_YEAR, reply_year(reply) },
        { FIELD_KIND, text_of(reply_kind_name(reply->kind)) },
        { FIELD_CLASS, { &reply->result_class, reply->result_class ? 1 : 0 } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        enum status status = add_field(builder, &builder->filters, rows[i].field, rows[i].value);
        if (status)
            return status;
    }
    enum status status = add_proposal_number(builder);
    for (size_t i = 0; i < reply->addressees.count && !status; i++)
        status = add_field(builder, &builder->filters, FIELD_MEMBER, reply->addressees.items[i]);
    return status ? status : add_session(builder);
}

static enum status add_words(struct builder *builder)
{
    const struct reply *reply = builder->reply;
    enum status status = add_field(builder, &builder->words, FIELD_TITLE, reply->title);
    if (!status)
        status = add_field(builder, &builder->words, FIELD_TITLE, reply->subject);
    if (!status)
        status = add_field(builder, &builder->words, FIELD_ISSUER, reply->issuer);
    return status;
}

/* "2026-06-08" -> "20260608"; anything else has no value. */
static enum status set_values(struct builder *builder)
{
    struct text date = builder->reply->date;
    if (date.length == 10) {
        builder->date =
            arena_printf(builder->arena, "%.4s%.2s%.2s", date.data, date.data + 5, date.data + 8);
        if (!builder->date.data)
            return no_memory(builder);
        unsigned long long value = 0;
        if (!text_to_u64(builder->date, &value))
            builder->date = (struct text) { 0 };
    }
    return STATUS_OK;
}

/* The term of a value that is kept whole, without its prefix. */
static enum status keyword(struct builder *builder, enum field field, struct text value,
                           struct text *out)
{
    struct token_list tokens = { 0 };
    if (value.length == 0)
        return STATUS_OK;
    enum status status = analyzer_run(builder->analyzer, FIELDS[field].analysis, value,
                                      builder->scratch, &tokens, builder->error);
    if (status || tokens.count == 0)
        return status;
    const char *prefix = FIELDS[field].prefix;
    struct text term = field_term(prefix, tokens.tokens[0].term, builder->scratch);
    if (!term.data)
        return no_memory(builder);
    *out = text_slice(term, strlen(prefix), term.length - strlen(prefix));
    return STATUS_OK;
}

static enum status set_group(struct builder *builder)
{
    char term[INDEX_GROUP_MAX];
    size_t length = index_group(facet_group(builder->facets.group), term);
    builder->group = arena_text(builder->scratch, (struct text) { term, length });
    return builder->group.data ? STATUS_OK : no_memory(builder);
}

static enum status set_facets(struct builder *builder)
{
    const struct reply *reply = builder->reply;
    struct facet_terms *facets = &builder->facets; /* add_session has set the session */
    facets->group = reply->group.length ? reply->group : reply->id;
    facets->year = reply_year(reply);
    facets->kind = text_of(reply_kind_name(reply->kind));
    facets->result_class = (struct text) { &reply->result_class, reply->result_class ? 1 : 0 };
    enum status status = keyword(builder, FIELD_AGENCY, reply->issuer, &facets->agency);
    if (!status)
        status = keyword(builder, FIELD_AREA, reply->area, &facets->place);
    return status ? status : set_group(builder);
}

static enum status pack_facets(struct builder *builder, enum passage_role role, struct text *out)
{
    char bytes[FACET_BYTES];
    builder->facets.role = role;
    size_t length = facets_pack(&builder->facets, bytes);
    *out = arena_text(builder->arena, (struct text) { bytes, length });
    return out->data ? STATUS_OK : no_memory(builder);
}

static enum status finish(struct builder *builder, struct term_set *set, struct buffer *record,
                          struct index_entry *entry)
{
    entry->terms = term_set_finish(set, builder->arena, &entry->term_count);
    entry->values[SLOT_DATE] = builder->date;
    entry->record = arena_text(builder->arena, buffer_text(record));
    if (!entry->terms || !entry->record.data)
        return no_memory(builder);
    return STATUS_OK;
}

/* ---- the reply's own entry -------------------------------------------------------------- */

static enum status metadata_json(struct builder *builder, struct text *out)
{
    json_t *object = reply_to_json(builder->reply, REPLY_JSON_METADATA, false);
    char *json = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    if (json)
        *out = arena_text(builder->arena, text_of(json));
    free(json);
    return json && out->data ? STATUS_OK : no_memory(builder);
}

static uint32_t positive(int number)
{
    return number > 0 ? (uint32_t)number : 0;
}

static enum status encode_reply(struct builder *builder, struct buffer *out)
{
    const struct reply *reply = builder->reply;
    struct reply_record record = {
        .id = reply->id,
        .source = reply->source,
        .group = reply->group,
        .title = reply->title,
        .issuer = reply->issuer,
        .document_number = reply->document_number,
        .subject = reply->subject,
        .addressee = reply->addressee,
        .area = reply->area,
        .body = text_of(reply_body_name(reply->session.body)),
        .session = reply->session.raw,
        .term = positive(reply->session.term),
        .meeting = positive(reply->session.meeting),
        .kind = text_of(reply_kind_name(reply->kind)),
        .reply_type = text_of(reply_type_name(reply->type)),
        .proposal_number = reply->proposal_number,
        .result_class = { &reply->result_class, reply->result_class ? 1 : 0 },
        .publicity = reply->publicity,
        .date = reply->date,
        .date_origin = text_of(date_origin_name(reply->date_origin)),
        .passage_count = (uint32_t)reply->passage_count,
        .stem = reply->single_passage ? TEXT("") : reply->stem,
    };
    enum status status = STATUS_OK;
    if (!reply->single_passage) /* a line of JSON has nothing that is not in the record anyway */
        status = metadata_json(builder, &record.metadata_json);
    return status ? status : reply_record_encode(&record, out, builder->error);
}

static enum status add_reply_terms(struct builder *builder, struct term_set *set)
{
    enum status status = add_raw(builder, set, FIELD_SOURCE, builder->reply->source);
    if (!status)
        status = add_raw(builder, set, FIELD_RECORD, TEXT("reply"));
    if (!status && !term_set_add_all(set, builder->scratch, &builder->filters))
        status = no_memory(builder);
    return status;
}

static enum status build_reply(struct builder *builder, struct index_entry *entry)
{
    CLEANUP(buffer_release) struct buffer record = BUFFER_INIT;
    struct term_set set = { 0 };
    enum status status = encode_reply(builder, &record);
    if (!status)
        status = add_reply_terms(builder, &set);
    if (!status)
        status = finish(builder, &set, &record, entry);
    for (size_t i = 0; !status && i < entry->term_count; i++)
        entry->terms[i].frequency = 0;
    return status;
}

/* ---- the entries of its passages -------------------------------------------------------- */

static enum status encode_passage(struct builder *builder, size_t ordinal, struct buffer *out)
{
    const struct passage *passage = &builder->reply->passages[ordinal];
    const struct passage_record record = {
        .path = passage->path,
        .text = passage->text,
        .ordinal = (uint32_t)ordinal,
        .paragraph = (uint32_t)passage->paragraph + 1,
        .role = passage->role,
        .source_offset = passage->source_offset,
        .source_length = passage->source_length,
    };
    return passage_record_encode(&record, out, builder->error);
}

static enum status add_passage_terms(struct builder *builder, size_t ordinal, struct term_set *set)
{
    const struct passage *passage = &builder->reply->passages[ordinal];
    enum status status = add_raw(builder, set, FIELD_RECORD, TEXT("passage"));
    if (!status)
        status = add_raw(builder, set, FIELD_ROLE, text_of(role_name(passage->role)));
    if (!status)
        status = add_field(builder, set, FIELD_PATH, passage->path);
    if (!status)
        status = add_field(builder, set, FIELD_TEXT, passage->text);
    if (!status && (!term_set_add(set, builder->scratch, builder->group, TERM_BOOLEAN) ||
                    !term_set_add_all(set, builder->scratch, &builder->words)))
        status = no_memory(builder);
    return status;
}

static enum status build_passage(struct builder *builder, size_t ordinal, struct term_set *set,
                                 struct index_entry *entry)
{
    CLEANUP(buffer_release) struct buffer record = BUFFER_INIT;
    enum status status = encode_passage(builder, ordinal, &record);
    if (!status)
        status = add_passage_terms(builder, ordinal, set);
    if (!status && !term_set_add_all(set, builder->scratch, &builder->filters))
        status = no_memory(builder);
    if (!status)
        status = pack_facets(builder, builder->reply->passages[ordinal].role,
                             &entry->values[SLOT_FACETS]);
    return status ? status : finish(builder, set, &record, entry);
}

/* The reply of a single passage: one entry that is both. */
static enum status build_both(struct builder *builder, struct index_entry *entry)
{
    CLEANUP(buffer_release) struct buffer reply = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer passage = BUFFER_INIT;
    CLEANUP(buffer_release) struct buffer record = BUFFER_INIT;
    struct term_set set = { 0 };
    enum status status = encode_reply(builder, &reply);
    if (!status)
        status = encode_passage(builder, 0, &passage);
    if (!status)
        status = document_record_join(buffer_text(&reply), buffer_text(&passage), &record,
                                      builder->error);
    if (!status)
        status = add_reply_terms(builder, &set);
    if (!status)
        status = add_passage_terms(builder, 0, &set);
    if (!status)
        status =
            pack_facets(builder, builder->reply->passages[0].role, &entry->values[SLOT_FACETS]);
    return status ? status : finish(builder, &set, &record, entry);
}

#define CONTACT_DIGITS 7
#define CONTACT_LINE_BYTES 120

static bool is_digit(struct text text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    return (bytes[0] >= '0' && bytes[0] <= '9') || /* full width: U+FF10 to U+FF19 */
           (text.length - at >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBC && bytes[2] >= 0x90 &&
            bytes[2] <= 0x99);
}

/* The contact lines of a reply are no passages; a line of JSON may have some in its text. Patterns
 * are dear, so only what has the digits of a number, or is no longer than a line, is looked at. */
static bool may_have_contacts(struct text text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.length && digits < CONTACT_DIGITS; i++)
        digits += is_digit(text, i);
    return digits >= CONTACT_DIGITS || text.length <= CONTACT_LINE_BYTES;
}

/* *out: the reply with contacts in its passages masked, before anything is made of them: neither a
 * record nor a term has them. */
static enum status mask_contacts(const struct reply *reply, struct arena *arena, struct reply *out,
                                 struct error *error)
{
    struct passage *passages = NULL;
    *out = *reply;
    for (size_t i = 0; i < reply->passage_count; i++) {
        struct text text = reply->passages[i].text;
        struct text masked =
            may_have_contacts(text) ? reply_mask_contact(text, false, arena) : text;
        if (masked.data == text.data)
            continue;
        if (!passages) {
            passages = ARENA_ARRAY(arena, struct passage, reply->passage_count);
            if (!passages)
                return error_set(error, STATUS_NO_MEMORY, "out of memory");
            memcpy(passages, reply->passages, reply->passage_count * sizeof(*passages));
            out->passages = passages;
        }
        passages[i].text = masked;
    }
    return STATUS_OK;
}

static enum status check_size(const struct reply *reply, struct error *error)
{
    if (reply->id.length == 0)
        return error_set(error, STATUS_INVALID, "a reply without an id");
    size_t total = 0;
    for (size_t i = 0; i < reply->passage_count; i++)
        total += reply->passages[i].text.length;
    if (total > INDEX_ENTRY_TEXT_MAX)
        return error_set(error, STATUS_LIMIT, "a reply with %zu bytes of text (the limit is %zu)",
                         total, INDEX_ENTRY_TEXT_MAX);
    return STATUS_OK;
}

enum status index_entries_build(const struct reply *reply, struct analyzer *analyzer,
                                struct arena *scratch, struct arena *arena,
                                struct index_entries *out, struct error *error)
{
    struct reply masked;
    enum status status = check_size(reply, error);
    if (!status)
        status = mask_contacts(reply, arena, &masked, error);
    if (status)
        return status;
    reply = &masked;

    arena_clear(scratch);
    struct builder builder = {
        .reply = reply, .analyzer = analyzer, .scratch = scratch, .arena = arena, .error = error
    };
    bool both = reply->single_passage && reply->passage_count == 1;
    size_t count = both ? 1 : reply->passage_count + 1;
    struct index_entry *entries = ARENA_ARRAY(arena, struct index_entry, count);
    struct text id = arena_text(arena, reply->id), source = arena_text(arena, reply->source);
    if (!entries || !id.data || !source.data)
        return no_memory(&builder);

    status = add_filters(&builder);
    if (!status)
        status = add_words(&builder);
    if (!status)
        status = set_values(&builder);
    if (!status)
        status = set_facets(&builder);
    if (!status)
        status = both ? build_both(&builder, entries) : build_reply(&builder, entries);
    struct term_set set = { 0 };
    for (size_t i = 1; !status && i < count; i++)
        status = build_passage(&builder, i - 1, &set, &entries[i]);
    if (status)
        return status;

    *out = (struct index_entries) { .reply_id = id,
                                    .source = source,
                                    .entries = entries,
                                    .count = count,
                                    .passages = reply->passage_count };
    return STATUS_OK;
}
