/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/series.h"

#include "search/extract/measure.h"
#include "search/extract/verbs.h"

/* Where the part of the sentence begins that `end` closes: behind the last mark but 、. */
static size_t part_start(struct text sentence, size_t end)
{
    static const struct text MARKS[] = { TEXT_INIT(","), TEXT_INIT(";"), TEXT_INIT(":"),
                                         TEXT_INIT("。"), TEXT_INIT("") };
    while (end > 0 && !scan_any_before(sentence, end, MARKS))
        end = utf8_boundary(sentence, end - 1);
    return end;
}

void series_begin(struct series *series, struct text sentence, struct text phrase, size_t named,
                  const struct scan_words *words)
{
    size_t at = text_find_last(phrase, TEXT("分别"));
    series->separate = at != TEXT_NONE;
    if (!series->separate)
        return;
    struct text own = measure_before(phrase, at, named > at ? named : at, words, true);
    series->nameless = !own.length || verb_at(words, own, 0).length == own.length;
    size_t end = (size_t)(phrase.data - sentence.data) + at, start = part_start(sentence, end);
    series->names = text_slice(sentence, start, end - start);
}

/* The names that 、 and 和 separate; how many. */
static size_t split(struct text names, struct text *out, size_t limit)
{
    static const struct text AND[] = { TEXT_INIT("、"), TEXT_INIT("和"),   TEXT_INIT("及"),
                                       TEXT_INIT("与"), TEXT_INIT("以及"), TEXT_INIT("") };
    size_t count = 0, start = 0;
    for (size_t at = 0; at < names.length;) {
        size_t mark = scan_any_at(names, at, AND);
        if (!mark) {
            at += utf8_length((unsigned char)names.data[at]);
            continue;
        }
        if (count < limit)
            out[count] = text_slice(names, start, at - start);
        count++;
        at = start = at + mark;
    }
    if (count < limit)
        out[count] = scan_rest(names, start);
    return count + 1;
}

/* 医师、护士分别为1人、2人 */
static bool give_names(const struct series *series, struct figure *figures, size_t count,
                       const struct scan_words *words, struct arena *arena)
{
    struct text names[SERIES_YEARS];
    if (split(series->names, names, SERIES_YEARS) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!measure_before(names[i], 0, names[i].length, words, true).length)
            return false;
    for (size_t i = 0; i < count; i++)
        figures[i].measure =
            arena_text(arena, measure_before(names[i], 0, names[i].length, words, true));
    return true;
}

/* 游客5万人次，收入3亿元，分别增长3%和4%: the levels before are what changes. */
static void give_levels(const struct series *series, struct figure_list *list, size_t count)
{
    size_t levels[SERIES_YEARS], found = 0;
    for (size_t i = series->first; i-- > series->sentence && found < count;)
        if (!list->figures[i].direction)
            levels[found++] = i;
    for (size_t i = 0; i < count && found == count; i++)
        list->figures[series->first + i].measure = list->figures[levels[count - 1 - i]].measure;
}

bool series_end(const struct series *series, struct figure_list *list,
                const struct scan_words *words, struct arena *arena)
{
    size_t count = list->count - series->first;
    if (count < 2 || count > SERIES_YEARS)
        return true;
    struct figure *figures = list->figures + series->first;
    for (size_t i = 0; i < count && series->years == count; i++) {
        figures[i].time = FIGURE_YEAR;
        figures[i].year = series->year[i];
    }
    if (!series->separate || !series->nameless)
        return true;
    bool named = give_names(series, figures, count, words, arena);
    for (size_t i = 0; named && i < count; i++)
        if (!figures[i].measure.data)
            return false;
    if (!named && figures[0].direction)
        give_levels(series, list, count);
    return true;
}
