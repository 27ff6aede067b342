/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lexicon file: what it holds, and that damage to it is noticed or harmless. */
#include <stdio.h>
#include <unistd.h>

#include "indexer/analysis/analyzer.h"
#include "indexer/analysis/lexicon_compiler.h"
#include "indexer/analysis/lexicon_format.h"
#include "indexer/base/file.h"
#include "tests/analysis/suite.h"

static char path[] = "/tmp/dafu-lexicon.XXXXXX";
static struct buffer small; /* a lexicon of a few words: the damaged ones are copies of it */

static const char DICTIONARY[] = "的 1000 uj\n政策 500 n\n支持 400 v\n政策性 2 n\nAT&T 3 nz\n"
                                 "三年 900 m\n營商 20 n\n";

static void compile(void)
{
    const struct text list = TEXT("# ours\n营商环境 300\n支持 0\nt恤\n");
    struct lexicon_sources sources = { .dictionary = text_of(DICTIONARY),
                                       .lists = &list,
                                       .list_count = 1,
                                       .surnames = TEXT("陈 欧阳"),
                                       .characters = TEXT("營\t营\n乾\t干 乾\n"),
                                       .phrases = TEXT("乾坤\t乾坤\n") };
    buffer_init(&small, 0);
    ck_assert_msg(lexicon_compile(&sources, &small, &error) == STATUS_OK, "%s", error.message);
}

static void before(void)
{
    arena_init(&arena, 0);
    compile();
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
}

static void after(void)
{
    buffer_release(&small);
    unlink(path);
    memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
    arena_release(&arena);
}

static enum status open_bytes(struct text bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    fclose(file);
    lexicon = NULL;
    return lexicon_open(path, &lexicon, &error);
}

static bool has(const char *word)
{
    return lexicon_lookup(lexicon, text_of(word), NULL);
}

START_TEST(words_are_found_under_their_normalised_form)
{
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    ck_assert(has("政策") && has("的") && has("营商") && has("at&t") && has("t恤"));
    ck_assert(!has("政") && !has("策") && !has("") && !has("營商") && !has("政策支持"));
    lexicon_free(lexicon);
}
END_TEST

START_TEST(our_lists_add_words_and_take_words_out)
{
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    ck_assert(has("营商环境"));
    ck_assert(!has("支持"));
    ck_assert_uint_eq(lexicon_word_count(lexicon), 7);
    lexicon_free(lexicon);
}
END_TEST

START_TEST(a_number_and_its_measure_are_no_word)
{
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    ck_assert(!has("三年"));
    lexicon_free(lexicon);
}
END_TEST

START_TEST(rare_words_cost_more_than_their_count_says)
{
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    float common, rare;
    ck_assert(lexicon_lookup(lexicon, TEXT("政策"), &common));
    ck_assert(lexicon_lookup(lexicon, TEXT("政策性"), &rare));
    ck_assert_float_gt(rare, common + 10);
    lexicon_free(lexicon);
}
END_TEST

START_TEST(the_same_sources_give_the_same_bytes_and_fingerprint)
{
    CLEANUP(buffer_release) struct buffer first = small;
    compile();
    ck_assert(text_equal(buffer_text(&first), buffer_text(&small)));
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    ck_assert_uint_eq(strlen(lexicon_fingerprint(lexicon)), 16);
    lexicon_free(lexicon);
}
END_TEST

START_TEST(another_word_gives_another_fingerprint)
{
    char first[17];
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    snprintf(first, sizeof(first), "%s", lexicon_fingerprint(lexicon));
    lexicon_free(lexicon);

    struct lexicon_sources sources = { .dictionary = TEXT("的 1000 uj\n") };
    CLEANUP(buffer_release) struct buffer other = BUFFER_INIT;
    ck_assert_int_eq(lexicon_compile(&sources, &other, &error), STATUS_OK);
    ck_assert_int_eq(open_bytes(buffer_text(&other)), STATUS_OK);
    ck_assert_str_ne(first, lexicon_fingerprint(lexicon));
    lexicon_free(lexicon);
}
END_TEST

START_TEST(a_bad_source_line_is_quoted)
{
    const struct text list = TEXT("政策 viel\n");
    struct lexicon_sources sources = { .dictionary = TEXT("的 1 u\n"),
                                       .lists = &list,
                                       .list_count = 1 };
    CLEANUP(buffer_release) struct buffer out = BUFFER_INIT;
    ck_assert_int_eq(lexicon_compile(&sources, &out, &error), STATUS_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, "viel"));
    sources = (struct lexicon_sources) { .dictionary = TEXT("only-a-word\n") };
    ck_assert_int_eq(lexicon_compile(&sources, &out, &error), STATUS_INVALID);
    sources.dictionary = TEXT("");
    ck_assert_int_eq(lexicon_compile(&sources, &out, &error), STATUS_INVALID);
}
END_TEST

START_TEST(every_flipped_bit_of_the_header_is_noticed)
{
    for (size_t i = 0; i < sizeof(struct lexicon_header); i++) {
        for (int bit = 0; bit < 8; bit++) {
            small.data[i] = (char)(small.data[i] ^ 1 << bit);
            ck_assert_int_eq(open_bytes(text_slice(buffer_text(&small), 0, 4096)), STATUS_CORRUPT);
            small.data[i] = (char)(small.data[i] ^ 1 << bit);
        }
    }
}
END_TEST

START_TEST(every_flipped_byte_of_the_header_is_noticed_in_a_whole_file)
{
    for (size_t i = 0; i < sizeof(struct lexicon_header); i += 5) {
        small.data[i] = (char)~small.data[i];
        ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_CORRUPT);
        small.data[i] = (char)~small.data[i];
    }
}
END_TEST

START_TEST(a_file_cut_short_is_noticed)
{
    for (size_t length = 0; length < small.length; length += 1 + length / 3)
        ck_assert_int_eq(open_bytes(text_slice(buffer_text(&small), 0, length)), STATUS_CORRUPT);
    ck_assert_int_eq(open_bytes(text_slice(buffer_text(&small), 0, small.length - 1)),
                     STATUS_CORRUPT);
}
END_TEST

START_TEST(foreign_and_missing_files_are_told_apart)
{
    ck_assert_int_eq(open_bytes(TEXT("this is not a lexicon")), STATUS_CORRUPT);
    ck_assert_ptr_nonnull(strstr(error.message, path));
    unlink(path);
    ck_assert_int_eq(lexicon_open(path, &lexicon, &error), STATUS_NOT_FOUND);
}
END_TEST

/* The header says nothing about the body, so a body of any content must be survived. */
START_TEST(lookups_in_a_damaged_body_stay_inside_the_file)
{
    uint64_t seed = 3;
    struct text original = arena_text(&arena, buffer_text(&small));
    size_t body = sizeof(struct lexicon_header);
    for (int round = 0; round < 40; round++) {
        memcpy(small.data, original.data, original.length);
        for (size_t i = body; i < small.length; i++) {
            if (next_random(&seed) % (1u << (round % 12)) == 0)
                small.data[i] = (char)next_random(&seed);
        }
        ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
        CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
        ck_assert_int_eq(analyzer_new(lexicon, &analyzer, &error), STATUS_OK);
        CLEANUP(arena_release) struct arena tokens_arena;
        arena_init(&tokens_arena, 0);
        for (int text = 0; text < 20; text++) {
            struct token_list tokens = { 0 };
            analyzer_run(analyzer, ANALYSIS_TEXT, random_text(&seed, 20), &tokens_arena, &tokens,
                         &error);
        }
        has("政策");
        lexicon_free(lexicon);
    }
}
END_TEST

START_TEST(verifying_notices_a_changed_byte_of_the_body)
{
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    ck_assert_int_eq(lexicon_verify(lexicon, &error), STATUS_OK);
    lexicon_free(lexicon);
    small.data[small.length / 2] ^= 1;
    ck_assert_int_eq(open_bytes(buffer_text(&small)), STATUS_OK);
    ck_assert_int_eq(lexicon_verify(lexicon, &error), STATUS_CORRUPT);
    lexicon_free(lexicon);
}
END_TEST

START_TEST(the_built_lexicon_has_the_words_of_the_trade)
{
    ck_assert_int_eq(lexicon_open(NULL, &lexicon, &error), STATUS_OK);
    const char *words[] = { "营商环境", "专精特新", "智改数转", "一网通办", "规上",
                            "小微",     "经信局",   "政协",     "提案",     "答复" };
    for (size_t i = 0; i < LENGTH_OF(words); i++)
        ck_assert_msg(has(words[i]), "%s is missing", words[i]);
    ck_assert_uint_gt(lexicon_word_count(lexicon), 300000);
    lexicon_free(lexicon);
}
END_TEST

RUN_SUITE("lexicon", before, after, words_are_found_under_their_normalised_form,
          our_lists_add_words_and_take_words_out, a_number_and_its_measure_are_no_word,
          rare_words_cost_more_than_their_count_says,
          the_same_sources_give_the_same_bytes_and_fingerprint,
          another_word_gives_another_fingerprint, a_bad_source_line_is_quoted,
          every_flipped_bit_of_the_header_is_noticed,
          every_flipped_byte_of_the_header_is_noticed_in_a_whole_file, a_file_cut_short_is_noticed,
          foreign_and_missing_files_are_told_apart, lookups_in_a_damaged_body_stay_inside_the_file,
          verifying_notices_a_changed_byte_of_the_body,
          the_built_lexicon_has_the_words_of_the_trade)
