/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/batch/fixture.h"

#include <jansson.h>

#include "indexer/batch/report.h"

static struct adder adder;

static struct report report_of(void)
{
    adder_init(&adder);
    adder.committed.files = 7;
    adder.committed.gone = 2;
    adder.committed.text_bytes = 3000000;
    adder.committed.left_out[STATUS_LIMIT] = 4;
    adder.times.reading = 0.1234567;
    return (struct report) { .started_ns = 1700000000123456789, .seconds = 1.5, .adder = &adder };
}

static json_t *written(struct report *report, bool brief)
{
    struct buffer out = BUFFER_INIT;
    ck_assert_int_eq(report_write(report, brief, &out, &error), STATUS_OK);
    ck_assert_ptr_null(memchr(out.data, '\n', out.length));
    json_t *object = json_loadb(out.data, out.length, 0, NULL);
    ck_assert_ptr_nonnull(object);
    buffer_release(&out);
    buffer_release(&report->messages);
    adder_release(&adder);
    return object;
}

static void assert_integer(json_t *object, const char *group, const char *key, json_int_t expected)
{
    json_t *value = json_object_get(json_object_get(object, group), key);
    ck_assert_msg(json_is_integer(value), "%s %s", group, key);
    ck_assert_int_eq(json_integer_value(value), expected);
}

static double real_of(json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

START_TEST(counts_times_and_rates_are_told)
{
    struct report report = report_of();
    json_t *object = written(&report, true);
    ck_assert_str_eq(json_string_value(json_object_get(object, "started")), "2023-11-14T22:13:20Z");
    ck_assert(json_is_false(json_object_get(object, "interrupted")));
    assert_integer(object, "files", "met", 7);
    assert_integer(object, "replies", "removed", 2);
    ck_assert_double_eq(real_of(json_object_get(object, "bytes"), "megabytes_per_second"), 2.0);
    ck_assert_double_eq(real_of(json_object_get(object, "stages"), "reading"), 0.123);
    json_decref(object);
}
END_TEST

START_TEST(only_reasons_that_were_met_are_named)
{
    struct report report = report_of();
    json_t *object = written(&report, true);
    ck_assert_uint_eq(json_object_size(json_object_get(object, "left_out")), 1);
    assert_integer(object, "left_out", status_name(STATUS_LIMIT), 4);
    json_decref(object);
}
END_TEST

START_TEST(a_run_of_no_time_has_no_rate)
{
    struct report report = report_of();
    report.seconds = 0;
    json_t *object = written(&report, true);
    json_t *rate = json_object_get(json_object_get(object, "bytes"), "megabytes_per_second");
    ck_assert(json_is_real(rate));
    ck_assert_double_eq(json_real_value(rate), 0.0);
    json_decref(object);
}
END_TEST

START_TEST(messages_are_kept_up_to_a_number_and_left_out_when_brief)
{
    struct report report = report_of();
    report_note(&report, "一份“答复”\\");
    for (int i = 0; i < REPORT_MESSAGES_MAX; i++)
        report_note(&report, "more");
    json_t *object = written(&report, false), *messages = json_object_get(object, "messages");
    ck_assert_uint_eq(json_array_size(messages), REPORT_MESSAGES_MAX);
    ck_assert_str_eq(json_string_value(json_array_get(messages, 0)), "一份“答复”\\");
    json_decref(object);
    report = report_of();
    report_note(&report, "one");
    object = written(&report, true);
    ck_assert_ptr_null(json_object_get(object, "messages"));
    json_decref(object);
}
END_TEST

RUN_SUITE("report", counts_times_and_rates_are_told, only_reasons_that_were_met_are_named,
          a_run_of_no_time_has_no_rate, messages_are_kept_up_to_a_number_and_left_out_when_brief)
