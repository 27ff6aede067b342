/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of the schema. Terms are normalised, hence never start with a capital letter, so a
 * prefix of capitals needs no separator; ids, which are raw bytes, have prefixes that no other
 * prefix extends. */
#include "indexer/analysis/field.h"

#include "indexer/base/utf8.h"

#include <stdio.h>

const struct field_row FIELDS[FIELD_COUNT] = {
    [FIELD_TEXT] = { "text", "正文", "", ANALYSIS_TEXT, false },
    [FIELD_PATH] = { "path", "章节", "XH", ANALYSIS_WORDS, false },
    [FIELD_TITLE] = { "title", "标题", "S", ANALYSIS_WORDS, false },
    [FIELD_ISSUER] = { "issuer", "发文机关", "A", ANALYSIS_WORDS, false },
    [FIELD_ID] = { "id", "标识", "Q", ANALYSIS_KEYWORD, true },
    [FIELD_DOCUMENT_NUMBER] = { "document-number", "发文字号", "XN", ANALYSIS_KEYWORD, true },
    [FIELD_PROPOSAL_NUMBER] = { "proposal-number", "案号", "XP", ANALYSIS_KEYWORD, true },
    [FIELD_MEMBER] = { "member", "委员", "XM", ANALYSIS_KEYWORD, true },
    [FIELD_SESSION] = { "session", "届次", "XS", ANALYSIS_KEYWORD, true },
    [FIELD_AGENCY] = { "agency", "机关", "XA", ANALYSIS_KEYWORD, true },
    [FIELD_AREA] = { "area", "地区", "XL", ANALYSIS_KEYWORD, true },
    [FIELD_YEAR] = { "year", "年份", "Y", ANALYSIS_KEYWORD, true },
    [FIELD_KIND] = { "kind", "类型", "XK", ANALYSIS_KEYWORD, true },
    [FIELD_CLASS] = { "class", "办理类别", "XJ", ANALYSIS_KEYWORD, true },
    [FIELD_ROLE] = { "role", "段落性质", "XR", ANALYSIS_KEYWORD, true },
    [FIELD_SOURCE] = { "source", "来源", "XF", ANALYSIS_KEYWORD, true },
    [FIELD_RECORD] = { "record", "记录", "XT", ANALYSIS_KEYWORD, true },
    [FIELD_GROUP] = { "group", "全篇", "XG", ANALYSIS_KEYWORD, true },
};

const char *field_text_prefix(enum token_kind kind)
{
    return kind == TOKEN_CHARACTER ? FIELD_CHARACTER_PREFIX : FIELDS[FIELD_TEXT].prefix;
}

static bool has_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < 0x80)
            return true;
    return false;
}

bool field_text_has(const struct token *token, bool follows)
{
    switch (token->kind) {
    case TOKEN_CHARACTER:
        return !follows;
    case TOKEN_WORD:
        return utf8_count(token->term) > 2 || has_ascii(token->term);
    case TOKEN_SUBWORD: /* of Han characters: the bigrams find it */
        return has_ascii(token->term);
    default:
        return true;
    }
}

#define HASH_DIGITS 16

/* Xapian writes NUL as two bytes in its keys. */
static size_t stored_length(struct text term)
{
    size_t length = term.length;
    for (size_t i = 0; i < term.length; i++)
        length += term.data[i] == '\0';
    return length;
}

static size_t readable_start(struct text term, size_t room)
{
    size_t end = term.length < room ? term.length : room;
    const char *nul = end ? memchr(term.data, '\0', end) : NULL;
    if (nul)
        end = (size_t)(nul - term.data);
    return utf8_boundary(term, end);
}

struct text field_term(const char *prefix, struct text term, struct arena *arena)
{
    size_t prefix_length = strlen(prefix);
    bool hashed = prefix_length + stored_length(term) > TERM_MAX;
    size_t kept =
        hashed ? readable_start(term, TERM_MAX - prefix_length - 1 - HASH_DIGITS) : term.length;
    size_t length = prefix_length + kept + (hashed ? 1 + HASH_DIGITS : 0);
    char *bytes = arena_alloc(arena, length + 1);
    if (!bytes)
        return (struct text) { NULL, 0 };

    memcpy(bytes, prefix, prefix_length);
    if (kept)
        memcpy(bytes + prefix_length, term.data, kept);
    if (hashed)
        snprintf(bytes + prefix_length + kept, 2 + HASH_DIGITS, "~%016llx", text_hash(term));
    return (struct text) { bytes, length };
}
