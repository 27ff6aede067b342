/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Command lines: what is understood, what is refused and how, and the help. */
#include "indexer/base/options.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tests/base/suite.h"

static bool quiet;
static bool verbose;
static const char *index_folder;
static unsigned long limit;
static int format;
static struct option_list fields;

static const struct option options[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "folder of the index", &index_folder },
    { "limit", 'n', OPTION_COUNT, "N", NULL, "show at most N results", &limit },
    { "format", 0, OPTION_CHOICE, NULL, "text|json|trec", "how results are written", &format },
    { "field", 'f', OPTION_LIST, "NAME", NULL, "search this field; may be given again", &fields },
    { "quiet", 'q', OPTION_FLAG, NULL, NULL, "no progress", &quiet },
    { "verbose", 'v', OPTION_FLAG, NULL, NULL, "say more", &verbose },
    { 0 },
};

static const char *operands[100];
static int operand_count;
static struct error error;

static void forget(void)
{
    quiet = verbose = false;
    index_folder = NULL;
    limit = 10;
    format = 0;
    fields.count = 0;
    operand_count = -1;
    error.message[0] = '\0';
}

/* Parses the arguments given as strings. */
#define PARSE(...)                                                                                 \
    parse((const char *[]) { __VA_ARGS__ },                                                        \
          sizeof((const char *[]) { __VA_ARGS__ }) / sizeof(char *))

static enum status parse(const char *const *arguments, size_t count)
{
    char *copies[100];
    forget();
    for (size_t i = 0; i < count; i++)
        copies[i] = (char *)(size_t)arguments[i];
    return options_parse(options, (int)count, copies, operands, &operand_count, &error);
}

#define assert_refused(message_expected, ...)                                                      \
    do {                                                                                           \
        ck_assert_int_eq(PARSE(__VA_ARGS__), STATUS_MISUSE);                                       \
        ck_assert_str_eq(error.message, message_expected);                                         \
    } while (0)

START_TEST(no_arguments_change_nothing)
{
    forget();
    ck_assert_int_eq(options_parse(options, 0, NULL, operands, &operand_count, &error), STATUS_OK);
    ck_assert(operand_count == 0 && limit == 10 && !quiet && !index_folder);
}
END_TEST

START_TEST(a_value_stands_behind_its_name_in_four_ways)
{
    ck_assert_int_eq(PARSE("--limit", "5"), STATUS_OK);
    ck_assert_uint_eq(limit, 5);
    ck_assert_int_eq(PARSE("--limit=6"), STATUS_OK);
    ck_assert_uint_eq(limit, 6);
    ck_assert_int_eq(PARSE("-n", "7"), STATUS_OK);
    ck_assert_uint_eq(limit, 7);
    ck_assert_int_eq(PARSE("-n8"), STATUS_OK);
    ck_assert_uint_eq(limit, 8);
}
END_TEST

START_TEST(every_kind_reaches_its_target)
{
    ck_assert_int_eq(PARSE("--index=库", "--format", "trec", "--field", "title", "-f", "body",
                           "--quiet", "--limit=0"),
                     STATUS_OK);
    ck_assert_str_eq(index_folder, "库");
    ck_assert_int_eq(format, 2);
    ck_assert(quiet && !verbose && limit == 0);
    ck_assert_uint_eq(fields.count, 2);
    ck_assert_str_eq(fields.values[0], "title");
    ck_assert_str_eq(fields.values[1], "body");
}
END_TEST

START_TEST(flags_may_be_joined_and_the_last_letter_may_take_a_value)
{
    ck_assert_int_eq(PARSE("-qv"), STATUS_OK);
    ck_assert(quiet && verbose);
    ck_assert_int_eq(PARSE("-qn3"), STATUS_OK);
    ck_assert(quiet && limit == 3);
    ck_assert_int_eq(PARSE("-vn", "4"), STATUS_OK);
    ck_assert(verbose && limit == 4);
}
END_TEST

START_TEST(options_and_operands_may_mix)
{
    ck_assert_int_eq(PARSE("学前教育", "-q", "-", "--limit", "3", "财政"), STATUS_OK);
    ck_assert_int_eq(operand_count, 3);
    ck_assert_str_eq(operands[0], "学前教育");
    ck_assert_str_eq(operands[1], "-");
    ck_assert_str_eq(operands[2], "财政");
    ck_assert(quiet && limit == 3);
}
END_TEST

START_TEST(two_dashes_end_the_options)
{
    ck_assert_int_eq(PARSE("-q", "--", "--limit", "-n", "--"), STATUS_OK);
    ck_assert_int_eq(operand_count, 3);
    ck_assert_str_eq(operands[0], "--limit");
    ck_assert_str_eq(operands[2], "--");
    ck_assert(quiet && limit == 10);
}
END_TEST

START_TEST(an_empty_argument_is_an_operand_and_may_be_a_value)
{
    ck_assert_int_eq(PARSE("", "--index=", "-i", ""), STATUS_OK);
    ck_assert_int_eq(operand_count, 1);
    ck_assert_str_eq(index_folder, "");
}
END_TEST

START_TEST(a_value_may_hold_equals_signs_and_begin_with_a_dash)
{
    ck_assert_int_eq(PARSE("--index=a=b"), STATUS_OK);
    ck_assert_str_eq(index_folder, "a=b");
    ck_assert_int_eq(PARSE("--index", "-"), STATUS_OK);
    ck_assert_str_eq(index_folder, "-");
    ck_assert_int_eq(PARSE("--index=--quiet"), STATUS_OK);
    ck_assert_str_eq(index_folder, "--quiet");
    ck_assert(!quiet);
}
END_TEST

START_TEST(the_last_of_several_values_counts)
{
    ck_assert_int_eq(PARSE("-n1", "--limit=2", "-q", "-q"), STATUS_OK);
    ck_assert_uint_eq(limit, 2);
}
END_TEST

START_TEST(a_near_miss_is_answered_with_a_suggestion)
{
    assert_refused("unknown option \"--limt\" (did you mean \"--limit\"?)", "--limt");
    assert_refused("unknown option \"--lmiit\" (did you mean \"--limit\"?)", "--lmiit=3");
    assert_refused("unknown option \"--form\" (did you mean \"--format\"?)", "--form", "json");
    assert_refused("unknown option \"--fields\" (did you mean \"--field\"?)", "--fields=title");
    assert_refused("unknown option \"--Quiet\" (did you mean \"--quiet\"?)", "--Quiet");
    assert_refused("unknown option \"-verbose\" (did you mean \"--verbose\"?)", "-verbose");
}
END_TEST

START_TEST(what_is_far_from_everything_gets_no_suggestion)
{
    assert_refused("unknown option \"--server\"", "--server");
    assert_refused("unknown option \"-x\"", "-x");
    assert_refused("unknown option \"-qx\"", "-qx");
    assert_refused("unknown option \"-5\"", "-5");
    assert_refused("unknown option \"--\"", "--=");
    assert_refused("unknown option \"---\"", "---");
    assert_refused("unknown option \"-限\"", "-限");
    assert_refused("unknown option \"--a-very-long-name-that-nobody-would-give-to-an-option\"",
                   "--a-very-long-name-that-nobody-would-give-to-an-option");
}
END_TEST

START_TEST(a_missing_value_is_named)
{
    assert_refused("missing N for option \"--limit\"", "--limit");
    assert_refused("missing N for option \"--limit\"", "-n");
    assert_refused("missing DIR for option \"--index\"", "--index", "--quiet");
    assert_refused("missing DIR for option \"--index\"", "--index", "--", "x");
    assert_refused("missing text|json|trec for option \"--format\"", "-q", "--format");
}
END_TEST

START_TEST(a_flag_takes_no_value)
{
    assert_refused("option takes no value \"--quiet=yes\"", "--quiet=yes");
    ck_assert(!quiet);
}
END_TEST

START_TEST(a_bad_number_is_refused)
{
    static const char *const bad[] = { "", "x", "5x", "-5", "+5", " 5", "1.5", "0x5", "５" };
    for (size_t i = 0; i < LENGTH_OF(bad); i++) {
        char expected[100];
        snprintf(expected, sizeof(expected), "not a number for --limit \"%s\"", bad[i]);
        assert_refused(expected, "--limit", bad[i]);
        ck_assert_uint_eq(limit, 10);
    }
    assert_refused("number too large for --limit \"18446744073709551616\"",
                   "--limit=18446744073709551616");
    assert_refused("number too large for --limit \"99999999999999999999999\"",
                   "-n99999999999999999999999");
}
END_TEST

START_TEST(a_bad_choice_is_refused_with_the_right_ones)
{
    assert_refused("not one of text|json|trec for --format \"xml\"", "--format=xml");
    assert_refused("not one of text|json|trec for --format \"\"", "--format=");
    assert_refused("not one of text|json|trec for --format \"text|json\"", "--format=text|json");
    assert_refused("not one of text|json|trec for --format \"jsno\" (did you mean \"json\"?)",
                   "--format", "jsno");
    ck_assert_int_eq(format, 0);
}
END_TEST

START_TEST(a_list_has_room_for_its_maximum_and_no_more)
{
    const char *many[OPTION_LIST_MAX + 1];
    for (size_t i = 0; i < LENGTH_OF(many); i++)
        many[i] = "-fx";
    ck_assert_int_eq(parse(many, OPTION_LIST_MAX), STATUS_OK);
    ck_assert_uint_eq(fields.count, OPTION_LIST_MAX);
    ck_assert_int_eq(parse(many, OPTION_LIST_MAX + 1), STATUS_MISUSE);
    ck_assert_str_eq(error.message, "more than 64 times --field \"x\"");
}
END_TEST

/* What options_help prints for the rows. */
static const char *help_of(const struct option *rows)
{
    static char text[4000];
    memset(text, 0, sizeof(text));
    FILE *out = fmemopen(text, sizeof(text) - 1, "w");
    options_help(rows, out);
    fclose(out);
    return text;
}

START_TEST(help_is_aligned_lines)
{
    ck_assert_str_eq(help_of(options),
                     "  -i, --index DIR              folder of the index\n"
                     "  -n, --limit N                show at most N results\n"
                     "      --format text|json|trec  how results are written\n"
                     "  -f, --field NAME             search this field; may be given again\n"
                     "  -q, --quiet                  no progress\n"
                     "  -v, --verbose                say more\n");
}
END_TEST

START_TEST(help_wraps_at_eighty_columns)
{
    static const struct option rows[] = {
        { "limit", 'l', OPTION_COUNT, "N", NULL,
          "show at most N results, which is what most people want most of the time, but not all",
          &limit },
        { "when", 0, OPTION_CHOICE, "WHEN", "auto|always|never",
          "colour the output on a terminal only, everywhere or nowhere", &format },
        { "an-option-with-a-very-long-name", 0, OPTION_STRING, "VALUE", NULL, "一段 中文 说明",
          &index_folder },
        { 0 },
    };
    ck_assert_str_eq(
        help_of(rows),
        "  -l, --limit N    show at most N results, which is what most people want most\n"
        "                   of the time, but not all\n"
        "      --when WHEN  colour the output on a terminal only, everywhere or nowhere\n"
        "                   (auto|always|never)\n"
        "      --an-option-with-a-very-long-name VALUE\n"
        "                   一段 中文 说明\n");
}
END_TEST

START_TEST(no_options_have_no_help)
{
    static const struct option none[] = { { 0 } };
    ck_assert_str_eq(help_of(none), "");
}
END_TEST

/* Writes `bytes` bytes to a stdout that is `fd`, then closes the output. */
static enum status write_and_close(int fd, size_t bytes)
{
    ck_assert_int_ge(dup2(fd, STDOUT_FILENO), 0);
    for (size_t i = 0; i < bytes; i++)
        putchar('x');
    enum status status = output_close(&error);
    clearerr(stdout);
    return status;
}

START_TEST(output_that_was_written_is_well)
{
    int fd = open("/dev/null", O_WRONLY);
    ck_assert_int_eq(write_and_close(fd, 100000), STATUS_OK);
}
END_TEST

START_TEST(a_full_disk_is_a_failure_however_early_it_was)
{
    int fd = open("/dev/full", O_WRONLY);
    ck_assert_int_eq(write_and_close(fd, 10), STATUS_IO);
    ck_assert_str_eq(error.message, "cannot write to \"standard output\": No space left on device");
    ck_assert_int_eq(write_and_close(fd, 100000), STATUS_IO);
    ck_assert_int_eq(dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO), STDOUT_FILENO);
    fflush(stdout);
}
END_TEST

START_TEST(a_pipe_that_its_reader_closed_is_no_failure)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(write_and_close(ends[1], 10), STATUS_OK);
    ck_assert_int_eq(write_and_close(ends[1], 100000), STATUS_OK);
    ck_assert_int_eq(dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO), STDOUT_FILENO);
    fflush(stdout);
}
END_TEST

RUN_SUITE("options", NULL, NULL, no_arguments_change_nothing,
          a_value_stands_behind_its_name_in_four_ways, every_kind_reaches_its_target,
          flags_may_be_joined_and_the_last_letter_may_take_a_value, options_and_operands_may_mix,
          two_dashes_end_the_options, an_empty_argument_is_an_operand_and_may_be_a_value,
          a_value_may_hold_equals_signs_and_begin_with_a_dash, the_last_of_several_values_counts,
          a_near_miss_is_answered_with_a_suggestion, what_is_far_from_everything_gets_no_suggestion,
          a_missing_value_is_named, a_flag_takes_no_value, a_bad_number_is_refused,
          a_bad_choice_is_refused_with_the_right_ones, a_list_has_room_for_its_maximum_and_no_more,
          help_is_aligned_lines, help_wraps_at_eighty_columns, no_options_have_no_help,
          output_that_was_written_is_well, a_full_disk_is_a_failure_however_early_it_was,
          a_pipe_that_its_reader_closed_is_no_failure)
