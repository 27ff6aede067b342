/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files: read, mapped, replaced; and what is said when that cannot be. Each test has an empty
 * folder of its own, which is the current one. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "indexer/base/file.h"

#include <errno.h>
#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "indexer/base/cleanup.h"
#include "tests/base/suite.h"

static char folder[] = DAFU_BINARY_DIR "/tests/file-XXXXXX";
static struct error error;

static void enter_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chmod(folder, 0755), 0);
    ck_assert_int_eq(chdir(folder), 0);
    umask(022);
    error.message[0] = '\0';
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info, (void)kind, (void)walk;
    return remove(path);
}

static void leave_folder(void)
{
    if (geteuid() != getuid())
        ck_assert_int_eq(seteuid(getuid()), 0);
    if (chmod("locked", 0755) && errno != ENOENT) /* or what is in it could not be removed */
        ck_abort_msg("cannot open the locked folder");
    ck_assert_int_eq(chdir("/"), 0);
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Permissions do not bind root: be somebody else until the end of the test. */
static void without_privilege(void)
{
    if (geteuid() == 0)
        ck_assert_int_eq(seteuid(65534), 0);
}

static void write_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(content, file);
    ck_assert_int_eq(fclose(file), 0);
}

#define assert_file(path, expected)                                                                \
    do {                                                                                           \
        CLEANUP(buffer_release) struct buffer content = BUFFER_INIT;                               \
        ck_assert_int_eq(file_read((path), 0, &content, &error), STATUS_OK);                       \
        assert_text(buffer_text(&content), (expected));                                            \
    } while (0)

static int count_entries(void)
{
    int count = 0;
    CLEANUP(cleanup_fclose) FILE *list = NULL;
    list = popen("ls -A | wc -l", "r");
    ck_assert_int_eq(fscanf(list, "%d", &count), 1);
    pclose(list);
    list = NULL;
    return count;
}

START_TEST(reading_appends_the_whole_file)
{
    write_file("a.txt", "您提出的提案收悉");
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    buffer_append(&buffer, TEXT("> "));
    ck_assert_int_eq(file_read("a.txt", 1000, &buffer, &error), STATUS_OK);
    assert_text(buffer_text(&buffer), "> 您提出的提案收悉");
}
END_TEST

START_TEST(reading_a_long_file_gives_every_byte)
{
    CLEANUP(buffer_release) struct buffer long_text = BUFFER_INIT;
    for (unsigned i = 0; i < 300000; i++)
        buffer_append_byte(&long_text, (char)('a' + i % 23));
    ck_assert_int_eq(file_replace("long", buffer_text(&long_text), &error), STATUS_OK);
    assert_file("long", long_text.data);
}
END_TEST

START_TEST(an_empty_file_reads_and_maps_as_nothing)
{
    write_file("empty", "");
    assert_file("empty", "");
    CLEANUP(file_map_close) struct file_map map = { 0 };
    ck_assert_int_eq(file_map_open("empty", &map, &error), STATUS_OK);
    ck_assert(!map.data && map.length == 0);
}
END_TEST

START_TEST(a_file_whose_length_is_told_as_zero_is_read_to_its_end)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    ck_assert_int_eq(file_read("/proc/self/status", 0, &buffer, &error), STATUS_OK);
    ck_assert(text_contains(buffer_text(&buffer), TEXT("Pid:")));
    struct buffer small = BUFFER_INIT;
    ck_assert_int_eq(file_read("/proc/self/status", 10, &small, &error), STATUS_LIMIT);
    ck_assert_uint_eq(small.length, 0);
    buffer_release(&small);
}
END_TEST

START_TEST(a_file_may_be_as_long_as_the_ceiling_and_no_longer)
{
    write_file("six", "123456");
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 6); /* the buffer's ceiling may be the same */
    ck_assert_int_eq(file_read("six", 6, &buffer, &error), STATUS_OK);
    buffer_clear(&buffer);
    ck_assert_int_eq(file_read("six", 5, &buffer, &error), STATUS_LIMIT);
    ck_assert_str_eq(error.message, "longer than 5 bytes \"six\"");
    ck_assert_uint_eq(buffer.length, 0);
}
END_TEST

START_TEST(a_buffer_that_is_full_keeps_what_it_had)
{
    write_file("six", "123456");
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 7);
    buffer_append(&buffer, TEXT("ab"));
    ck_assert_int_eq(file_read("six", 0, &buffer, &error), STATUS_LIMIT);
    ck_assert_str_eq(error.message, "cannot read \"six\": longer than the ceiling of 7 bytes");
    assert_text(buffer_text(&buffer), "ab");
    ck_assert_int_eq(file_read("six", 0, &buffer, &error), STATUS_LIMIT); /* still failed */
}
END_TEST

START_TEST(a_map_shows_the_bytes_of_the_file)
{
    write_file("a.txt", "答复");
    CLEANUP(file_map_close) struct file_map map = { 0 };
    ck_assert_int_eq(file_map_open("a.txt", &map, &error), STATUS_OK);
    assert_text(text_of_bytes((const char *)map.data, map.length), "答复");
    file_map_close(&map);
    ck_assert(!map.data && map.length == 0);
    file_map_close(NULL);
}
END_TEST

/* Both ways to open a file refuse alike and leave what they were given alone. */
static void assert_refused(const char *path, enum status status, const char *message)
{
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    ck_assert_int_eq(file_read(path, 0, &buffer, &error), status);
    ck_assert_str_eq(error.message, message);
    ck_assert_uint_eq(buffer.length, 0);

    struct file_map map = { 0 };
    ck_assert_int_eq(file_map_open(path, &map, &error), status);
    ck_assert_str_eq(error.message, message);
    ck_assert(!map.data && map.length == 0);
}

START_TEST(a_missing_file_is_not_found)
{
    write_file("file", "");
    assert_refused("没有.txt", STATUS_NOT_FOUND,
                   "cannot read \"没有.txt\": No such file or directory");
    assert_refused("", STATUS_NOT_FOUND, "cannot read \"\": No such file or directory");
    assert_refused("file/inside", STATUS_NOT_FOUND, "cannot read \"file/inside\": Not a directory");
}
END_TEST

START_TEST(a_file_that_may_not_be_read_is_refused_by_name)
{
    write_file("secret", "x");
    chmod("secret", 0);
    without_privilege();
    assert_refused("secret", STATUS_IO, "cannot read \"secret\": Permission denied");
}
END_TEST

START_TEST(only_regular_files_are_read_and_nothing_is_waited_for)
{
    ck_assert_int_eq(mkdir("folder", 0777), 0);
    ck_assert_int_eq(mkfifo("pipe", 0666), 0);
    struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(server, (struct sockaddr *)&address, sizeof(address)), 0);
    close(server);

    assert_refused("folder", STATUS_INVALID, "a folder, not a regular file \"folder\"");
    assert_refused("pipe", STATUS_INVALID, "not a regular file \"pipe\"");
    assert_refused("socket", STATUS_INVALID, "not a regular file \"socket\"");
    assert_refused("/dev/null", STATUS_INVALID, "not a regular file \"/dev/null\"");
}
END_TEST

START_TEST(replacing_makes_the_file_or_gives_it_new_content)
{
    ck_assert_int_eq(file_replace("new", TEXT("一"), &error), STATUS_OK);
    assert_file("new", "一");
    ck_assert_int_eq(file_replace("new", TEXT("二三"), &error), STATUS_OK);
    assert_file("new", "二三");
    ck_assert_int_eq(file_replace("new", text_of(NULL), &error), STATUS_OK);
    assert_file("new", "");
    ck_assert_int_eq(count_entries(), 1);
}
END_TEST

START_TEST(a_new_file_obeys_the_umask_and_an_old_one_keeps_its_mode)
{
    struct stat info;
    umask(027);
    ck_assert_int_eq(file_replace("new", TEXT("x"), &error), STATUS_OK);
    ck_assert_int_eq(stat("new", &info), 0);
    ck_assert_uint_eq(info.st_mode & 07777, 0640);

    chmod("new", 0604);
    ck_assert_int_eq(file_replace("new", TEXT("y"), &error), STATUS_OK);
    ck_assert_int_eq(stat("new", &info), 0);
    ck_assert_uint_eq(info.st_mode & 07777, 0604);
}
END_TEST

START_TEST(who_has_the_old_file_open_keeps_the_old_content)
{
    write_file("a", "old");
    CLEANUP(file_map_close) struct file_map map = { 0 };
    ck_assert_int_eq(file_map_open("a", &map, &error), STATUS_OK);
    ck_assert_int_eq(file_replace("a", TEXT("new"), &error), STATUS_OK);
    assert_text(text_of_bytes((const char *)map.data, map.length), "old");
    assert_file("a", "new");
}
END_TEST

START_TEST(replacing_follows_a_symbolic_link)
{
    ck_assert_int_eq(mkdir("there", 0777), 0);
    write_file("there/real", "old");
    ck_assert_int_eq(symlink("there/real", "link"), 0);
    ck_assert_int_eq(file_replace("link", TEXT("new"), &error), STATUS_OK);
    assert_file("there/real", "new");
    struct stat info;
    ck_assert_int_eq(lstat("link", &info), 0);
    ck_assert(S_ISLNK(info.st_mode));
}
END_TEST

START_TEST(a_folder_that_may_not_be_written_keeps_the_old_file)
{
    ck_assert_int_eq(mkdir("locked", 0777), 0);
    write_file("locked/a", "old");
    ck_assert_int_eq(chmod("locked", 0555), 0);
    without_privilege();
    ck_assert_int_eq(file_replace("locked/a", TEXT("new"), &error), STATUS_IO);
    ck_assert(text_starts_with(text_of(error.message), TEXT("cannot write \"")));
    ck_assert(text_ends_with(text_of(error.message), TEXT("locked/a\": Permission denied")));
    assert_file("locked/a", "old");
    ck_assert_int_eq(file_replace("locked/b", TEXT("new"), &error), STATUS_IO);
    ck_assert_str_eq(error.message, "cannot write \"locked/b\": Permission denied");
}
END_TEST

START_TEST(what_is_no_regular_file_is_not_replaced)
{
    ck_assert_int_eq(mkdir("folder", 0777), 0);
    ck_assert_int_eq(mkfifo("pipe", 0666), 0);
    ck_assert_int_eq(file_replace("folder", TEXT("x"), &error), STATUS_INVALID);
    ck_assert_str_eq(error.message, "a folder, not a regular file \"folder\"");
    ck_assert_int_eq(file_replace("pipe", TEXT("x"), &error), STATUS_INVALID);
    ck_assert_str_eq(error.message, "not a regular file \"pipe\"");
    ck_assert_int_eq(file_replace("none/a", TEXT("x"), &error), STATUS_NOT_FOUND);
    ck_assert_str_eq(error.message, "cannot write \"none/a\": No such file or directory");
    ck_assert_int_eq(count_entries(), 2);
}
END_TEST

START_TEST(a_disk_that_fills_up_keeps_the_old_file_and_leaves_nothing_else)
{
    write_file("a", "old");
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = 1000; /* stands in for the full disk */
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    static char large[5000];
    enum status status = file_replace("a", text_of_bytes(large, sizeof(large)), &error);
    limit.rlim_cur = limit.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);

    ck_assert_int_eq(status, STATUS_IO);
    ck_assert(text_ends_with(text_of(error.message), TEXT("a\": File too large")));
    assert_file("a", "old");
    ck_assert_int_eq(count_entries(), 1);
}
END_TEST

START_TEST(the_longest_of_names_can_be_replaced)
{
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    ck_assert_int_eq(file_replace(name, TEXT("x"), &error), STATUS_OK);
    assert_file(name, "x");
    ck_assert_int_eq(count_entries(), 1);
}
END_TEST

/* Returns what it was given, or NULL on a failure. */
static void *replace_often(void *letter)
{
    char content[5000];
    memset(content, *(char *)letter, sizeof(content));
    for (int i = 0; i < 20; i++) {
        if (file_replace("shared", text_of_bytes(content, sizeof(content)), NULL))
            return NULL;
    }
    return letter;
}

START_TEST(two_threads_that_replace_one_file_never_mix)
{
    pthread_t threads[2];
    char letters[2] = { 'a', 'b' };
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, replace_often, &letters[i]), 0);
    for (size_t i = 0; i < 2; i++) {
        void *result;
        pthread_join(threads[i], &result);
        ck_assert_ptr_eq(result, &letters[i]);
    }
    CLEANUP(buffer_release) struct buffer buffer = BUFFER_INIT;
    ck_assert_int_eq(file_read("shared", 0, &buffer, &error), STATUS_OK);
    ck_assert_uint_eq(buffer.length, 5000);
    for (size_t i = 1; i < buffer.length; i++)
        ck_assert_int_eq(buffer.data[i], buffer.data[0]);
    ck_assert_int_eq(count_entries(), 1);
}
END_TEST

START_TEST(data_are_found_in_the_folder_that_the_environment_names)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    write_file("words", "");
    setenv("DAFU_DATA", folder, 1);
    const char *path = NULL;
    ck_assert_int_eq(file_find_data("words", &arena, &path, &error), STATUS_OK);
    ck_assert(text_starts_with(text_of(path), text_of(folder)));

    path = NULL;
    ck_assert_int_eq(file_find_data("missing", &arena, &path, &error), STATUS_NOT_FOUND);
    ck_assert(text_contains(text_of(error.message), text_of(folder)));
    ck_assert(text_contains(text_of(error.message), TEXT("/missing\"")));
    ck_assert_ptr_null(path);
}
END_TEST

START_TEST(without_the_environment_data_lie_beside_the_program)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    setenv("DAFU_DATA", "", 1);
    const char *path = NULL;
    ck_assert_int_eq(file_find_data("reply.rng", &arena, &path, &error), STATUS_OK);
    ck_assert(text_ends_with(text_of(path), TEXT("/tests/../share/dafu/reply.rng")));
    ck_assert_int_eq(file_find_data("missing", &arena, &path, &error), STATUS_NOT_FOUND);
    ck_assert(text_contains(text_of(error.message), TEXT("share/dafu/missing\"")));

    arena_clear(&arena);
    arena.ceiling = 1;
    ck_assert_int_eq(file_find_data("reply.rng", &arena, &path, &error), STATUS_NO_MEMORY);
}
END_TEST

START_TEST(a_folder_is_made_with_its_parents)
{
    static const char *const paths[] = {
        "one", "a/b/c", "a/b/c", "slash/", "x//y///", ".", "a/.."
    };
    for (size_t i = 0; i < LENGTH_OF(paths); i++) {
        ck_assert_msg(file_make_folder(paths[i], &error) == STATUS_OK, "%s", error.message);
        struct stat info;
        ck_assert(stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode));
    }
    ck_assert_int_eq(file_make_folder("/", &error), STATUS_OK);
    ck_assert_int_eq(file_make_folder(folder, &error), STATUS_OK);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_named)
{
    write_file("file", "");
    ck_assert_int_eq(file_make_folder("file", &error), STATUS_INVALID);
    ck_assert_str_eq(error.message, "not a folder \"file\"");
    ck_assert_int_eq(file_make_folder("file/below", &error), STATUS_INVALID);
    ck_assert_str_eq(error.message, "not a folder \"file\"");
    ck_assert_int_eq(file_make_folder("", &error), STATUS_NOT_FOUND);

    ck_assert_int_eq(mkdir("locked", 0555), 0);
    without_privilege();
    ck_assert_int_eq(file_make_folder("locked/a/b", &error), STATUS_IO);
    ck_assert_str_eq(error.message, "cannot make folder \"locked/a\": Permission denied");
}
END_TEST

RUN_SUITE("file", enter_folder, leave_folder, reading_appends_the_whole_file,
          reading_a_long_file_gives_every_byte, an_empty_file_reads_and_maps_as_nothing,
          a_file_whose_length_is_told_as_zero_is_read_to_its_end,
          a_file_may_be_as_long_as_the_ceiling_and_no_longer,
          a_buffer_that_is_full_keeps_what_it_had, a_map_shows_the_bytes_of_the_file,
          a_missing_file_is_not_found, a_file_that_may_not_be_read_is_refused_by_name,
          only_regular_files_are_read_and_nothing_is_waited_for,
          replacing_makes_the_file_or_gives_it_new_content,
          a_new_file_obeys_the_umask_and_an_old_one_keeps_its_mode,
          who_has_the_old_file_open_keeps_the_old_content, replacing_follows_a_symbolic_link,
          a_folder_that_may_not_be_written_keeps_the_old_file,
          what_is_no_regular_file_is_not_replaced,
          a_disk_that_fills_up_keeps_the_old_file_and_leaves_nothing_else,
          the_longest_of_names_can_be_replaced, two_threads_that_replace_one_file_never_mix,
          data_are_found_in_the_folder_that_the_environment_names,
          without_the_environment_data_lie_beside_the_program, a_folder_is_made_with_its_parents,
          a_folder_that_cannot_be_made_is_named)
