/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person sees of a run: a line that rewrites itself on a terminal, whole lines elsewhere. */
#define _GNU_SOURCE

#include "indexer/batch/progress.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tests/base/suite.h"

static int master;
static FILE *terminal;

static void set_up(void)
{
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    master = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(master, 0);
    ck_assert(!grantpt(master) && !unlockpt(master));
    terminal = fopen(ptsname(master), "w");
    ck_assert_ptr_nonnull(terminal);
}

static void tear_down(void)
{
    fclose(terminal);
    close(master);
}

static const struct progress_state HALF = { .files = 3,
                                            .all_files = 6,
                                            .bytes = 1500000,
                                            .all_bytes = 3000000,
                                            .replies = 30,
                                            .failed = 1 };

/* As if it had begun, and drawn last, so many seconds ago. */
static void wait_seconds(struct progress *progress, double seconds)
{
    progress->started -= seconds;
    progress->drawn -= seconds;
}

static const char *read_terminal(void)
{
    static char shown[1024];
    ssize_t length = read(master, shown, sizeof(shown) - 1);
    shown[length > 0 ? length : 0] = '\0';
    return shown;
}

START_TEST(a_terminal_has_one_line_that_is_rewritten_and_taken_away)
{
    struct progress progress;
    progress_start(&progress, terminal);
    ck_assert(progress.live);
    wait_seconds(&progress, 10);
    progress_update(&progress, &HALF);
    const char *shown = read_terminal();
    ck_assert_ptr_nonnull(
        strstr(shown, "\r3 of 6 files, 1.5 of 3.0 MB, 3 replies/s, 1 left out, 10 s left\033[K"));
    ck_assert_ptr_null(strchr(shown, '\n'));
    progress_clear(&progress);
    ck_assert_str_eq(read_terminal(), "\r\033[K");
    ck_assert(!progress.visible);
}
END_TEST

START_TEST(it_is_not_drawn_again_at_once)
{
    struct progress progress;
    progress_start(&progress, terminal);
    wait_seconds(&progress, 10);
    progress_update(&progress, &HALF);
    read_terminal();
    progress.drawn += 1000; /* however slow the machine */
    progress_update(&progress, &HALF);
    progress_clear(&progress);
    ck_assert_str_eq(read_terminal(), "\r\033[K");
}
END_TEST

START_TEST(a_terminal_that_cannot_be_rewritten_gets_plain_lines)
{
    struct progress progress;
    setenv("TERM", "dumb", 1);
    progress_start(&progress, terminal);
    ck_assert(!progress.live);
    setenv("TERM", "xterm", 1);
    setenv("NO_COLOR", "1", 1);
    progress_start(&progress, terminal);
    ck_assert(!progress.live);
}
END_TEST

START_TEST(a_file_gets_whole_lines_which_become_rarer)
{
    struct progress progress;
    char *bytes = NULL;
    size_t length = 0;
    FILE *plain = tmpfile();
    ck_assert_ptr_nonnull(plain);
    progress_start(&progress, plain);
    wait_seconds(&progress, 15);
    progress_update(&progress, &HALF); /* too soon */
    wait_seconds(&progress, 10);
    progress_update(&progress, &HALF);
    wait_seconds(&progress, 25); /* the next one takes 30 */
    progress_update(&progress, &HALF);
    wait_seconds(&progress, 10);
    progress_update(&progress, &(struct progress_state){ .replies = 77 });
    progress_clear(&progress);
    rewind(plain);
    ck_assert_int_gt(getdelim(&bytes, &length, '\0', plain), 0);
    ck_assert_str_eq(bytes, "dafu-index: 3 of 6 files, 1.5 of 3.0 MB, 1 replies/s, 1 left out, "
                            "25 s left\ndafu-index: 77 replies\n");
    free(bytes);
    fclose(plain);
}
END_TEST

START_TEST(who_wants_quiet_has_it)
{
    struct progress progress;
    progress_start(&progress, terminal);
    progress.quiet = true;
    wait_seconds(&progress, 100);
    progress_update(&progress, &HALF);
    ck_assert(!progress.visible);
}
END_TEST

RUN_SUITE("progress", set_up, tear_down,
          a_terminal_has_one_line_that_is_rewritten_and_taken_away, it_is_not_drawn_again_at_once,
          a_terminal_that_cannot_be_rewritten_gets_plain_lines,
          a_file_gets_whole_lines_which_become_rarer, who_wants_quiet_has_it)
