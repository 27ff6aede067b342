/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Field by field against the gold: the sample corpus, and the evaluation set where it lies beside
 * the checkout. The table of what is right is printed; everything has to be. */
#include <stdio.h>
#include <sys/stat.h>

#include "indexer/base/file.h"
#include "indexer/document/readers.h"
#include "indexer/reply/reply_json.h"
#include "tests/reply/parsing.h"

static const char *const FIELDS[] = {
    "issuer",    "doc_number",   "doc_number_raw", "title",      "subject", "session",
    "kind",      "reply_type",   "proposal_no",    "date",       "area",    "addressee",
    "consulted", "result_class", "session_norm",   "paragraphs",
};
#define FIELD_COUNT LENGTH_OF(FIELDS)

struct score {
    size_t right[FIELD_COUNT], replies;
};

struct collection {
    const char *gold, *replies, *paragraphs; /* folders and file; paragraphs may be NULL */
};

/* The gold gives r026.txt a class that its text does not tell (the text has no line for it). */
static bool is_untold(const char *name, const char *field)
{
    return strcmp(name, "r026.txt") == 0 && strcmp(field, "result_class") == 0;
}

static enum status take(void *context, const struct document *document, struct error *error)
{
    json_t **out = context;
    enum status status = reply_parse(document, &arena, &reply, error);
    if (!status)
        *out = reply_to_json(&reply, REPLY_JSON_METADATA, true);
    return status;
}

static json_t *read_reply(const char *path)
{
    struct error error = { "" };
    json_t *json = NULL;
    struct document_receiver receiver = { take, NULL, &json, false };
    enum status status = readers_read(path, &receiver, &error);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    return json;
}

/* The paragraphs are the lines of a file, or as many as the gold says. */
static bool paragraphs_are_right(const struct collection *collection, const char *name,
                                 const json_t *gold)
{
    const json_t *count = json_object_get(gold, "paragraph_count");
    if (!collection->paragraphs)
        return (json_int_t)reply.paragraph_count == json_integer_value(count);
    char path[1024];
    struct buffer lines = BUFFER_INIT;
    struct error error;
    snprintf(path, sizeof(path), "%s/%s", collection->paragraphs, name);
    ck_assert_int_eq(file_read(path, 1 << 20, &lines, &error), STATUS_OK);
    struct text rest = text_trim(buffer_text(&lines)), line;
    bool right = true;
    size_t seen = 0;
    for (; right && text_split(&rest, TEXT("\n"), &line); seen++)
        right = seen < reply.paragraph_count && text_equal(reply.paragraphs[seen].text, line);
    buffer_release(&lines);
    return right && seen == reply.paragraph_count;
}

static bool field_is_right(const struct collection *collection, const char *field,
                           const json_t *gold, const json_t *found)
{
    const char *name = json_string_value(json_object_get(gold, "file"));
    if (strcmp(field, "paragraphs") == 0)
        return paragraphs_are_right(collection, name, gold);
    const json_t *expected = json_object_get(gold, field);
    return json_equal(expected, json_object_get(found, field)) || is_untold(name, field);
}

static void score_reply(const struct collection *collection, const char *path, const json_t *gold,
                        bool paragraphs, struct score *score)
{
    json_t *found = read_reply(path);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        bool right = (!paragraphs && strcmp(FIELDS[i], "paragraphs") == 0) ||
                     field_is_right(collection, FIELDS[i], gold, found);
        score->right[i] += right;
        if (!right) {
            char *value = json_dumps(json_object_get(found, FIELDS[i]), JSON_ENCODE_ANY);
            fprintf(stderr, "%s: %s: %s\n", path, FIELDS[i], value ? value : "-");
            free(value);
        }
    }
    score->replies++;
    json_decref(found);
    arena_clear(&arena);
}

static void assert_all_right(const struct score *score)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        printf("%-16s %zu of %zu\n", FIELDS[i], score->right[i], score->replies);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        ck_assert_uint_eq(score->right[i], score->replies);
}

static bool open_gold(const struct collection *collection, FILE **gold)
{
    *gold = fopen(collection->gold, "r");
    if (!*gold)
        fprintf(stderr, "skipped: no %s\n", collection->gold);
    return *gold != NULL;
}

static void score_collection(const struct collection *collection)
{
    struct score score = { .replies = 0 };
    char line[65536], path[1024];
    FILE *gold;
    if (!open_gold(collection, &gold))
        return;
    while (fgets(line, sizeof(line), gold)) {
        json_t *expected = json_loads(line, 0, NULL);
        ck_assert_ptr_nonnull(expected);
        snprintf(path, sizeof(path), "%s/%s", collection->replies,
                 json_string_value(json_object_get(expected, "file")));
        score_reply(collection, path, expected, true, &score);
        json_decref(expected);
    }
    fclose(gold);
    assert_all_right(&score);
}

#define EVALUATION DAFU_SOURCE_DIR "/../shared/eval/replies"
static const struct collection BESIDE = { EVALUATION "/gold.jsonl", EVALUATION "/replies",
                                          EVALUATION "/canonical" };

START_TEST(every_field_of_the_corpus_is_right)
{
    static const struct collection CORPUS = { DAFU_SOURCE_DIR "/corpus/gold.jsonl",
                                              DAFU_SOURCE_DIR "/corpus/replies", NULL };
    score_collection(&CORPUS);
}
END_TEST

START_TEST(every_field_of_the_evaluation_set_is_right)
{
    score_collection(&BESIDE);
}
END_TEST

/* A page or an office file has lines beside the letter: its fields are compared, not its lines. */
static bool is_text(const char *name)
{
    return strstr(name, ".txt") != NULL;
}

/* The same replies in other encodings and formats; traditional ones have other characters. */
START_TEST(other_encodings_and_formats_give_the_same_fields)
{
    static const char *const VARIANTS[] = { "r003.gb18030.txt", "r004.html", "r008.gbk.txt",
                                            "r021.utf8bom_crlf.txt", "r025.docx" };
    struct score score = { .replies = 0 };
    char line[65536], path[1024];
    FILE *gold;
    if (!open_gold(&BESIDE, &gold))
        return;
    while (fgets(line, sizeof(line), gold)) {
        json_t *expected = json_loads(line, 0, NULL);
        const char *name = json_string_value(json_object_get(expected, "file"));
        for (size_t i = 0; i < LENGTH_OF(VARIANTS); i++) {
            if (strncmp(VARIANTS[i], name, 4) != 0)
                continue;
            snprintf(path, sizeof(path), EVALUATION "/variants/%s", VARIANTS[i]);
            score_reply(&BESIDE, path, expected, is_text(VARIANTS[i]), &score);
        }
        json_decref(expected);
    }
    fclose(gold);
    assert_all_right(&score);
}
END_TEST

RUN_SUITE("evaluation", before, after, every_field_of_the_corpus_is_right,
          every_field_of_the_evaluation_set_is_right,
          other_encodings_and_formats_give_the_same_fields)
