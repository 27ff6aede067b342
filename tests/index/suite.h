/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the test programs of this floor share: a main function. */
#ifndef DAFU_TESTS_INDEX_SUITE_H
#define DAFU_TESTS_INDEX_SUITE_H

#include <stdlib.h>

#include <check.h>

/* Runs the tests, each between before() and after() (either may be NULL). */
static inline int run_suite(const char *name, void (*before)(void), void (*after)(void),
                            const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *group = tcase_create(name);
    tcase_add_checked_fixture(group, before, after);
    tcase_set_timeout(group, 120);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(group, tests[i]);
    suite_add_tcase(suite, group);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define RUN_SUITE(name, before, after, ...)                                                        \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const tests[] = { __VA_ARGS__ };                                              \
        return run_suite(name, before, after, tests, sizeof(tests) / sizeof(tests[0]));            \
    }

#endif
