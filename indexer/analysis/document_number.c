/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 发文字号: 代字, year in brackets, serial, 号 (GB/T 9704-2012, 7.2.5), as people really write it:
 * any kind of bracket, wide digits, stray blanks, "第" before the serial, leading zeros. */
#include "indexer/analysis/analyzer.h"
#include "indexer/base/utf8.h"

#define CODE_MAX 20 /* characters of 代字; the longest in use have 14 */
#define SERIAL_MAX 6

struct scan {
    struct text text;
    size_t at;
};

static void skip_blanks(struct scan *scan)
{
    struct text rest = text_slice(scan->text, scan->at, scan->text.length - scan->at);
    size_t length = rest.length;
    while (rest.length) {
        size_t next = 0;
        uint32_t codepoint = utf8_next_valid(rest.data, &next);
        bool blank = codepoint == ' ' || codepoint == '\t' || codepoint == 0xA0 ||
                     codepoint == 0x3000 || codepoint == 0xFEFF ||
                     (codepoint >= 0x2000 && codepoint <= 0x200B);
        if (!blank)
            break;
        rest = text_slice(rest, next, rest.length - next);
    }
    scan->at += length - rest.length;
}

static uint32_t peek(const struct scan *scan, size_t *next)
{
    *next = scan->at;
    return scan->at < scan->text.length ? utf8_next_valid(scan->text.data, next) : 0;
}

static bool is_one_of(uint32_t codepoint, const char *characters)
{
    struct text all = text_of(characters);
    for (size_t i = 0; i < all.length;) {
        if (utf8_next_valid(all.data, &i) == codepoint)
            return true;
    }
    return false;
}

static bool take_one_of(struct scan *scan, const char *characters)
{
    size_t next;
    skip_blanks(scan);
    uint32_t codepoint = peek(scan, &next);
    if (!codepoint || !is_one_of(codepoint, characters))
        return false;
    scan->at = next;
    return true;
}

/* ASCII or wide digits, blanks among them, without leading zeros; false when there is none or
 * more than SERIAL_MAX. */
static bool take_digits(struct scan *scan, char out[SERIAL_MAX + 1])
{
    size_t count = 0;
    bool any = false;
    for (;;) {
        size_t next;
        skip_blanks(scan);
        uint32_t codepoint = peek(scan, &next);
        if (codepoint >= 0xFF10 && codepoint <= 0xFF19)
            codepoint = codepoint - 0xFF10 + '0';
        if (codepoint < '0' || codepoint > '9')
            break;
        scan->at = next;
        any = true;
        if (codepoint == '0' && count == 0)
            continue;
        if (count == SERIAL_MAX)
            return false;
        out[count++] = (char)codepoint;
    }
    if (any && count == 0)
        out[count++] = '0';
    out[count] = '\0';
    return any;
}

/* Han characters and Latin letters up to the bracket. */
static bool take_code(struct scan *scan, struct buffer *out)
{
    size_t count = 0;
    for (;;) {
        size_t next;
        skip_blanks(scan);
        uint32_t codepoint = peek(scan, &next);
        bool letter =
            (codepoint >= 'A' && codepoint <= 'Z') || (codepoint >= 'a' && codepoint <= 'z');
        if (!utf8_is_han(codepoint) && !letter)
            break;
        buffer_append_codepoint(out, codepoint);
        scan->at = next;
        if (++count > CODE_MAX)
            return false;
    }
    return count > 0;
}

static void skip_label(struct scan *scan)
{
    static const struct text LABELS[] = { TEXT_INIT("发文字号"), TEXT_INIT("发文文号"),
                                          TEXT_INIT("文件编号"), TEXT_INIT("文号"),
                                          TEXT_INIT("文件") };
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++) {
        struct text rest = text_slice(scan->text, scan->at, scan->text.length - scan->at);
        struct scan after = { scan->text, scan->at + LABELS[i].length };
        if (text_starts_with(rest, LABELS[i]) && take_one_of(&after, ":：")) {
            *scan = after;
            skip_blanks(scan);
            return;
        }
    }
}

struct text analyzer_document_number(struct text text, struct arena *arena)
{
    struct scan scan = { text_trim(text), 0 };
    struct buffer code;
    buffer_init(&code, 4 * (CODE_MAX + 1));
    char year[SERIAL_MAX + 1], serial[SERIAL_MAX + 1];
    struct text result = { NULL, 0 };

    skip_label(&scan);
    bool found = take_code(&scan, &code) && take_one_of(&scan, "〔[［（(【﹝{〖<〈《") &&
                 take_digits(&scan, year) && strlen(year) == 4 &&
                 (year[0] == '1' || year[0] == '2') && take_one_of(&scan, "〕]］）)】﹞}〗>〉》");
    if (found) {
        take_one_of(&scan, "第");
        found = take_digits(&scan, serial) && take_one_of(&scan, "号號");
        skip_blanks(&scan);
    }
    if (found && scan.at == scan.text.length && !code.failed)
        result = arena_printf(arena, "%.*s〔%s〕%s号", TEXT_ARG(buffer_text(&code)), year, serial);
    buffer_release(&code);
    return result;
}
