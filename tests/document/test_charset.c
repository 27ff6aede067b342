/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which encoding a text is in, what it decodes to, and where each character came from. */
#include <check.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/buffer.h"
#include "indexer/base/utf8.h"
#include "indexer/document/charset.h"

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena, 0);
}

static void tear_down(void)
{
    arena_release(&arena);
}

/* UTF-8 -> the encoding, by iconv's other direction. */
static struct text encode(struct text text, const char *encoding)
{
    iconv_t handle = iconv_open(encoding, "UTF-8");
    ck_assert(handle != (iconv_t)-1);
    char *out = arena_alloc(&arena, text.length * 4 + 8);
    char *in = (char *)(uintptr_t)text.data;
    char *to = out;
    size_t left = text.length, room = text.length * 4 + 8;
    ck_assert(iconv(handle, &in, &left, &to, &room) != (size_t)-1);
    iconv_close(handle);
    return (struct text) { out, (size_t)(to - out) };
}

static struct charset_text decode(struct text bytes, const char *declared)
{
    struct charset_text decoded;
    struct error error;
    enum status status = charset_decode(bytes, text_of(declared), &arena, &decoded, &error);
    ck_assert_msg(status == STATUS_OK, "%s", error.message);
    ck_assert_uint_eq(utf8_find_invalid(decoded.text), TEXT_NONE);
    return decoded;
}

/* "encoding, origin, replaced: text" */
static void assert_decodes(struct text bytes, const char *declared, const char *expected)
{
    struct charset_text decoded = decode(bytes, declared);
    struct text shown =
        arena_printf(&arena, "%s, %s, %zu: %.*s", decoded.codec->name,
                     charset_origin_name(decoded.origin), decoded.replaced, TEXT_ARG(decoded.text));
    ck_assert_str_eq(shown.data, expected);
}

#define LETTER "关于市政协十六届五次会议第13号提案的答复\n陈某某委员：\n您提出的提案收悉。"

START_TEST(a_byte_order_mark_decides)
{
    assert_decodes(TEXT("\xEF\xBB\xBF答复"), "gbk", "UTF-8, byte order mark, 0: 答复");
    assert_decodes(TEXT("\xFF\xFE\x54\x7B\x0D\x59"), "", "UTF-16LE, byte order mark, 0: 答复");
    assert_decodes(TEXT("\xFE\xFF\x7B\x54\x59\x0D"), "", "UTF-16BE, byte order mark, 0: 答复");
    assert_decodes(TEXT("\xFF\xFE\0\0\x54\x7B\0\0"), "", "UTF-32LE, byte order mark, 0: 答");
    assert_decodes(TEXT("\0\0\xFE\xFF\0\0\x7B\x54"), "", "UTF-32BE, byte order mark, 0: 答");
    assert_decodes(TEXT("\x84\x31\x95\x33\xB4\xF0"), "", "GB18030, byte order mark, 0: 答");
}
END_TEST

START_TEST(valid_utf8_is_believed_before_any_declaration)
{
    assert_decodes(TEXT("答复"), "gb2312", "UTF-8, valid, 0: 答复");
    assert_decodes(TEXT("plain"), "big5", "UTF-8, valid, 0: plain");
    assert_decodes(TEXT(""), "", "UTF-8, valid, 0: ");
}
END_TEST

START_TEST(every_gb_label_means_gb18030)
{
    static const char *const LABELS[] = { "gb2312", "GBK",   "gb_2312-80",  "x-gbk",
                                          "CP936",  "ms936", "windows-936", "GB18030",
                                          "EUC-CN", "\"gbk", "csGB2312",    "gb18030-2022" };
    struct text bytes = encode(TEXT("朱镕基"), "GB18030"); /* 镕 is not in GB2312 */
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++)
        assert_decodes(bytes, LABELS[i], "GB18030, declared, 0: 朱镕基");
}
END_TEST

START_TEST(four_byte_characters_of_gb18030_are_read)
{
    assert_decodes(encode(TEXT("龴𠮷㐂一二三四五"), "GB18030"), "gbk",
                   "GB18030, declared, 0: 龴𠮷㐂一二三四五");
}
END_TEST

START_TEST(the_euro_of_cp936_is_no_damage)
{
    assert_decodes(TEXT("\xBC\xDB\xB8\xF1\x80"), "gbk", "GB18030, declared, 0: 价格€");
}
END_TEST

START_TEST(big5_is_read_with_the_characters_of_hong_kong)
{
    struct text bytes = encode(TEXT("關於政協第三次會議提案嘅答覆"), "BIG5-HKSCS");
    assert_decodes(bytes, "big5", "BIG5-HKSCS, declared, 0: 關於政協第三次會議提案嘅答覆");
    assert_decodes(bytes, "", "BIG5-HKSCS, detected, 0: 關於政協第三次會議提案嘅答覆");
}
END_TEST

START_TEST(an_undeclared_text_is_found_out)
{
    assert_decodes(encode(TEXT(LETTER), "GB18030"), "", "GB18030, detected, 0: " LETTER);
    assert_decodes(encode(TEXT(LETTER), "UTF-16LE"), "", "UTF-16LE, byte pattern, 0: " LETTER);
    assert_decodes(encode(TEXT(LETTER), "UTF-16BE"), "", "UTF-16BE, byte pattern, 0: " LETTER);
}
END_TEST

START_TEST(two_characters_are_enough_for_gb18030_and_utf16)
{
    assert_decodes(encode(TEXT("答复"), "GB18030"), "", "GB18030, detected, 0: 答复");
    assert_decodes(encode(TEXT("答复\n"), "UTF-16LE"), "", "UTF-16LE, byte pattern, 0: 答复\n");
    assert_decodes(encode(TEXT("No.1"), "UTF-16BE"), "", "UTF-16BE, byte pattern, 0: No.1");
}
END_TEST

START_TEST(a_false_declaration_is_not_believed)
{
    struct text gb = encode(TEXT(LETTER), "GB18030");
    assert_decodes(gb, "utf-8", "GB18030, detected, 0: " LETTER);
    assert_decodes(gb, "iso-8859-1", "GB18030, detected, 0: " LETTER);
    assert_decodes(gb, "utf-16", "GB18030, detected, 0: " LETTER);
    assert_decodes(gb, "klingon", "GB18030, detected, 0: " LETTER);
    assert_decodes(encode(TEXT(LETTER), "UTF-16LE"), "gb2312",
                   "UTF-16LE, byte pattern, 0: " LETTER);
}
END_TEST

/* Found by fuzz_charset: CP1258 joins a letter with the accent behind it. */
START_TEST(encodings_without_a_place_for_each_character_are_not_used)
{
    ck_assert_ptr_null(codec_find(TEXT("windows-1258")));
    ck_assert_ptr_null(codec_find(TEXT("windows-1255")));
    ck_assert_ptr_null(codec_find(TEXT("iso-2022-cn")));
}
END_TEST

START_TEST(a_western_text_stays_western)
{
    assert_decodes(TEXT("caf\xE9 and th\xE9 on the menu"), "iso-8859-1",
                   "CP1252, declared, 0: café and thé on the menu");
}
END_TEST

START_TEST(damaged_utf8_stays_utf8)
{
    assert_decodes(TEXT("关于市政协十六届五次会议\xFF第13号"), "",
                   "UTF-8, valid, 1: 关于市政协十六届五次会议\xEF\xBF\xBD第13号");
    assert_decodes(TEXT("关于提案的答\xE5\xA4"), "", "UTF-8, valid, 1: 关于提案的答\xEF\xBF\xBD");
}
END_TEST

START_TEST(a_damaged_gb_character_does_not_eat_what_follows)
{
    assert_decodes(TEXT("\xB4\xF0\xB8\n\xB8\xB4\xB8<p>\xB4\xF0"), "gbk",
                   "GB18030, assumed, 2: 答\xEF\xBF\xBD\n复\xEF\xBF\xBD<p>答");
}
END_TEST

START_TEST(a_lone_surrogate_is_replaced)
{
    assert_decodes(TEXT("\xFE\xFF\x7B\x54\xD8\x00\x59\x0D\xDC\x00\x59"), "",
                   "UTF-16BE, byte order mark, 3: 答\xEF\xBF\xBD复\xEF\xBF\xBD\xEF\xBF\xBD");
}
END_TEST

static void assert_declares(const char *page, const char *label)
{
    struct text found = charset_declared(text_of(page));
    ck_assert_msg(text_equal(found, text_of(label)), "\"%.*s\" in %s", TEXT_ARG(found), page);
}

START_TEST(the_declaration_is_found_in_any_form)
{
    assert_declares("<html><head><meta charset=gb2312>", "gb2312");
    assert_declares("<META CHARSET='GBK' />", "GBK");
    assert_declares("<meta content=\"text/html; charset=gb2312\" http-equiv=Content-Type>",
                    "gb2312");
    assert_declares("<meta http-equiv=\"Content-Type\" content='text/html;charset = big5'/>",
                    "big5");
    assert_declares("<?xml version=\"1.0\" encoding=\"GB18030\"?><a/>", "GB18030");
    assert_declares("<!-- <meta charset=x> --><meta charset = \"utf-8\">", "utf-8");
    assert_declares("<meta name=charset content=none><meta charset=gbk>", "gbk");
    assert_declares("<p>charset=gbk</p>", "");
    assert_declares("<!-- <meta charset=gbk>", "");
    assert_declares("<meta charset", "");
    assert_declares("", "");
}
END_TEST

/* Every character on its own leads to bytes that decode to it. */
static void assert_places(struct text bytes, const char *declared)
{
    struct charset_text decoded = decode(bytes, declared);
    struct charset_walk walk;
    ck_assert_int_eq(charset_walk_open(&walk, &decoded, NULL), STATUS_OK);
    uint64_t expected = decoded.mark;
    for (size_t offset = 0; offset < decoded.text.length;) {
        size_t length = utf8_length((unsigned char)decoded.text.data[offset]);
        struct span_map map = { .spans = NULL };
        ck_assert(charset_walk_map(&walk, offset, length, &arena, &map));
        uint64_t source, source_length;
        span_map_source(&map, 0, length, &source, &source_length);
        ck_assert_uint_eq(source, expected);
        char piece[DECODER_STEP_BYTES];
        size_t piece_length;
        bool bad;
        ck_assert_uint_eq(decoder_step(&walk.decoder, bytes, source, piece, &piece_length, &bad),
                          source_length);
        ck_assert_mem_eq(piece, decoded.text.data + offset, piece_length);
        expected = source + source_length;
        offset += length;
    }
    ck_assert_uint_eq(expected, bytes.length);
    charset_walk_close(&walk);
}

START_TEST(every_character_leads_back_to_its_bytes)
{
    static const char *const ENCODINGS[] = { "UTF-8",    "GB18030",  "UTF-16LE",
                                             "UTF-16BE", "UTF-32LE", "UTF-16" };
    for (size_t i = 0; i < sizeof(ENCODINGS) / sizeof(ENCODINGS[0]); i++) {
        struct text text = TEXT("\xEF\xBB\xBF二、2024年（一）𠮷龴é\r\n甬经信函〔2026〕9号");
        assert_places(encode(text, ENCODINGS[i]), "");
    }
    assert_places(encode(TEXT("關於2024年提案，\n答覆"), "BIG5-HKSCS"), "big5");
    assert_places(TEXT("一二三四五六七八九十\xFF一二三四五六七八九十\xE4\xB8"), "");
    assert_places(TEXT("\xB4\xF0\xB8\n\xFF\xB8\xB4\x80"), "gbk");
    assert_places(TEXT("<\x80\x87\x95" "3b\xD3\x63!"), "big5"); /* a control before damage */
}
END_TEST

START_TEST(a_range_of_a_line_leads_to_its_bytes)
{
    struct text text = TEXT("标题\n正文第13号。\n");
    struct text bytes = encode(text, "GB18030");
    struct charset_text decoded = decode(bytes, "gbk");
    struct charset_walk walk;
    struct span_map map = { .spans = NULL };
    uint64_t source, length;
    ck_assert_int_eq(charset_walk_open(&walk, &decoded, NULL), STATUS_OK);
    ck_assert(charset_walk_map(&walk, 7, 20, &arena, &map)); /* the second line */
    span_map_source(&map, 6, 5, &source, &length);           /* 第13 */
    ck_assert_uint_eq(source, 9);
    ck_assert_uint_eq(length, 4);
    charset_walk_close(&walk);
}
END_TEST

START_TEST(what_is_no_text_in_any_encoding_is_binary)
{
    unsigned seed = 7;
    char noise[4000];
    for (size_t i = 0; i < sizeof(noise); i++) {
        seed = seed * 1103515245 + 12345;
        noise[i] = (char)(unsigned char)((seed >> 16) | 0x80);
    }
    struct charset_text decoded = decode((struct text) { noise, sizeof(noise) }, "");
    ck_assert(charset_is_binary(&decoded));
    decoded = decode(TEXT("\x7F"
                          "ELF\2\1\1\0\0\0\0\0"),
                     "");
    ck_assert(charset_is_binary(&decoded));
    decoded = decode(encode(TEXT(LETTER), "UTF-16LE"), "");
    ck_assert(!charset_is_binary(&decoded));
}
END_TEST

START_TEST(a_text_cut_at_any_byte_is_still_decoded)
{
    static const char *const ENCODINGS[] = { "UTF-8", "GB18030", "UTF-16LE", "BIG5-HKSCS" };
    for (size_t i = 0; i < 4; i++) {
        struct text bytes = encode(TEXT("關於第13號提案，2024年"), ENCODINGS[i]);
        for (size_t length = 0; length <= bytes.length; length++)
            assert_places(text_slice(bytes, 0, length), "");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("charset");
    TCase *tests = tcase_create("charset");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_byte_order_mark_decides);
    tcase_add_test(tests, valid_utf8_is_believed_before_any_declaration);
    tcase_add_test(tests, every_gb_label_means_gb18030);
    tcase_add_test(tests, four_byte_characters_of_gb18030_are_read);
    tcase_add_test(tests, the_euro_of_cp936_is_no_damage);
    tcase_add_test(tests, big5_is_read_with_the_characters_of_hong_kong);
    tcase_add_test(tests, an_undeclared_text_is_found_out);
    tcase_add_test(tests, two_characters_are_enough_for_gb18030_and_utf16);
    tcase_add_test(tests, a_false_declaration_is_not_believed);
    tcase_add_test(tests, encodings_without_a_place_for_each_character_are_not_used);
    tcase_add_test(tests, a_western_text_stays_western);
    tcase_add_test(tests, damaged_utf8_stays_utf8);
    tcase_add_test(tests, a_damaged_gb_character_does_not_eat_what_follows);
    tcase_add_test(tests, a_lone_surrogate_is_replaced);
    tcase_add_test(tests, the_declaration_is_found_in_any_form);
    tcase_add_test(tests, every_character_leads_back_to_its_bytes);
    tcase_add_test(tests, a_range_of_a_line_leads_to_its_bytes);
    tcase_add_test(tests, what_is_no_text_in_any_encoding_is_binary);
    tcase_add_test(tests, a_text_cut_at_any_byte_is_still_decoded);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
