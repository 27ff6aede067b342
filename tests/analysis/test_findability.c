/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every part of a text finds it: on the sample corpus, with the built lexicon and with words of the
 * user's own; complete for short parts, sampled for long ones. tests/bench has 10,000 passages of
 * laws. */
#include "tests/analysis/findability.h"

#include <dirent.h>
#include <stdio.h>

#include "indexer/analysis/own_words.h"
#include "tests/analysis/suite.h"

#define CORPUS DAFU_SOURCE_DIR "/corpus/replies"

static void ask_file(struct findability *findability, const char *path)
{
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    ck_assert_msg(!file_read(path, (size_t)1 << 20, &file, &error), "%s", error.message);
    struct text rest = buffer_text(&file), line;
    while (text_split(&rest, TEXT("\n"), &line)) {
        line = text_trim(line);
        ask_parts(findability, line, 2, 5, 1, &arena);
        ask_parts(findability, line, 6, 24, 17, &arena);
        arena_clear(&arena);
    }
}

static void ask_corpus(void)
{
    struct findability findability = { 0 };
    ck_assert(!analyzer_new(lexicon, &findability.analyzer, &error));
    DIR *folder = opendir(CORPUS);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", CORPUS, entry->d_name);
        ask_file(&findability, path);
    }
    closedir(folder);
    printf("%zu queries, %zu unfound; of %zu terms %zu are not in the text\n", findability.asked,
           findability.unfound, findability.terms, findability.strange);
    ck_assert_uint_gt(findability.asked, 10000);
    ck_assert_uint_eq(findability.unfound, 0);
    analyzer_free(findability.analyzer);
}

START_TEST(every_part_of_a_reply_finds_its_line)
{
    ask_corpus();
}
END_TEST

START_TEST(every_part_finds_its_line_with_own_words_too)
{
    ck_assert(!lexicon_add_words(lexicon, "words",
                                 TEXT("规上工业企业\n24小时\n12345热线\n专精特新贷\n企业的\n"
                                      "改造提升\n5G基站\n2025年度\n政策支\n号提案\n"),
                                 &error));
    ask_corpus();
}
END_TEST

RUN_SUITE("findability", open_lexicon, close_lexicon, every_part_of_a_reply_finds_its_line,
          every_part_finds_its_line_with_own_words_too)
