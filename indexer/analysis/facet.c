/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/facet.h"

#define HASH_BYTES 5
#define YEAR_BASE 1899 /* a year is its difference to this */
#define NUMBER_MAX 127 /* of a term or a meeting */

const struct facet_row FACETS[FACET_COUNT] = {
    [FACET_AGENCY] = { "agency", "机关", FIELD_AGENCY, true },
    [FACET_PLACE] = { "place", "地区", FIELD_AREA, true },
    [FACET_YEAR] = { "year", "年份", FIELD_YEAR, false },
    [FACET_SESSION] = { "session", "届次", FIELD_SESSION, false },
    [FACET_KIND] = { "kind", "类型", FIELD_KIND, false },
    [FACET_CLASS] = { "class", "办理类别", FIELD_CLASS, false },
    [FACET_ROLE] = { "role", "段落性质", FIELD_ROLE, false },
};

static const struct text BODIES[] = { TEXT_INIT(""), TEXT_INIT("政协"), TEXT_INIT("人大") };
static const struct text KINDS[] = { TEXT_INIT(""), TEXT_INIT("提案"), TEXT_INIT("建议"),
                                     TEXT_INIT("议案") };

bool facet_find(struct text name, enum facet *out)
{
    for (int i = 0; i < FACET_COUNT; i++)
        if (text_equal(name, text_of(FACETS[i].name)) ||
            text_equal(name, text_of(FACETS[i].chinese))) {
            *out = (enum facet)i;
            return true;
        }
    return false;
}

/* ---- numbers ---- */

static unsigned long long hash_bits(struct text term, unsigned bits)
{
    unsigned long long hash = text_hash(term);
    hash = (hash ^ (hash >> bits)) & ((1ULL << bits) - 1);
    return !term.length ? 0 : hash ? hash : 1;
}

unsigned long long facet_group(struct text name)
{
    return hash_bits(name, FACET_GROUP_BYTES * 8);
}

unsigned long long facet_hash(struct text term)
{
    return hash_bits(term, HASH_BYTES * 8);
}

static unsigned long long year_code(struct text year)
{
    unsigned long long value = 0;
    bool known = text_to_u64(year, &value) && value > YEAR_BASE && value <= YEAR_BASE + 255;
    return known ? value - YEAR_BASE : 0;
}

/* 政协16-5: body, 届 and 次 in 2, 7 and 7 bits. */
static unsigned long long session_code(struct text session)
{
    for (unsigned long long body = 1; body < sizeof(BODIES) / sizeof(*BODIES); body++) {
        if (!text_starts_with(session, BODIES[body]))
            continue;
        unsigned long long term = 0, meeting = 0;
        struct text rest = text_slice(session, BODIES[body].length,
                                      session.length - BODIES[body].length),
                    number;
        text_split(&rest, TEXT("-"), &number);
        bool read = text_to_u64(number, &term) && (!rest.length || text_to_u64(rest, &meeting));
        if (read && term && term <= NUMBER_MAX && meeting <= NUMBER_MAX)
            return body << 14 | term << 7 | meeting;
    }
    return 0;
}

static unsigned long long kind_code(struct text kind)
{
    for (unsigned long long i = 1; i < sizeof(KINDS) / sizeof(*KINDS); i++)
        if (text_equal(kind, KINDS[i]))
            return i;
    return 0;
}

static unsigned long long class_code(struct text name)
{
    bool known = name.length == 1 && name.data[0] >= 'A' && name.data[0] <= 'D';
    return known ? (unsigned long long)(name.data[0] - 'A' + 1) : 0;
}

struct text facet_name(enum facet facet, unsigned long long code, struct arena *arena)
{
    if (code == 0)
        return arena_text(arena, TEXT(""));
    switch (facet) {
    case FACET_YEAR:
        return arena_printf(arena, "%llu", code + YEAR_BASE);
    case FACET_SESSION: {
        unsigned long long body = code >> 14, term = code >> 7 & NUMBER_MAX;
        struct text name = BODIES[body < sizeof(BODIES) / sizeof(*BODIES) ? body : 0];
        unsigned long long meeting = code & NUMBER_MAX;
        return meeting ? arena_printf(arena, "%s%llu-%llu", name.data, term, meeting)
                       : arena_printf(arena, "%s%llu", name.data, term);
    }
    case FACET_KIND:
        return arena_text(arena, KINDS[code < sizeof(KINDS) / sizeof(*KINDS) ? code : 0]);
    case FACET_CLASS:
        return arena_printf(arena, "%c", (int)('A' + code - 1));
    case FACET_ROLE:
        return arena_text(
            arena, text_of(code <= ROLE_COUNT ? role_name((enum passage_role)(code - 1)) : ""));
    default:
        return arena_printf(arena, "%010llx", code); /* a hash without its term */
    }
}

/* ---- bytes ---- */

struct part {
    size_t bytes;
    unsigned long long *value;
};

#define PARTS 6

/* What the slot is made of, in order: one table for both directions. */
static void parts_of(struct facet_codes *codes, unsigned long long *small, struct part out[PARTS])
{
    const struct part parts_in_order[PARTS] = {
        { FACET_GROUP_BYTES, &codes->group },
        { 2, small },
        { 1, &codes->values[FACET_YEAR] },
        { 2, &codes->values[FACET_SESSION] },
        { HASH_BYTES, &codes->values[FACET_AGENCY] },
        { HASH_BYTES, &codes->values[FACET_PLACE] },
    };
    memcpy(out, parts_in_order, sizeof(parts_in_order));
}

size_t facets_pack(const struct facet_terms *terms, char out[FACET_BYTES])
{
    struct facet_codes codes = {
        .group = facet_group(terms->group),
        .values = { [FACET_AGENCY] = facet_hash(terms->agency),
                    [FACET_PLACE] = facet_hash(terms->place),
                    [FACET_YEAR] = year_code(terms->year),
                    [FACET_SESSION] = session_code(terms->session) },
    };
    unsigned long long small = ((unsigned long long)terms->role + 1) << 8 |
                               kind_code(terms->kind) << 4 | class_code(terms->result_class);
    struct part parts[PARTS];
    parts_of(&codes, &small, parts);
    size_t length = 0;
    for (size_t i = 0; i < PARTS; i++)
        for (size_t byte = parts[i].bytes; byte > 0; byte--)
            out[length++] = (char)(*parts[i].value >> (8 * (byte - 1)) & 0xFF);
    while (length && out[length - 1] == '\0')
        length--;
    return length;
}

bool facets_unpack(struct text bytes, struct facet_codes *out)
{
    if (bytes.length < FACET_GROUP_BYTES || bytes.length > FACET_BYTES)
        return false;
    *out = (struct facet_codes) { 0 };
    unsigned long long small = 0;
    struct part parts[PARTS];
    parts_of(out, &small, parts);
    size_t at = 0;
    for (size_t i = 0; i < PARTS; i++)
        for (size_t byte = 0; byte < parts[i].bytes; byte++, at++)
            *parts[i].value =
                *parts[i].value << 8 | (at < bytes.length ? (unsigned char)bytes.data[at] : 0);
    out->values[FACET_ROLE] = small >> 8;
    out->values[FACET_KIND] = small >> 4 & 0xF;
    out->values[FACET_CLASS] = small & 0xF;
    return true;
}
