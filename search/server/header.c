/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/header.h"

#include <strings.h>

#define TOKEN_MAX 512 /* bytes of a token and its user name */

static bool same_word(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || strncasecmp(a.data, b.data, a.length) == 0);
}

static bool starts_like(struct text text, struct text word)
{
    return text.length >= word.length && same_word(text_slice(text, 0, word.length), word);
}

/* "0.8" in thousandths; what is no weight counts as 1. */
static int weight_of(struct text digits)
{
    int value = 0, unit = 1000;
    for (size_t i = 0; i < digits.length && unit; i++) {
        if (digits.data[i] == '.')
            continue;
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return 1000;
        value += (digits.data[i] - '0') * unit;
        unit /= 10;
    }
    return value > 1000 ? 1000 : value;
}

/* "en-GB;q=0.8" is "en-GB" with 800. */
static int take_weight(struct text *item)
{
    struct text rest = *item, parameter;
    int weight = 1000;
    text_split(&rest, TEXT(";"), item);
    *item = text_trim(*item);
    while (rest.length && text_split(&rest, TEXT(";"), &parameter)) {
        parameter = text_trim(parameter);
        if (starts_like(parameter, TEXT("q=")))
            weight = weight_of(text_slice(parameter, 2, parameter.length - 2));
    }
    return weight;
}

static bool is_language(struct text tag, struct text primary)
{
    return starts_like(tag, primary) &&
           (tag.length == primary.length || tag.data[primary.length] == '-');
}

enum language header_language(struct text value)
{
    int chinese = 0, english = 0;
    struct text rest = value, item;
    while (rest.length && text_split(&rest, TEXT(","), &item)) {
        int weight = take_weight(&item);
        if (is_language(item, TEXT("zh")) && weight > chinese)
            chinese = weight;
        if (is_language(item, TEXT("en")) && weight > english)
            english = weight;
    }
    return english > chinese ? LANGUAGE_ENGLISH : LANGUAGE_CHINESE;
}

bool header_gzip(struct text value)
{
    int any = 0, gzip = -1;
    struct text rest = value, item;
    while (rest.length && text_split(&rest, TEXT(","), &item)) {
        int weight = take_weight(&item);
        if (same_word(item, TEXT("gzip")) || same_word(item, TEXT("x-gzip")))
            gzip = weight;
        else if (same_word(item, TEXT("*")))
            any = weight;
    }
    return gzip >= 0 ? gzip > 0 : any > 0;
}

bool header_matches(struct text value, struct text etag)
{
    struct text rest = value, item;
    while (rest.length && text_split(&rest, TEXT(","), &item)) {
        item = text_trim(item);
        if (text_starts_with(item, TEXT("W/")))
            item = text_slice(item, 2, item.length - 2);
        if (text_equal(item, etag) || text_equal(item, TEXT("*")))
            return true;
    }
    return false;
}

/* ---- the token ---- */

static bool same_secret(struct text given, struct text token)
{
    unsigned char difference = given.length != token.length;
    for (size_t i = 0; i < token.length; i++)
        difference |= (unsigned char)((i < given.length ? given.data[i] : 0) ^ token.data[i]);
    return token.length && !difference;
}

static int base64_digit(char byte)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *digit = byte ? strchr(DIGITS, byte) : NULL;
    return digit ? (int)(digit - DIGITS) : -1;
}

/* RFC 4648; stops at what is no digit. */
static struct text base64_decode(struct text text, char out[TOKEN_MAX])
{
    size_t length = 0;
    unsigned bits = 0;
    int held = 0;
    for (size_t i = 0; i < text.length && length < TOKEN_MAX; i++) {
        int digit = base64_digit(text.data[i]);
        if (digit < 0)
            break;
        bits = (bits << 6 | (unsigned)digit) & 0xfff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[length++] = (char)(bits >> held & 0xff);
        }
    }
    return text_of_bytes(out, length);
}

bool header_authorized(struct text value, struct text token)
{
    char plain[TOKEN_MAX];
    struct text given = { NULL, 0 }, user;
    if (starts_like(value, TEXT("Bearer "))) {
        given = text_trim(text_slice(value, 7, value.length - 7));
    } else if (starts_like(value, TEXT("Basic "))) {
        given = base64_decode(text_trim(text_slice(value, 6, value.length - 6)), plain);
        if (!text_contains(given, TEXT(":")))
            return false;
        text_split(&given, TEXT(":"), &user);
    }
    return same_secret(given, token);
}
