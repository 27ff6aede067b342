/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Patterns over the folded line (width, case and digits are already one form). A pattern is compiled
 * when a line first has what it cannot match without, and then shared by all threads. */
#include "search/query/reference.h"

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "search/query/numeral.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>

#define CN "[0-9一二三四五六七八九十百零〇两]{1,5}"
#define NUMERAL "[一二三四五六七八九十百千零〇两]{1,8}"
#define BODY "(?<body>政协|政治协商会议|人大|人民代表大会)"

enum pattern { PATTERN_DOCUMENT, PATTERN_SESSION, PATTERN_SHORT_SESSION, PATTERN_NUMBER, PATTERNS };

static const char *const SOURCES[PATTERNS] = {
    [PATTERN_DOCUMENT] =
        "(?<prefix>\\p{Han}{2,20})\\s*[\\[〔(【﹝{<《〈](?:19|20)\\d{2}[\\]〕)】﹞}>》〉]"
        "\\s*第?\\s*\\d{1,5}\\s*号",
    /* The body may stand before or after 届: 政协十届三次会议, 十四届人大三次会议. */
    [PATTERN_SESSION] =
        "(?<area>\\p{Han}{0,12}?)" BODY "?第?(?<term>" CN ")届(?<area2>\\p{Han}{0,12}?)"
        "第?(?<meeting>" CN ")次(?:\\p{Han}{0,2}(?:会议|全会|大会))?",
    [PATTERN_SHORT_SESSION] = BODY "?\\s*(?<term>\\d{1,3})\\s*-\\s*(?<meeting>\\d{1,2})",
    [PATTERN_NUMBER] = "(?<sign>第)?\\s*(?<number>[a-z]{0,3}\\d{1,14}|" NUMERAL ")\\s*号"
                       "(?<kind>\\s*的?(?:\\p{Han}{0,6})?(?:提案|建议|议案))?",
};

/* Stands in whatever the pattern matches. */
static const struct text NEEDS[PATTERNS] = {
    [PATTERN_DOCUMENT] = TEXT_INIT("号"),
    [PATTERN_SESSION] = TEXT_INIT("届"),
    [PATTERN_SHORT_SESSION] = TEXT_INIT("-"),
    [PATTERN_NUMBER] = TEXT_INIT("号"),
};

static _Atomic(pcre2_code *) codes[PATTERNS];

/* NULL: no memory. Two threads may compile the same; the second gives its own up. */
static pcre2_code *compiled(enum pattern pattern)
{
    pcre2_code *code = atomic_load(&codes[pattern]), *other = NULL;
    if (code)
        return code;
    int reason;
    PCRE2_SIZE offset;
    code = pcre2_compile((PCRE2_SPTR)SOURCES[pattern], PCRE2_ZERO_TERMINATED, PCRE2_UTF, &reason,
                         &offset, NULL);
    if (!code)
        return NULL;
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    if (atomic_compare_exchange_strong(&codes[pattern], &other, code))
        return code;
    pcre2_code_free(code);
    return other;
}

static void match_data_freep(pcre2_match_data **data)
{
    pcre2_match_data_free(*data);
}

static bool match(enum pattern pattern, struct text text, size_t from, pcre2_match_data *data)
{
    const pcre2_code *code = data && text_contains(text, NEEDS[pattern]) ? compiled(pattern) : NULL;
    return code && pcre2_match(code, (PCRE2_SPTR)text.data, text.length, from, PCRE2_NO_UTF_CHECK,
                               data, NULL) > 0;
}

static struct text group(enum pattern pattern, struct text text, pcre2_match_data *data,
                         const char *name)
{
    int number = pcre2_substring_number_from_name(codes[pattern], (PCRE2_SPTR)name);
    if (number < 0)
        return (struct text) { 0 };
    PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
    PCRE2_SIZE start = offsets[2 * number], end = offsets[2 * number + 1];
    return start == PCRE2_UNSET ? TEXT("") : text_slice(text, start, end - start);
}

/* What is left of the line without [start, end). */
static struct text without(struct text line, size_t start, size_t end, struct arena *arena)
{
    return arena_printf(arena, "%.*s %.*s", (int)start, line.data, (int)(line.length - end),
                        line.data + end);
}

/* ---- document numbers ---- */

/* The suffixes of the characters before the brackets, each with the rest of the number. */
static bool document_candidates(struct text cited, size_t prefix, struct arena *arena,
                                struct reference *out)
{
    for (size_t start = 0; prefix - start >= 6 && out->document_count < REFERENCE_CANDIDATES;) {
        struct text number =
            analyzer_document_number(text_slice(cited, start, cited.length - start), arena);
        if (number.data)
            out->documents[out->document_count++] = number;
        start += utf8_length((unsigned char)cited.data[start]);
    }
    return out->document_count > 0;
}

static bool find_document(struct text line, pcre2_match_data *data, struct arena *arena,
                          struct reference *out)
{
    if (!match(PATTERN_DOCUMENT, line, 0, data))
        return false;
    PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
    struct text cited = text_slice(line, offsets[0], offsets[1] - offsets[0]);
    struct text prefix = group(PATTERN_DOCUMENT, line, data, "prefix");
    if (!document_candidates(cited, prefix.length, arena, out))
        return false;
    out->kind = REFERENCE_DOCUMENT;
    out->written = cited;
    out->rest = without(line, offsets[0], offsets[1], arena);
    return true;
}

/* ---- sessions and proposals ---- */

static enum reference_body body_of(struct text body)
{
    return body.length == 0                     ? REFERENCE_ANY_BODY
           : text_starts_with(body, TEXT("政")) ? REFERENCE_CPPCC
                                                : REFERENCE_CONGRESS;
}

/* "省", "宁波市", "中国人民政治协商会议宁波市": the place only. */
static struct text area_of(struct text before)
{
    static const struct text NOISE[] = { TEXT_INIT("中国人民政治协商会议"),
                                         TEXT_INIT("政协"),
                                         TEXT_INIT("政治协商会议"),
                                         TEXT_INIT("委员会"),
                                         TEXT_INIT("人大"),
                                         TEXT_INIT("人民代表大会"),
                                         TEXT_INIT("第") };
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof(NOISE) / sizeof(*NOISE); i++) {
            if (text_starts_with(before, NOISE[i])) {
                before = text_slice(before, NOISE[i].length, before.length - NOISE[i].length);
                again = true;
            } else if (text_ends_with(before, NOISE[i])) {
                before.length -= NOISE[i].length;
                again = true;
            }
        }
    }
    return before;
}

static bool read_session(enum pattern pattern, struct text line, pcre2_match_data *data,
                         struct reference *out)
{
    unsigned term, meeting;
    if (!numeral_read(group(pattern, line, data, "term"), &term) ||
        !numeral_read(group(pattern, line, data, "meeting"), &meeting) || !term || !meeting)
        return false;
    struct text before = group(pattern, line, data, "area");
    struct text after = group(pattern, line, data, "area2");
    out->body = body_of(group(pattern, line, data, "body"));
    const struct text *around[] = { &before, &after };
    for (size_t i = 0; i < 2 && !out->body; i++)
        out->body =
            text_contains(*around[i], TEXT("政协")) || text_contains(*around[i], TEXT("协商"))
                ? REFERENCE_CPPCC
            : text_contains(*around[i], TEXT("人大")) || text_contains(*around[i], TEXT("代表大会"))
                ? REFERENCE_CONGRESS
                : REFERENCE_ANY_BODY;
    before = area_of(before);
    after = area_of(after);
    out->area = before.length ? before : after;
    out->term = term;
    out->meeting = meeting;
    return true;
}

static struct text without_zeros(struct text number)
{
    size_t zeros = 0;
    while (zeros + 1 < number.length && number.data[zeros] == '0')
        zeros++;
    return text_slice(number, zeros, number.length - zeros);
}

/* 第十三号 -> 13 */
static struct text in_digits(struct text number, struct arena *arena)
{
    unsigned value;
    if ((unsigned char)number.data[0] <= 0x7F || !numeral_read(number, &value))
        return number;
    return arena_printf(arena, "%u", value);
}

/* A number is a citation when 第, the kind or a session says so, or when it is the whole line. One in
 * Chinese numerals also names orders and documents (第一号文件), so 第 alone does not make it one. */
static bool find_proposal(struct text line, pcre2_match_data *data, struct arena *arena,
                          struct reference *out)
{
    size_t start = TEXT_NONE, end = 0;
    bool session =
        match(PATTERN_SESSION, line, 0, data) && read_session(PATTERN_SESSION, line, data, out);
    if (session) {
        PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
        start = offsets[0];
        end = offsets[1];
    }
    if (!match(PATTERN_NUMBER, line, end, data))
        return false;
    PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
    bool whole = text_trim(line).length == offsets[1] - offsets[0];
    struct text number = group(PATTERN_NUMBER, line, data, "number");
    bool kind = group(PATTERN_NUMBER, line, data, "kind").length > 0,
         sign = group(PATTERN_NUMBER, line, data, "sign").length > 0,
         spelled = (unsigned char)number.data[0] > 0x7F;
    if (!session && !kind && (spelled ? !whole || !sign : !whole && !sign))
        return false;
    out->number = without_zeros(in_digits(number, arena));
    out->kind = REFERENCE_PROPOSAL;
    start = start == TEXT_NONE ? offsets[0] : start;
    out->written = text_slice(line, offsets[0], offsets[1] - offsets[0]);
    out->rest = without(line, start, offsets[1], arena);
    return true;
}

static enum status fold(struct text line, const struct lexicon *lexicon, struct arena *arena,
                        struct text *out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    enum status status = normalizer_fold(lexicon, line, &buffer, error);
    if (status)
        return status;
    *out = arena_text(arena, buffer_text(&buffer));
    return out->data ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* Citations are short; a pasted page of text is not searched for one. */
#define REFERENCE_LINE_MAX 600

enum status reference_find(struct text line, const struct lexicon *lexicon, struct arena *arena,
                           struct reference *out, struct error *error)
{
    *out = (struct reference) { 0 };
    if (line.length > REFERENCE_LINE_MAX)
        return STATUS_OK;
    struct text folded;
    enum status status = fold(line, lexicon, arena, &folded, error);
    if (status)
        return status;
    CLEANUP(match_data_freep) pcre2_match_data *data = pcre2_match_data_create(16, NULL);
    struct reference found = { 0 };
    if (find_document(folded, data, arena, &found) || find_proposal(folded, data, arena, &found))
        *out = found;
    return STATUS_OK;
}

bool reference_session(struct text text, const struct lexicon *lexicon, struct arena *arena,
                       struct reference *out)
{
    struct text folded;
    if (text.length > REFERENCE_LINE_MAX || fold(text, lexicon, arena, &folded, NULL))
        return false;
    CLEANUP(match_data_freep) pcre2_match_data *data = pcre2_match_data_create(16, NULL);
    struct reference found = { 0 };
    for (int pattern = PATTERN_SESSION; pattern <= PATTERN_SHORT_SESSION; pattern++)
        if (match((enum pattern)pattern, folded, 0, data) &&
            read_session((enum pattern)pattern, folded, data, &found)) {
            *out = found;
            return true;
        }
    return false;
}
