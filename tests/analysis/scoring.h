/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How well words agree with a hand-segmented file (tests/fixtures/segmentation). */
#ifndef DAFU_TESTS_ANALYSIS_SCORING_H
#define DAFU_TESTS_ANALYSIS_SCORING_H

#include <stdio.h>

#include "indexer/analysis/convention.h"
#include "indexer/base/file.h"
#include "tests/analysis/suite.h"

#define SETS DAFU_SOURCE_DIR "/tests/fixtures/segmentation/"
#define LINE_MAX_BYTES 4096

struct score {
    size_t right, cut, gold;  /* words */
    size_t boundaries, found; /* inner boundaries of the gold text, and those we have */
};

static inline struct word_list cut_by(enum convention convention, struct text normalised)
{
    struct word_list words = { 0 };
    ck_assert(!segmenter_cut(lexicon, normalised, &arena, &words, &error));
    ck_assert(!convention_apply(convention, lexicon, normalised, &arena, &words, &error));
    return words;
}

/* Takes the spaces and the `joint` off a line, and marks where words end. */
static inline size_t read_line(struct text line, char joint, char *raw, bool *ends)
{
    size_t length = 0;
    ends[0] = true;
    for (size_t i = 0; i < line.length; i++) {
        char byte = line.data[i];
        if (byte == ' ' || (byte == '+' && joint == '+')) {
            ends[length] = true;
        } else if (byte != '+' || joint != '-') {
            raw[length++] = byte;
            ends[length] = false;
        }
    }
    ends[length] = true;
    return length;
}

static inline void score_line(enum convention convention, struct text line, char joint,
                              struct score *score)
{
    char raw[LINE_MAX_BYTES];
    bool ends[LINE_MAX_BYTES + 1];
    ck_assert_uint_lt(line.length, LINE_MAX_BYTES);
    size_t length = read_line(line, joint, raw, ends);
    struct normalized normalized;
    normalized_init(&normalized);
    ck_assert(!normalizer_run(lexicon, (struct text) { raw, length }, &normalized, &error));
    struct word_list words = cut_by(convention, buffer_text(&normalized.text));
    for (size_t i = 0; i < words.count; i++) {
        uint32_t offset, size;
        normalized_source(&normalized, words.words[i].offset, words.words[i].length, &offset,
                          &size);
        bool whole = ends[offset] && ends[offset + size];
        for (size_t inside = offset + 1; whole && inside < offset + size; inside++)
            whole = !ends[inside];
        score->right += whole;
        score->found += offset + size < length && ends[offset + size];
    }
    score->cut += words.count;
    for (size_t i = 1; i <= length; i++) {
        score->gold += ends[i];
        score->boundaries += i < length && ends[i];
    }
    normalized_release(&normalized);
}

/* joint: what a + in the file means: '+' an end of a word, '-' none; ' ' the file has no such. */
static inline struct score score_file(const char *name, enum convention convention, char joint)
{
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    char path[256];
    snprintf(path, sizeof(path), SETS "%s", name);
    ck_assert_msg(!file_read(path, (size_t)16 << 20, &file, &error), "%s", error.message);
    struct score score = { 0 };
    struct text rest = buffer_text(&file), line;
    while (text_split(&rest, TEXT("\n"), &line)) {
        line = text_trim(line);
        if (line.length && line.data[0] != '#')
            score_line(convention, line, joint, &score);
    }
    return score;
}

static inline double f1_of(const struct score *score)
{
    return 2 * (double)score->right / (double)(score->cut + score->gold);
}

#endif
