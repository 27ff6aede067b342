/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Masking of persons and numbers: 胡忠忠 -> 胡**, 15824520223 -> 158****0223, and of a landline the
 * first digits behind the area code. Masking what is masked changes nothing. */
#include "indexer/reply/lines.h"
#include "indexer/reply/parse.h"
#include "indexer/reply/shadow.h"

#include "indexer/base/utf8.h"

/* One mark per byte of the text: what becomes of the code point that starts there. */
struct mask {
    struct text text, shadow;
    unsigned char *hidden; /* 1: the code point starting here becomes one asterisk */
    bool any;
    bool keeps_hidden; /* 李某 stays 李某 */
};

static void hide(struct mask *mask, size_t at)
{
    mask->hidden[at] = 1;
    mask->any = true;
}

static bool is_digit(uint32_t codepoint) /* or one of full width */
{
    return (codepoint >= '0' && codepoint <= '9') || (codepoint >= 0xFF10 && codepoint <= 0xFF19);
}

/* Hides digits first ... last (counted from 0) of the digits in [start, end). */
static void hide_digits(struct mask *mask, size_t start, size_t end, size_t first, size_t last)
{
    size_t seen = 0;
    for (size_t at = start; at < end;) {
        size_t here = at;
        if (!is_digit(utf8_next_valid(mask->text.data, &at)))
            continue;
        if (seen >= first && seen <= last)
            hide(mask, here);
        seen++;
    }
}

static void hide_mobiles(struct mask *mask)
{
    struct pattern_match match;
    for (size_t at = 0; pattern_find(PATTERN_MOBILE, mask->shadow, at, &match); at = match.end)
        hide_digits(mask, match.start, match.end, 3, 6);
}

static void hide_landlines(struct mask *mask)
{
    struct pattern_match match;
    for (size_t at = 0; pattern_find(PATTERN_PHONE, mask->shadow, at, &match); at = match.end) {
        size_t digits = 0, area = 0;
        bool zero = false; /* in front */
        for (size_t i = match.start; i < match.end;) {
            uint32_t codepoint = utf8_next_valid(mask->shadow.data, &i);
            bool digit = is_digit(codepoint);
            if (!digit && digits > 0 && digits <= 4)
                area = digits; /* 0574-, (0574) */
            zero = zero || (digit && digits == 0 && (codepoint == '0' || codepoint == 0xFF10));
            digits += digit;
        }
        if (area == 0 && digits > 8 && zero)
            area = digits - 8; /* 057487654321 */
        hide_digits(mask, match.start, match.end, area, area + 3);
    }
}

static bool is_office(struct text shadow)
{
    static const struct text ENDINGS[] = {
        TEXT_INIT("科"),   TEXT_INIT("处"),   TEXT_INIT("室"),   TEXT_INIT("股"),
        TEXT_INIT("局"),   TEXT_INIT("队"),   TEXT_INIT("部"),   TEXT_INIT("办"),
        TEXT_INIT("委"),   TEXT_INIT("中心"), TEXT_INIT("所"),   TEXT_INIT("站"),
        TEXT_INIT("组"),   TEXT_INIT("公司"), TEXT_INIT("电话"), TEXT_INIT("手机"),
        TEXT_INIT("方式"), TEXT_INIT("传真"),
    };
    for (size_t i = 0; i < sizeof(ENDINGS) / sizeof(ENDINGS[0]); i++) {
        if (text_ends_with(shadow, ENDINGS[i]))
            return true;
    }
    return false;
}

/* 李某, 张某某: the writer has hidden it already. */
static bool is_hidden(struct text shadow)
{
    return text_ends_with(shadow, TEXT("某")) || text_ends_with(shadow, TEXT("×"));
}

/* [start, end) without blanks inside: hidden but for its first character when it can be a name. */
static void hide_name(struct mask *mask, size_t start, size_t end)
{
    struct text word = text_slice(mask->shadow, start, end - start);
    size_t codepoints = utf8_count(word);
    if (codepoints < 2 || codepoints > 4 || is_office(word) ||
        (mask->keeps_hidden && is_hidden(word)))
        return;
    for (size_t at = start; at < end;) {
        size_t here = at;
        if (!utf8_is_han(utf8_next_valid(mask->text.data, &at)))
            return;
        if (here > start)
            hide(mask, here);
    }
}

static bool separates(struct text text, size_t at, size_t *length)
{
    size_t next = at;
    uint32_t codepoint = utf8_next_valid(text.data, &next);
    *length = next - at;
    return codepoint == ' ' || codepoint == 0x3000 || codepoint == '\t' || codepoint == 0x3001 ||
           codepoint == 0xA0 || codepoint == '/' || codepoint == '|' || codepoint == 0xFF5C;
}

static void hide_names(struct mask *mask)
{
    struct pattern_match match;
    struct text shadow = mask->shadow;
    for (size_t at = 0; pattern_find(PATTERN_CONTACT_NAME, shadow, at, &match);) {
        size_t end = match.piece_end[PIECE_NAME];
        bool label_follows =
            end < shadow.length &&
            (shadow.data[end] == ':' ||
             text_starts_with(text_slice(shadow, end, shadow.length - end), TEXT("：")));
        size_t word = match.piece_start[PIECE_NAME], length = 0;
        for (size_t here = word; here <= end; here += length) {
            bool last = here == end;
            if (!last && !separates(shadow, here, &length))
                continue;
            if (here > word && !(last && label_follows))
                hide_name(mask, word, here);
            if (last)
                break;
            word = here + length;
        }
        at = label_follows && word > match.piece_start[PIECE_NAME] ? word : match.end;
    }
}

static struct text write_masked(const struct mask *mask, struct arena *arena)
{
    char *out = arena_alloc(arena, mask->text.length + 1);
    size_t used = 0;
    if (!out)
        return (struct text) { "", 0 }; /* better nothing than the number */
    for (size_t at = 0; at < mask->text.length;) {
        size_t length = utf8_length((unsigned char)mask->text.data[at]);
        if (mask->hidden[at]) {
            out[used++] = '*';
        } else {
            memcpy(out + used, mask->text.data + at, length);
            used += length;
        }
        at += length;
    }
    return (struct text) { out, used };
}

/* 请联系王小明，电话……: a person in running text, known by the number that follows. */
static void hide_persons(struct mask *mask)
{
    struct pattern_match match;
    for (size_t at = 0; pattern_find(PATTERN_CONTACT_PERSON, mask->shadow, at, &match);
         at = match.end)
        hide_name(mask, match.piece_start[PIECE_NAME], match.piece_end[PIECE_NAME]);
}

/* A line of contacts, or a paragraph that tells a person's number. */
static bool names_contacts(struct text shadow)
{
    return line_is_contact(shadow) ||
           (pattern_test(PATTERN_CONTACT_PHRASE, shadow) &&
            (pattern_test(PATTERN_PHONE, shadow) || pattern_test(PATTERN_MOBILE, shadow)));
}

struct text reply_mask_contact(struct text text, bool contact_line, struct arena *arena)
{
    struct mask mask = { .text = text, .keeps_hidden = !contact_line };
    if (text.length == 0 || patterns_prepare(NULL))
        return text;
    mask.shadow = shadow_of(text, arena);
    mask.hidden = arena_alloc(arena, text.length);
    if (!mask.shadow.data || !mask.hidden)
        return (struct text) { "", 0 };
    memset(mask.hidden, 0, text.length);
    hide_mobiles(&mask);
    hide_persons(&mask);
    if (contact_line)
        hide_landlines(&mask);
    if (contact_line || names_contacts(mask.shadow))
        hide_names(&mask);
    return mask.any ? write_masked(&mask, arena) : text;
}
