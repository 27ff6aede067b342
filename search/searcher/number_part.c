/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/searcher/number_part.h"

#include "indexer/base/buffer.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"

static bool is_digits(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.length > 0;
}

/* 9, 9号 and 2026 as they stand in a document number: 〕9号, 〔2026〕. */
static struct text number_alone(struct arena *arena, struct text stem)
{
    struct text digits = stem;
    bool marked = text_ends_with(stem, TEXT("号"));
    digits.length -= marked ? TEXT("号").length : 0;
    if (!digits.length || !is_digits(digits))
        return arena_text(arena, stem);
    bool year = !marked && digits.length == 4 && (digits.data[0] == '1' || digits.data[0] == '2');
    return year ? arena_printf(arena, "〔%.*s〕", TEXT_ARG(digits))
                : arena_printf(arena, "〕%.*s号", TEXT_ARG(digits));
}

/* The brackets and blanks of a part of a document number as the index has them: [2026] 9 -> 〔2026〕9 */
bool number_part_stem(struct arena *arena, struct text *stem)
{
    static const char OPEN[] = "〔[(【﹝{<《〈", CLOSE[] = "〕])】﹞}>》〉";
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    for (size_t at = 0; at < stem->length;) {
        size_t start = at;
        utf8_next_valid(stem->data, &at);
        struct text one = text_slice(*stem, start, at - start);
        if (text_contains(TEXT("第 "), one))
            continue;
        buffer_append(&out, text_contains(text_of(OPEN), one)    ? TEXT("〔")
                            : text_contains(text_of(CLOSE), one) ? TEXT("〕")
                                                                 : one);
    }
    *stem = number_alone(arena, buffer_text(&out));
    return stem->data != NULL;
}

enum number_part number_part_of(struct text stem)
{
    if (text_starts_with(stem, TEXT("〔")) || text_starts_with(stem, TEXT("〕")))
        return NUMBER_PART_END;
    for (size_t i = 0; i < stem.length; i++)
        if (stem.data[i] >= '0' && stem.data[i] <= '9')
            return NUMBER_PART_NONE;
    return stem.length ? NUMBER_PART_START : NUMBER_PART_NONE;
}
