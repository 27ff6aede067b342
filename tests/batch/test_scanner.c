/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files of a folder are read, and in which order. */
#include "tests/batch/fixture.h"

#include "indexer/batch/scanner.h"

static enum status note_file(void *context, const struct scanner_file *file, struct error *detail)
{
    note(file->path);
    return STATUS_OK;
}

static void note_problem(void *context, const char *via, const char *line)
{
    buffer_printf(&lines, "! %s\n", line);
}

static void walk(const char *path)
{
    const struct scanner_sink sink = { note_file, note_problem, NULL };
    ck_assert_int_eq(scanner_walk(path, &sink, &error), STATUS_OK);
}

START_TEST(files_come_in_the_order_of_their_names)
{
    write_file("b.txt", "");
    write_file("a/z.txt", "");
    write_file("a/y.txt", "");
    write_file("c.txt", "");
    walk(folder);
    assert_lines("$/a/y.txt\n$/a/z.txt\n$/b.txt\n$/c.txt\n");
}
END_TEST

START_TEST(web_pages_come_before_what_lies_beside_them)
{
    write_file("a.docx", "");
    write_file("a/b.txt", "");
    write_file("z.html", "");
    write_file("y.HTM", "");
    walk(folder);
    assert_lines("$/y.HTM\n$/z.html\n$/a/b.txt\n$/a.docx\n");
}
END_TEST

START_TEST(only_names_of_known_formats_are_taken)
{
    static const char *const NAMES[] = { "1.txt", "2.text.xz", "3.PDF",  "a.exe",
                                         "b",     "c.txt.bak", ".d.txt", "txt" };
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
        write_file(NAMES[i], "");
    walk(folder);
    assert_lines("$/1.txt\n$/2.text.xz\n$/3.PDF\n");
}
END_TEST

START_TEST(a_file_that_is_named_is_taken_whatever_its_name)
{
    walk(write_file("b", ""));
    walk(at("nowhere"));
    assert_lines("$/b\n$/nowhere\n");
}
END_TEST

START_TEST(a_link_back_is_not_followed)
{
    write_file("a/b/c.txt", "");
    ck_assert_int_eq(symlink("../..", at("a/b/up")), 0);
    ck_assert_int_eq(symlink(".", at("a/here")), 0);
    ck_assert_int_eq(symlink("a/b/c.txt", at("d.txt")), 0);
    walk(folder);
    assert_lines("$/a/b/c.txt\n$/d.txt\n");
}
END_TEST

START_TEST(a_link_to_nothing_and_a_link_to_itself_are_told)
{
    ck_assert_int_eq(symlink("nothing", at("a.txt")), 0);
    ck_assert_int_eq(symlink("b.txt", at("b.txt")), 0);
    ck_assert_int_eq(symlink("nothing", at("c.exe")), 0);
    walk(folder);
    assert_lines("! $/a.txt: No such file or directory\n"
                 "! $/b.txt: Too many levels of symbolic links\n");
}
END_TEST

START_TEST(pipes_and_devices_in_a_folder_are_passed_by)
{
    ck_assert_int_eq(mkfifo(at("a.txt"), 0600), 0);
    ck_assert_int_eq(symlink("/dev/zero", at("b.txt")), 0);
    walk(folder);
    assert_lines("");
}
END_TEST

/* As many folders as it takes to make a path longer than the system takes at once. */
START_TEST(a_path_that_grows_too_long_is_told)
{
    char name[256];
    memset(name, 'd', 250);
    name[250] = '\0';
    write_file("a.txt", "");
    char *before_walk = getcwd(NULL, 0);
    ck_assert_int_eq(chdir(folder), 0);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(mkdir(name, 0777), 0);
        ck_assert_int_eq(chdir(name), 0);
    }
    fclose(fopen("deep.txt", "w"));
    ck_assert_int_eq(chdir(before_walk), 0);
    free(before_walk);
    walk(folder);
    struct text all = buffer_text(&lines);
    ck_assert_msg(text_contains(all, TEXT("! ")), "%.*s", TEXT_ARG(all));
    ck_assert_msg(text_contains(all, TEXT("File name too long\n")), "%.*s", TEXT_ARG(all));
    ck_assert(text_contains(all, TEXT("/a.txt\n")));
}
END_TEST

static enum status note_names(void *context, const struct scanner_file *file, struct error *detail)
{
    buffer_printf(&lines, "%s %s%s\n", file->real, file->via, file->missing ? " missing" : "");
    return STATUS_OK;
}

START_TEST(a_file_has_its_real_path_and_the_way_it_was_found)
{
    write_file("store/x/a.txt", "");
    write_file("in/b.txt", "");
    ck_assert_int_eq(symlink("../store", at("in/link")), 0);
    const struct scanner_sink sink = { note_names, note_problem, NULL };
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(scanner_walk("in/", &sink, &error), STATUS_OK);
    ck_assert_int_eq(scanner_walk("in/../none", &sink, &error), STATUS_OK);
    ck_assert_int_eq(chdir("/"), 0);
    assert_lines("$/in/b.txt $/in/b.txt\n$/store/x/a.txt $/in/link/x/a.txt\n"
                 "$/none $/none missing\n");
}
END_TEST

static enum status stop_here(void *context, const struct scanner_file *file, struct error *detail)
{
    note(file->path);
    return error_set(detail, STATUS_STOPPED, "enough");
}

START_TEST(the_walk_ends_when_its_caller_has_enough)
{
    write_file("a.txt", "");
    write_file("b.txt", "");
    const struct scanner_sink sink = { stop_here, note_problem, NULL };
    ck_assert_int_eq(scanner_walk(folder, &sink, &error), STATUS_STOPPED);
    ck_assert_str_eq(error.message, "enough");
    assert_lines("$/a.txt\n");
}
END_TEST

RUN_SUITE("scanner", files_come_in_the_order_of_their_names,
          web_pages_come_before_what_lies_beside_them, only_names_of_known_formats_are_taken,
          a_file_that_is_named_is_taken_whatever_its_name, a_link_back_is_not_followed,
          a_link_to_nothing_and_a_link_to_itself_are_told,
          pipes_and_devices_in_a_folder_are_passed_by, a_path_that_grows_too_long_is_told,
          a_file_has_its_real_path_and_the_way_it_was_found,
          the_walk_ends_when_its_caller_has_enough)
