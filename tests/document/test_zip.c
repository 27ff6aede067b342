/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/zip.h"
#include "tests/document/container.h"

static struct zip_container *open_container(const struct buffer *bytes, uint64_t *budget)
{
    struct zip_container *container = NULL;
    struct error error;
    ck_assert_msg(zip_container_open(buffer_text(bytes), budget, &container, &error) == STATUS_OK,
                  "%s", error.message);
    return container;
}

static void assert_finds(struct zip_container *container, const char *from, const char *path,
                         const char *expected)
{
    size_t index;
    bool found = zip_container_find(container, text_of(from), text_of(path), &index);
    ck_assert_msg(found == (expected != NULL), "\"%s\" from \"%s\"", path, from);
    if (found)
        ck_assert(text_equal(zip_container_name(container, index), text_of(expected)));
}

START_TEST(a_part_is_found_however_its_path_is_written)
{
    struct buffer bytes = BUFFER_INIT;
    uint64_t budget = ZIP_TOTAL_BYTES_MAX;
    container_make("== OFD.xml\n== Doc_0/Document.xml\n== Doc_0/Pages/Page_0/Content.xml\n== top/x",
                   &bytes);
    struct zip_container *container = open_container(&bytes, &budget);
    assert_finds(container, "", "ofd.XML", "OFD.xml");
    assert_finds(container, "OFD.xml", "/Doc_0/Document.xml", "Doc_0/Document.xml");
    assert_finds(container, "Doc_0/Document.xml", "Pages/Page_0/Content.xml",
                 "Doc_0/Pages/Page_0/Content.xml");
    assert_finds(container, "Doc_0/Document.xml", "./Pages//Page_0/./Content.xml",
                 "Doc_0/Pages/Page_0/Content.xml");
    assert_finds(container, "Doc_0/Document.xml", "Pages\\page_0\\Content.xml",
                 "Doc_0/Pages/Page_0/Content.xml");
    assert_finds(container, "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml",
                 "Doc_0/Pages/Page_0/Content.xml");
    assert_finds(container, "Doc_0/Document.xml", "../top/x", "top/x");
    assert_finds(container, "Doc_0/Document.xml", "../../../../OFD.xml", "OFD.xml");
    assert_finds(container, "", "../etc/passwd", NULL);
    assert_finds(container, "", "", NULL);
    zip_container_close(container);
    buffer_release(&bytes);
}
END_TEST

START_TEST(names_in_gbk_are_decoded)
{
    assert_container_reads(".zip", "== 答复/第1号.txt\tgbk\n您提出的提案收悉。",
                           "#\nL 您提出的提案收悉。\n");
    struct buffer bytes = BUFFER_INIT;
    uint64_t budget = ZIP_TOTAL_BYTES_MAX;
    container_make("== 答复/第1号.txt\tgbk\nx", &bytes);
    struct zip_container *container = open_container(&bytes, &budget);
    ck_assert(text_equal(zip_container_name(container, 0), TEXT("答复/第1号.txt")));
    zip_container_close(container);
    buffer_release(&bytes);
}
END_TEST

START_TEST(what_inflates_too_much_is_refused)
{
    assert_container_refused(".zip", "== a.txt\trepeat=6000000\n甲", STATUS_LIMIT,
                             "inflates to more than 200 times its size: \"a.txt\"");
    assert_container_refused(".docx", "== word/document.xml\trepeat=10000000\n<w:p/>", STATUS_LIMIT,
                             "inflates to more than 200 times its size: \"word/document.xml\"");
}
END_TEST

START_TEST(the_budget_is_shared_and_counts_down)
{
    struct buffer bytes = BUFFER_INIT, out = BUFFER_INIT;
    struct error error;
    uint64_t budget = 10;
    container_make("== a\n12345678\n== b\n12345678", &bytes);
    struct zip_container *container = open_container(&bytes, &budget);
    ck_assert_int_eq(zip_container_read(container, 0, &out, &error), STATUS_OK);
    ck_assert_uint_eq(budget, 2);
    ck_assert_int_eq(zip_container_read(container, 1, &out, &error), STATUS_LIMIT);
    ck_assert_str_eq(error.message, "inflates to more than the whole file may: \"b\"");
    zip_container_close(container);
    buffer_release(&bytes);
    buffer_release(&out);
}
END_TEST

START_TEST(a_million_entries_are_refused_before_they_are_listed)
{
    static const char ENTRY[46 + 1] = "PK\1\2";
    struct buffer bytes = BUFFER_INIT;
    buffer_append(&bytes, TEXT("PK\3\4"));
    for (size_t i = 0; i < 1000000; i++)
        buffer_append(&bytes, text_of_bytes(ENTRY, sizeof(ENTRY)));
    buffer_append(&bytes, TEXT("PK\5\6\0\0\0\0\xFF\xFF\xFF\xFF\0\0\0\0\4\0\0\0\0\0"));
    assert_refused(".zip", buffer_text(&bytes), STATUS_LIMIT, "more than 20000 files in it");
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_wrong_size_in_the_directory_does_no_harm)
{
    assert_container_reads(".zip", "== a.txt\tsize=7\n您提出的提案收悉。",
                           "#\nL 您提出的提案收悉。\n");
}
END_TEST

START_TEST(encrypted_entries_are_called_that)
{
    assert_container_refused(".zip", "== a.txt\tencrypted\nx", STATUS_UNSUPPORTED,
                             "encrypted: \"a.txt\"");
    assert_container_refused(".docx", "== word/document.xml\tencrypted\n<x/>", STATUS_UNSUPPORTED,
                             "encrypted: \"word/document.xml\"");
}
END_TEST

START_TEST(an_archive_gives_each_readable_file)
{
    assert_container_reads(".zip",
                           "== 2025/\n"
                           "== 2025/a.txt\n您提出的提案收悉。\n"
                           "== 2025/photo.png\tstored\nno text\n"
                           "== .hidden.txt\nx\n"
                           "== __MACOSX/2025/._a.txt\nx\n"
                           "== c.jsonl\n{\"id\": \"7\", \"text\": \"正文\"}",
                           "#\nL 您提出的提案收悉。\n#7\nP 正文\n");
}
END_TEST

START_TEST(an_archive_inside_an_archive_is_read)
{
    struct buffer inner = BUFFER_INIT, outer = BUFFER_INIT;
    container_make("== a.txt\n里面的", &inner);
    buffer_printf(&outer, "== good.txt\n外面的\n== inner.zip\tstored hex\n");
    for (size_t i = 0; i < inner.length; i++)
        buffer_printf(&outer, "%02x", (unsigned char)inner.data[i]);
    assert_container_reads(".zip", outer.data, "#\nL 外面的\n#\nL 里面的\n");
    buffer_release(&inner);
    buffer_release(&outer);
}
END_TEST

/* Six boxes in boxes end at the third, with one line. */
START_TEST(archives_inside_archives_have_an_end)
{
    struct buffer inner = BUFFER_INIT, outer = BUFFER_INIT;
    struct reading reading;
    container_make("== a.txt\n里面的", &inner);
    for (int i = 0; i < 6; i++) {
        buffer_clear(&outer);
        buffer_printf(&outer, "== b.zip\tstored hex\n");
        for (size_t k = 0; k < inner.length; k++)
            buffer_printf(&outer, "%02x", (unsigned char)inner.data[k]);
        buffer_clear(&inner);
        container_make(outer.data, &inner);
    }
    reading_init(&reading);
    reading_of(&reading, ".zip", buffer_text(&inner));
    ck_assert_int_ne(reading.status, STATUS_OK);
    ck_assert_ptr_nonnull(strstr(reading.error.message, "ZIP files are nested too deeply"));
    ck_assert_uint_eq(reading.documents, 0);
    reading_release(&reading);
    buffer_release(&inner);
    buffer_release(&outer);
}
END_TEST

START_TEST(packed_data_inside_an_archive_are_left_out)
{
    assert_container_warns(".zip", "== a.txt\n外面的\n== b.txt.xz\tstored hex\nfd377a585a0000",
                           "#\nL 外面的\n", "b.txt.xz: xz data inside a ZIP\n");
}
END_TEST

START_TEST(a_bad_member_does_not_cost_the_good_ones)
{
    assert_container_warns(".zip",
                           "== a.docx\n<no zip>\n== b.txt\n正文\n== c.docx\tencrypted\nx\n"
                           "== d.txt\n",
                           "#\nL <no zip>\n#\nL 正文\n",
                           "encrypted: \"c.docx\"\nd.txt: file is empty\n");
}
END_TEST

START_TEST(containers_of_other_programs_are_named)
{
    assert_container_refused(".zip", "== [Content_Types].xml\n<x/>\n== xl/workbook.xml\n<x/>",
                             STATUS_UNSUPPORTED,
                             "no reader for this kind of file (Excel workbook)");
    assert_container_refused(".docx", "== ppt/presentation.xml\n<x/>", STATUS_UNSUPPORTED,
                             "no reader for this kind of file (PowerPoint presentation)");
    assert_container_refused(".zip", "== picture.png\nx", STATUS_EMPTY,
                             "no readable file in this ZIP archive");
}
END_TEST

START_TEST(what_is_no_zip_is_damaged)
{
    assert_refused(".zip", TEXT("PK\3\4 and then something else, long enough for a header"),
                   STATUS_INVALID, "damaged ZIP container (Not a zip archive)");
}
END_TEST

START_TEST(damage_anywhere_is_survived)
{
    assert_survives_damage("== a.txt\n您提出的提案收悉。\n== b.jsonl\n{\"text\": \"正文\"}",
                           "x.zip");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_part_is_found_however_its_path_is_written);
    tcase_add_test(tests, names_in_gbk_are_decoded);
    tcase_add_test(tests, what_inflates_too_much_is_refused);
    tcase_add_test(tests, the_budget_is_shared_and_counts_down);
    tcase_add_test(tests, a_million_entries_are_refused_before_they_are_listed);
    tcase_add_test(tests, a_wrong_size_in_the_directory_does_no_harm);
    tcase_add_test(tests, encrypted_entries_are_called_that);
    tcase_add_test(tests, an_archive_gives_each_readable_file);
    tcase_add_test(tests, an_archive_inside_an_archive_is_read);
    tcase_add_test(tests, archives_inside_archives_have_an_end);
    tcase_add_test(tests, packed_data_inside_an_archive_are_left_out);
    tcase_add_test(tests, a_bad_member_does_not_cost_the_good_ones);
    tcase_add_test(tests, containers_of_other_programs_are_named);
    tcase_add_test(tests, what_is_no_zip_is_damaged);
    tcase_add_test(tests, damage_anywhere_is_survived);
}

int main(void)
{
    return reading_run("zip", add_tests);
}
