/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chinese numerals: with a unit they add up, without one they are digits in a row. */
#include "search/query/numeral.h"

#include "indexer/base/utf8.h"

#define NUMERAL_LIMIT 10000

static const struct {
    uint32_t character;
    unsigned value, unit;
} NUMERALS[] = {
    { 0x3007, 0, 0 }, { 0x96F6, 0, 0 },  { 0x25CB, 0, 0 },   { 0x4E00, 1, 0 },
    { 0x4E8C, 2, 0 }, { 0x4E24, 2, 0 },  { 0x4E09, 3, 0 },   { 0x56DB, 4, 0 },
    { 0x4E94, 5, 0 }, { 0x516D, 6, 0 },  { 0x4E03, 7, 0 },   { 0x516B, 8, 0 },
    { 0x4E5D, 9, 0 }, { 0x5341, 0, 10 }, { 0x767E, 0, 100 }, { 0x5343, 0, 1000 },
};
#define NUMERAL_COUNT (sizeof(NUMERALS) / sizeof(*NUMERALS))

static bool find(uint32_t character, unsigned *value, unsigned *unit)
{
    if (character >= '0' && character <= '9') {
        *value = character - '0';
        *unit = 0;
        return true;
    }
    for (size_t i = 0; i < NUMERAL_COUNT; i++)
        if (NUMERALS[i].character == character) {
            *value = NUMERALS[i].value;
            *unit = NUMERALS[i].unit;
            return true;
        }
    return false;
}

bool numeral_read(struct text text, unsigned *value)
{
    unsigned total = 0, digits = 0, digit, unit;
    bool pending = false;
    if (text.length == 0)
        return false;
    for (size_t offset = 0; offset < text.length;) {
        if (!find(utf8_next_valid(text.data, &offset), &digit, &unit))
            return false;
        if (unit) { /* a unit alone counts once: 十六 */
            total += (pending ? digits : 1) * unit;
            digits = 0;
            pending = false;
        } else {
            digits = digits * 10 + digit;
            pending = pending || digit != 0;
        }
        if (total + digits >= NUMERAL_LIMIT)
            return false;
    }
    *value = total + digits;
    return true;
}
