/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the format declares (document.h). For Reply XML it wins over what the text says; for any
 * other format it only fills what the text leaves empty. */
#include "indexer/reply/numerals.h"
#include "indexer/reply/parse.h"
#include "indexer/reply/shadow.h"

#include <stddef.h>

enum value_kind { VALUE_TEXT, VALUE_LIST, VALUE_NUMBER, VALUE_NAME, VALUE_LETTER, VALUE_DATE };

struct row {
    const char *key;
    enum value_kind kind;
    size_t offset;                  /* of the field in struct reply */
    const char *(*name)(int value); /* VALUE_NAME */
    int count;
};

static const char *body_name(int value)
{
    return reply_body_name((enum reply_body)value);
}
static const char *kind_name(int value)
{
    return reply_kind_name((enum reply_kind)value);
}
static const char *type_name(int value)
{
    return reply_type_name((enum reply_type)value);
}
static const char *origin_name(int value)
{
    return date_origin_name((enum date_origin)value);
}

#define FIELD(member) offsetof(struct reply, member)
static const struct row ROWS[] = {
    { "title", VALUE_TEXT, FIELD(title), NULL, 0 },
    { "issuer", VALUE_TEXT, FIELD(issuer), NULL, 0 },
    { "doc_number", VALUE_TEXT, FIELD(document_number), NULL, 0 },
    { "doc_number_raw", VALUE_TEXT, FIELD(document_number_raw), NULL, 0 },
    { "subject", VALUE_TEXT, FIELD(subject), NULL, 0 },
    { "addressee", VALUE_TEXT, FIELD(addressee), NULL, 0 },
    { "addressees", VALUE_LIST, FIELD(addressees), NULL, 0 },
    { "session", VALUE_TEXT, FIELD(session.raw), NULL, 0 },
    { "session_body", VALUE_NAME, FIELD(session.body), body_name, BODY_CONGRESS + 1 },
    { "session_area", VALUE_TEXT, FIELD(session.area), NULL, 0 },
    { "session_term", VALUE_NUMBER, FIELD(session.term), NULL, 0 },
    { "session_meeting", VALUE_NUMBER, FIELD(session.meeting), NULL, 0 },
    { "kind", VALUE_NAME, FIELD(kind), kind_name, KIND_BILL + 1 },
    { "reply_type", VALUE_NAME, FIELD(type), type_name, TYPE_JOINT_OPINION + 1 },
    { "proposal_no", VALUE_TEXT, FIELD(proposal_number), NULL, 0 },
    { "proposal_category", VALUE_TEXT, FIELD(proposal_category), NULL, 0 },
    { "consulted", VALUE_LIST, FIELD(consulted), NULL, 0 },
    { "copy_to", VALUE_LIST, FIELD(copy_to), NULL, 0 },
    { "result_class", VALUE_LETTER, FIELD(result_class), NULL, 0 },
    { "publicity", VALUE_TEXT, FIELD(publicity), NULL, 0 },
    { "date", VALUE_DATE, FIELD(date), NULL, 0 },
    { "date_origin", VALUE_NAME, FIELD(date_origin), origin_name, DATE_PUBLISHED + 1 },
    { "contact", VALUE_TEXT, FIELD(contact), NULL, 0 },
    { "area", VALUE_TEXT, FIELD(area), NULL, 0 },
    { "file", VALUE_TEXT, FIELD(file), NULL, 0 },
    { "stem", VALUE_TEXT, FIELD(stem), NULL, 0 },
};

static bool set_text(struct text *field, struct text value, bool wins, struct arena *arena)
{
    if (field->length > 0 && !wins)
        return true;
    *field = arena_text(arena, value);
    return field->data != NULL;
}

static void set_name(int *field, struct text value, bool wins, const struct row *row)
{
    for (int i = 0; i < row->count; i++) {
        if ((*field == 0 || wins) && text_equal(value, text_of(row->name(i))))
            *field = i;
    }
}

/* "2025-06-25 09:30" and whatever else holds a day. */
static bool set_date(struct parse *parse, struct text value, bool wins)
{
    struct reply *reply = parse->reply;
    struct pattern_match match;
    struct text shadow = shadow_of(value, parse->arena);
    if (!shadow.data)
        return false;
    if ((reply->date.length > 0 && !wins) || value.length > 200 ||
        !pattern_find(PATTERN_DATE, shadow, 0, &match))
        return true;
    struct text date = numeral_date(&match, shadow, parse->arena);
    if (date.length == 0)
        return date.data != NULL;
    reply->date = date;
    if (!wins)
        reply->date_origin = DATE_PUBLISHED;
    return true;
}

/* `first`: the first value of its key. A list that the text has filled is replaced or kept whole. */
static bool set_list(struct text_list *list, struct text value, bool wins, bool first, bool *kept,
                     struct arena *arena)
{
    if (first) {
        *kept = !wins && list->count > 0;
        if (wins)
            list->count = 0;
    }
    if (*kept)
        return true;
    struct text copy = arena_text(arena, value);
    return copy.data && add_text(list, copy, arena);
}

static bool set_row(struct parse *parse, const struct row *row, struct text value, bool wins,
                    bool first, bool *kept)
{
    char *field = (char *)parse->reply + row->offset;
    int number = 0;
    switch (row->kind) {
    case VALUE_TEXT:
        return !first || set_text((struct text *)(void *)field, value, wins, parse->arena);
    case VALUE_LIST:
        return set_list((struct text_list *)(void *)field, value, wins, first, kept, parse->arena);
    case VALUE_NUMBER:
        if (numeral_value(value, &number) && (wins || *(int *)(void *)field == 0))
            *(int *)(void *)field = number;
        return true;
    case VALUE_NAME: {
        int current = 0;
        memcpy(&current, field, sizeof(current)); /* the enums are ints */
        set_name(&current, value, wins, row);
        memcpy(field, &current, sizeof(current));
        return true;
    }
    case VALUE_LETTER:
        if ((wins || !*field) && value.length == 1 && value.data[0] >= 'A' && value.data[0] <= 'D')
            *field = value.data[0];
        return true;
    case VALUE_DATE:
        return !first || set_date(parse, value, wins);
    }
    return true;
}

bool read_declared(struct parse *parse)
{
    const struct document *document = parse->document;
    bool seen[sizeof(ROWS) / sizeof(ROWS[0])] = { false };
    bool kept[sizeof(ROWS) / sizeof(ROWS[0])] = { false };
    for (size_t i = 0; i < document->declared_count; i++) {
        const struct declared *one = &document->declared[i];
        for (size_t r = 0; r < sizeof(ROWS) / sizeof(ROWS[0]); r++) {
            if (!text_equal(one->key, text_of(ROWS[r].key)))
                continue;
            if (!set_row(parse, &ROWS[r], one->value, document->repaired, !seen[r], &kept[r]))
                return false;
            seen[r] = true;
        }
    }
    return true;
}
