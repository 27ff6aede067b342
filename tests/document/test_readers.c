/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Choosing a reader, compressed files, and files that cannot be read at all. */
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

#include "tests/document/reading.h"

START_TEST(a_folder_walk_takes_what_a_reader_knows)
{
    static const char *const TAKEN[] = { "a.txt",      "a.text",   "a.xml",   "a.jsonl",
                                         "a.ndjson",   "a.TXT",    "a.b.txt", "答复.txt",
                                         "a.jsonl.xz", "a.XML.XZ", "a.txt.xz" };
    static const char *const LEFT[] = { "",       "txt",    ".txt",
                                        ".a.txt", "a.jpg",  "a",
                                        "a.",     "a.xz",   "a.jpg.xz",
                                        "a.txt~", "a.txtt", "a.t",
                                        ".xz",    "a..xz",  "a.averyveryverylongextension" };
    for (size_t i = 0; i < sizeof(TAKEN) / sizeof(TAKEN[0]); i++)
        ck_assert_msg(readers_take(text_of(TAKEN[i])), "%s", TAKEN[i]);
    for (size_t i = 0; i < sizeof(LEFT) / sizeof(LEFT[0]); i++)
        ck_assert_msg(!readers_take(text_of(LEFT[i])), "%s", LEFT[i]);
}
END_TEST

START_TEST(content_decides_before_the_extension)
{
    assert_reads(".txt", TEXT("<reply id=\"a\"><body><p>一</p></body></reply>"), "#a\nP 一\n");
    assert_reads(".txt", TEXT("{\"id\":\"a\",\"text\":\"一\"}"), "#a\nP 一\n");
    assert_reads(".xml", TEXT("一\n"), "#\nL 一\n");
    assert_reads(".txt", TEXT("<reply-to> 一\n"), "#\nL <reply-to> 一\n");
    assert_reads(".txt", TEXT("{一}\n"), "#\nL {一}\n");
}
END_TEST

START_TEST(compressed_files_read_like_plain_ones)
{
    static const struct {
        const char *extension, *content, *expected;
    } ROWS[] = {
        { ".txt.xz", "一\n", "#\nL 一\n" },
        { ".jsonl.xz", "{\"id\":\"a\",\"text\":\"一\"}\n", "#a\nP 一\n" },
        { ".xml.xz", "<reply id=\"a\"><body><p>一</p></body></reply>", "#a\nP 一\n" },
        { "", "一\n", "#\nL 一\n" }, /* known by its first bytes */
    };
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
        char path[256];
        struct reading reading;
        reading_init(&reading);
        reading_make_path(path, sizeof(path), ROWS[i].extension);
        reading_write_xz(path, text_of(ROWS[i].content), TEXT(""), 0, TEXT(""));
        reading_read(&reading, path);
        unlink(path);
        ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
        ck_assert_str_eq(reading_string(&reading.text), ROWS[i].expected);
        reading_release(&reading);
    }
}
END_TEST

/* Reads the bytes of an .xz file cut or changed; the only promise is to come back in order. */
static void read_damaged(struct text bytes)
{
    struct reading reading;
    reading_init(&reading);
    reading_of(&reading, ".jsonl.xz", bytes);
    ck_assert(reading.status != STATUS_NO_MEMORY && reading.status != STATUS_IO);
    ck_assert_uint_le(reading.documents, 2);
    reading_release(&reading);
}

START_TEST(a_compressed_file_cut_or_changed_anywhere_never_does_harm)
{
    char path[256];
    reading_make_path(path, sizeof(path), ".jsonl.xz");
    reading_write_xz(path, TEXT("{\"id\":\"a\",\"text\":\"一\"}\n"), TEXT(""), 0,
                     TEXT("{\"id\":\"b\",\"text\":\"二\"}\n"));
    char bytes[512];
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    unlink(path);
    for (size_t i = 0; i < length; i++) {
        read_damaged((struct text) { bytes, i });
        bytes[i] = (char)(bytes[i] ^ 0x41);
        read_damaged((struct text) { bytes, length });
        bytes[i] = (char)(bytes[i] ^ 0x41);
    }
}
END_TEST

START_TEST(what_stands_before_the_damage_is_read)
{
    char path[256];
    reading_make_path(path, sizeof(path), ".jsonl.xz");
    reading_write_xz(path, TEXT("{\"id\":\"a\",\"text\":\"一\"}\n"), TEXT("\n"), 1000,
                     TEXT("{\"id\":\"b\",\"text\":\"二\"}\n"));
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(truncate(path, info.st_size - 20), 0);
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    unlink(path);
    ck_assert_int_eq(reading.status, STATUS_INVALID);
    ck_assert_str_eq(reading_message(&reading), "xz data end too early");
    ck_assert_uint_ge(reading.documents, 1);
    reading_release(&reading);
}
END_TEST

static void assert_unreadable(const char *path, enum status status, const char *message)
{
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    ck_assert_str_eq(status_name(reading.status), status_name(status));
    ck_assert_str_eq(reading_message(&reading), message);
    reading_release(&reading);
}

START_TEST(files_that_cannot_be_read_say_why)
{
    assert_unreadable("/nonexistent/file.txt", STATUS_NOT_FOUND, "No such file or directory");
    assert_unreadable("/", STATUS_INVALID, "is a folder");
    assert_unreadable("/dev/null", STATUS_EMPTY, "file is empty");
}
END_TEST

START_TEST(a_file_without_permission_says_so)
{
    if (geteuid() == 0)
        return; /* root may read everything */
    char path[256];
    reading_make_path(path, sizeof(path), ".txt");
    ck_assert_int_eq(chmod(path, 0), 0);
    assert_unreadable(path, STATUS_IO, "Permission denied");
    unlink(path);
}
END_TEST

START_TEST(a_file_name_that_is_not_utf8_becomes_valid_text)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct document document = { .repaired = false };
    ck_assert(document_set_source(&document, &arena, "a\xB4\xF0/b.txt.xz"));
    ck_assert(text_equal(document.source, TEXT("a\uFFFD\uFFFD/b.txt.xz")));
    ck_assert(text_equal(document_stem(&document), TEXT("b")));
    arena_release(&arena);
}
END_TEST

START_TEST(a_pipe_reads_like_a_file)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], "{\"id\":\"a\",\"text\":\"b\"}\n", 22), 22);
    close(ends[1]);
    char path[64];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
    struct reading reading;
    reading_init(&reading);
    reading_read(&reading, path);
    close(ends[0]);
    ck_assert_msg(reading.status == STATUS_OK, "%s", reading.error.message);
    ck_assert_str_eq(reading_string(&reading.text), "#a\nP b\n");
    reading_release(&reading);
}
END_TEST

static void *read_many_times(void *path)
{
    for (int i = 0; i < 50; i++) {
        struct reading reading;
        reading_init(&reading);
        reading.quiet = true;
        reading_read(&reading, path);
        bool good = reading.status == STATUS_OK && reading.documents == 300 &&
                    reading.warnings == 1 &&
                    strcmp(reading_string(&reading.warned),
                           "line 1, element \"date\": Type date doesn't allow value 'x'\n") == 0;
        reading_release(&reading);
        if (!good)
            return path;
    }
    return NULL;
}

START_TEST(many_threads_may_read_at_once)
{
    char path[256];
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, TEXT("<replies><reply><date>x</date><body><p>x</p></body></reply>"));
    for (int i = 0; i < 300; i++)
        buffer_append(&bytes, TEXT("<reply><date>2024-01-02</date><body><section heading=\"h\">"
                                   "<p kind=\"body\">一<item>二</item></p></section></body>"
                                   "</reply>\n"));
    buffer_append(&bytes, TEXT("</replies>"));
    reading_make_path(path, sizeof(path), ".xml");
    reading_write(path, buffer_text(&bytes));
    buffer_release(&bytes);

    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_many_times, path), 0);
    for (size_t i = 0; i < 4; i++) {
        void *bad = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &bad), 0);
        ck_assert_ptr_null(bad);
    }
    unlink(path);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_folder_walk_takes_what_a_reader_knows);
    tcase_add_test(tests, content_decides_before_the_extension);
    tcase_add_test(tests, compressed_files_read_like_plain_ones);
    tcase_add_test(tests, a_compressed_file_cut_or_changed_anywhere_never_does_harm);
    tcase_add_test(tests, what_stands_before_the_damage_is_read);
    tcase_add_test(tests, files_that_cannot_be_read_say_why);
    tcase_add_test(tests, a_file_without_permission_says_so);
    tcase_add_test(tests, a_file_name_that_is_not_utf8_becomes_valid_text);
    tcase_add_test(tests, a_pipe_reads_like_a_file);
    tcase_add_test(tests, many_threads_may_read_at_once);
}

int main(void)
{
    return reading_run("readers", add_tests);
}
