/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The end of every test program of this folder. */
#ifndef DAFU_TESTS_SERVER_RUN_SUITE_H
#define DAFU_TESTS_SERVER_RUN_SUITE_H

#include <check.h>
#include <stdlib.h>

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(*(table))))

static inline int run_tests(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
