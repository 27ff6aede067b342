/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text -> reply -> Reply XML -> reply: paragraphs, metadata, sections and passages stay the same,
 * for every reply of corpus/ and, where it is at hand, of the evaluation set beside the checkout. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "indexer/reply/reply_json.h"
#include "indexer/reply/reply_xml.h"
#include "tests/document/reading.h"

#define PATH_BYTES 4096

struct taken {
    json_t *json;          /* of the reply that was read last */
    struct reply_xml *xml; /* where to write it, or NULL */
};

/* The same text lies elsewhere in the XML file. */
static void forget_places(json_t *reply)
{
    size_t index;
    json_t *passage;
    json_array_foreach(json_object_get(reply, "passages"), index, passage)
    {
        json_object_del(passage, "source_offset");
        json_object_del(passage, "source_length");
    }
}

static enum status take(void *context, const struct document *document, struct error *error)
{
    struct taken *taken = context;
    struct arena arena;
    struct reply reply;
    arena_init(&arena, 0);
    enum status status = reply_parse(document, &arena, &reply, error);
    if (!status) {
        json_decref(taken->json);
        taken->json = reply_to_json(&reply, REPLY_JSON_FULL, true);
        ck_assert_ptr_nonnull(taken->json);
        forget_places(taken->json);
    }
    if (!status && taken->xml)
        status = reply_xml_put(taken->xml, &reply, error);
    arena_release(&arena);
    return status;
}

static void read_reply(const char *path, struct taken *taken)
{
    struct error error = { "" };
    struct document_receiver receiver = { take, NULL, taken, false };
    ck_assert_msg(readers_read(path, &receiver, &error) == STATUS_OK, "%s", error.message);
}

static void assert_same(const char *path, const json_t *before, const json_t *after)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)before, key, value)
    {
        const json_t *other = json_object_get(after, key);
        if (json_equal(value, other))
            continue;
        char *first = json_dumps(value, JSON_ENCODE_ANY);
        char *second = json_dumps(other, JSON_ENCODE_ANY);
        ck_abort_msg("%s: %s\nbefore %s\nafter  %s", path, key, first, second);
    }
    ck_assert_uint_eq(json_object_size(before), json_object_size(after));
}

static void assert_round_trip(const char *path)
{
    char xml_path[256];
    struct error error = { "" };
    struct taken first = { NULL, NULL };
    struct taken second = { NULL, NULL };
    reading_make_path(xml_path, sizeof(xml_path), ".xml");
    FILE *out = fopen(xml_path, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(reply_xml_open(out, true, &first.xml, &error), STATUS_OK);
    read_reply(path, &first);
    ck_assert_int_eq(reply_xml_close(first.xml, &error), STATUS_OK);
    ck_assert_int_eq(fclose(out), 0);

    read_reply(xml_path, &second);
    unlink(xml_path);
    assert_same(path, first.json, second.json);
    json_decref(first.json);
    json_decref(second.json);
}

/* How many .txt files of the folder made the round trip; 0 where there is no such folder. */
static size_t round_trip_folder(const char *folder)
{
    DIR *entries = opendir(folder);
    if (!entries)
        return 0;
    size_t count = 0;
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        if (!text_ends_with(text_of(entry->d_name), TEXT(".txt")))
            continue;
        char path[PATH_BYTES];
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        assert_round_trip(path);
        count++;
    }
    closedir(entries);
    return count;
}

START_TEST(every_reply_of_the_corpus_comes_back_the_same)
{
    ck_assert_uint_ge(round_trip_folder(DAFU_SOURCE_DIR "/corpus/replies"), 13);
}
END_TEST

START_TEST(every_reply_of_the_evaluation_comes_back_the_same)
{
    if (round_trip_folder(DAFU_SOURCE_DIR "/../shared/eval/replies/replies") == 0)
        puts("skipped: no evaluation set beside the checkout");
}
END_TEST

START_TEST(a_json_line_comes_back_the_same)
{
    char path[256];
    reading_make_path(path, sizeof(path), ".jsonl");
    reading_write(path, TEXT("{\"id\":\"law-7\",\"title\":\"某法\",\"text\":\"第一条 一、甲。\\n"
                             "第二条  乙：\\n\\n（一）丙；\\n（二）丁。\"}\n"));
    assert_round_trip(path);
    unlink(path);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, every_reply_of_the_corpus_comes_back_the_same);
    tcase_add_test(tests, every_reply_of_the_evaluation_comes_back_the_same);
    tcase_add_test(tests, a_json_line_comes_back_the_same);
}

int main(void)
{
    return reading_run("round_trip", add_tests);
}
