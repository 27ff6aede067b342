/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/amount.h"

#include <math.h>
#include <stdio.h>

#include "search/query/no_quantity.h"
#include "search/query/number.h"
#include "search/query/scan.h"
#include "search/query/units.h"

#define VALUE_MAX 1e15  /* beyond it a double does not hold every whole number */
#define PLAIN_MAX 1e9   /* 3500000000元 is nobody's way of writing */
#define PLACES_MAX 4    /* behind the point: 3.4567亿 */
#define SPELLED_LEAST 3 /* code points without a unit: 十万 may be in a name (十万大山) */
#define SPOKEN_DIGITS 4 /* that are not 0: 三亿五千万, but not 三十七万四千六百五十一 */

static const struct magnitude {
    struct text name;
    double factor;
} MAGNITUDES[] = { { TEXT_INIT(""), 1 },
                   { TEXT_INIT("万"), 1e4 },
                   { TEXT_INIT("亿"), 1e8 },
                   { TEXT_INIT("万亿"), 1e12 } };

struct forms {
    struct arena *arena;
    struct text typed; /* from the number to the unit */
    struct text *out;
    size_t count;
    bool failed;
};

static void add(struct forms *forms, struct text form)
{
    forms->failed |= !form.data;
    if (forms->failed || forms->count == AMOUNT_FORMS_MAX || text_equal(form, forms->typed))
        return;
    for (size_t i = 0; i < forms->count; i++)
        if (text_equal(forms->out[i], form))
            return;
    forms->out[forms->count++] = form;
}

/* "3.5", "35000"; empty when it would take more places than people write. */
static struct text digits_of(double value, char buffer[40])
{
    int most = value < 1 ? 2 : PLACES_MAX; /* 0.35亿 */
    for (int places = 0; places <= most; places++) {
        double scaled = value * pow(10, places);
        if (fabs(scaled - round(scaled)) > 1e-9 * fmax(1, fabs(scaled)))
            continue;
        int length = snprintf(buffer, 40, "%.*f", places, value);
        return text_of_bytes(buffer, (size_t)length);
    }
    return (struct text) { NULL, 0 };
}

/* ---- spelled ---- */

static size_t put(char *out, size_t length, const char *word)
{
    memcpy(out + length, word, strlen(word));
    return length + strlen(word);
}

/* 1 to 9999: 三千五百, 一千零五; 十二 at the start of all. */
static size_t spell_section(char *out, size_t length, unsigned value, bool first)
{
    static const char *const DIGITS[] = {
        "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"
    };
    static const char *const UNITS[] = { "千", "百", "十", "" };
    bool zero = false, begun = !first;
    for (unsigned i = 0, place = 1000; i < 4; i++, place /= 10) {
        unsigned digit = value / place % 10;
        if (!digit) {
            zero = true;
            continue;
        }
        if (zero && begun)
            length = put(out, length, "零");
        if (digit != 1 || place != 10 || begun)
            length = put(out, length, DIGITS[digit]);
        length = put(out, length, UNITS[i]);
        begun = true;
        zero = false;
    }
    return length;
}

static unsigned digits_not_zero(uint64_t value)
{
    unsigned count = 0;
    for (; value; value /= 10)
        count += value % 10 != 0;
    return count;
}

/* 三亿五千万 of a whole number below 10,000亿 that people would spell; else empty. */
static struct text spelled(double value, char buffer[120])
{
    static const struct magnitude SECTIONS[] = { { TEXT_INIT("亿"), 1e8 },
                                                 { TEXT_INIT("万"), 1e4 },
                                                 { TEXT_INIT(""), 1 } };
    size_t length = 0;
    if (value < 1 || value >= 1e12 || value != floor(value) ||
        digits_not_zero((uint64_t)value) > SPOKEN_DIGITS)
        return (struct text) { NULL, 0 };
    for (size_t i = 0; i < 3; i++) {
        unsigned section = (unsigned)fmod(floor(value / SECTIONS[i].factor), 1e4);
        if (!section)
            continue;
        length = spell_section(buffer, length, section, length == 0);
        memcpy(buffer + length, SECTIONS[i].name.data, SECTIONS[i].name.length);
        length += SECTIONS[i].name.length;
    }
    return text_of_bytes(buffer, length);
}

/* ---- the forms ---- */

static void add_digits(struct forms *forms, double value, struct text unit)
{
    char buffer[40];
    for (size_t i = 0; i < sizeof(MAGNITUDES) / sizeof(*MAGNITUDES); i++) {
        const struct magnitude *magnitude = &MAGNITUDES[i];
        double shown = value / magnitude->factor;
        struct text digits = digits_of(shown, buffer);
        bool usual = i == 0 ? value < PLAIN_MAX : shown >= 0.1 && shown < 1e6;
        if (digits.length && usual)
            add(forms, arena_printf(forms->arena, "%.*s%.*s%.*s", TEXT_ARG(digits),
                                    TEXT_ARG(magnitude->name), TEXT_ARG(unit)));
    }
}

static void add_spelled(struct forms *forms, double value, struct text unit)
{
    char buffer[120];
    struct text words = spelled(value, buffer);
    if (!words.length)
        return;
    add(forms, arena_printf(forms->arena, "%.*s%.*s", TEXT_ARG(words), TEXT_ARG(unit)));
    if (text_starts_with(words, TEXT("二")) && !text_starts_with(words, TEXT("二十"))) /* 两亿 */
        add(forms, arena_printf(forms->arena, "两%.*s%.*s", TEXT_ARG(scan_rest(words, 3)),
                                TEXT_ARG(unit)));
}

/* 5%, 百分之五, 三成 */
static void add_share(struct forms *forms, double value, struct text unit)
{
    char buffer[120];
    struct text digits = digits_of(value, buffer);
    const char *of = text_equal(unit, TEXT("%")) ? "百分之" : "千分之";
    if (!digits.length)
        return;
    add(forms, arena_printf(forms->arena, "%.*s%.*s", TEXT_ARG(digits), TEXT_ARG(unit)));
    add(forms, arena_printf(forms->arena, "%s%.*s", of, TEXT_ARG(digits)));
    struct text words = spelled(value, buffer);
    if (words.length)
        add(forms, arena_printf(forms->arena, "%s%.*s", of, TEXT_ARG(words)));
    if (text_equal(unit, TEXT("%")) && value < 100 && fmod(value, 10) == 0)
        add(forms, arena_printf(forms->arena, "%.*s成", TEXT_ARG(spelled(value / 10, buffer))));
}

/* In the unit as typed, in words, then in its other names. */
static void add_units(struct forms *forms, double value, struct text unit)
{
    struct text others[UNIT_NAMES_MAX];
    size_t count = unit_others(unit, others);
    bool latin = scan_letter(unit, 0); /* 十二公里, but not 十二km */
    add_digits(forms, value, unit);
    if (!latin || count)
        add_spelled(forms, value, latin ? others[0] : unit);
    for (size_t i = 0; i < count; i++)
        add_digits(forms, value, others[i]);
}

bool amount_forms(struct text text, const struct quantity *quantity, struct arena *arena,
                  struct text out[AMOUNT_FORMS_MAX], size_t *count)
{
    struct forms forms = { .arena = arena, .out = out };
    double value = quantity->low;
    forms.typed = text_slice(text, quantity->start, quantity->end - quantity->start);
    bool range = value != quantity->high || text_contains(forms.typed, TEXT("余")) ||
                 text_contains(forms.typed, TEXT("多"));
    if (range || value > VALUE_MAX || value <= 0) {
        *count = 0;
        return true;
    }
    if (text_equal(quantity->unit, TEXT("%")) || text_equal(quantity->unit, TEXT("‰")))
        add_share(&forms, value, quantity->unit);
    else
        add_units(&forms, value, quantity->unit);
    *count = forms.count;
    return !forms.failed;
}

bool amount_bare(struct text text, size_t at, struct quantity *out)
{
    static const struct text ENDS[] = { TEXT_INIT("万"), TEXT_INIT("亿"), TEXT_INIT("") };
    struct number number;
    bool more = false;
    if (!number_amount(text, at, &number, &more) || more ||
        !scan_any_before(text, number.end, ENDS) || no_quantity_number(text, at, &number) ||
        (!scan_digit(text, at) &&
         utf8_count(text_slice(text, at, number.end - at)) < SPELLED_LEAST))
        return false;
    *out = (struct quantity) {
        .start = at, .end = number.end, .low = number.value, .high = number.value
    };
    return true;
}
