/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many figures of hand-made sentences (gold/) are found, and with the right value, unit, year,
 * direction and measure. With --list FILE the program prints what is wrong instead, and the scores. */
#include "indexer/base/file.h"
#include "search/extract/figures.h"

#include <math.h>
#include <stdio.h>

#include "tests/search/run_suite.h"

#define GOLD DAFU_SOURCE_DIR "/tests/search/gold/"
#define FIGURES_MAX 16
#define TOLERANCE 1e-3 /* a third is 33.33 % */

struct gold {
    struct text whole, measure, value, unit, year, change;
};

enum part { PART_VALUE, PART_BOUND, PART_UNIT, PART_YEAR, PART_CHANGE, PART_MEASURE, PARTS };
static const char *const NAMES[PARTS] = { "value", "bound", "unit", "year", "change", "measure" };

struct score {
    size_t expected, found, wrong; /* wrong: figures that the gold does not have */
    size_t right[PARTS];           /* of those found */
    size_t all;                    /* every part right */
};

static struct lexicon *lexicon;
static struct arena arena;
static struct error error;
static struct normalized scratch;

/* As an assertion, also where no test is running. */
static void demand(enum status status)
{
    if (!status)
        return;
    fprintf(stderr, "%s\n", error.message);
    exit(EXIT_FAILURE);
}

static void set_up(void)
{
    arena_init(&arena, 0);
    normalized_init(&scratch);
    demand(lexicon_open(NULL, &lexicon, &error));
}

static void tear_down(void)
{
    lexicon_free(lexicon);
    normalized_release(&scratch);
    arena_release(&arena);
}

/* Takes what stands before `mark` off the front. */
static struct text cut(struct text *rest, struct text mark)
{
    size_t at = text_find(*rest, mark);
    struct text head = at == TEXT_NONE ? *rest : text_slice(*rest, 0, at);
    size_t next = at == TEXT_NONE ? rest->length : at + mark.length;
    *rest = text_slice(*rest, next, rest->length - next);
    return head;
}

static struct gold read_gold(struct text field)
{
    struct gold gold = { .whole = field };
    gold.measure = cut(&field, TEXT("|"));
    gold.value = cut(&field, TEXT("|"));
    gold.unit = cut(&field, TEXT("|"));
    gold.year = cut(&field, TEXT("|"));
    gold.change = field;
    return gold;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= TOLERANCE * fabs(b);
}

static enum figure_bound bound_of(struct text *value)
{
    static const struct text MARKS[] = { TEXT_INIT(""), TEXT_INIT("~"), TEXT_INIT(">"),
                                         TEXT_INIT("<") };
    for (int i = FIGURE_ABOUT; i <= FIGURE_UNDER; i++)
        if (text_starts_with(*value, MARKS[i])) {
            *value = text_slice(*value, 1, value->length - 1);
            return (enum figure_bound)i;
        }
    return FIGURE_EXACT;
}

static double number(struct text text)
{
    char copy[40];
    snprintf(copy, sizeof(copy), "%.*s", TEXT_ARG(text));
    return strtod(copy, NULL);
}

static bool same_value(const struct figure *figure, const struct gold *gold)
{
    struct text value = gold->value;
    bound_of(&value);
    struct text low = cut(&value, TEXT("-"));
    return near(figure->low, number(low)) && near(figure->high, number(value.length ? value : low));
}

static struct text year_of(const struct figure *figure)
{
    static const char *const SAID[] = { "", "", "this", "last" };
    return figure->time == FIGURE_YEAR ? arena_printf(&arena, "%u", figure->year)
                                       : text_of(SAID[figure->time]);
}

static bool measures(struct text measure, struct text names)
{
    while (names.length)
        if (text_equal(cut(&names, TEXT("//")), measure))
            return true;
    return false;
}

static void judge(const struct figure *figure, const struct gold *gold, bool right[PARTS])
{
    struct text value = gold->value;
    int change = gold->change.length == 0 ? 0 : gold->change.data[0] == '+' ? 1 : -1;
    right[PART_VALUE] = same_value(figure, gold);
    right[PART_BOUND] = figure->bound == bound_of(&value);
    right[PART_UNIT] = text_equal(figure->unit, gold->unit);
    right[PART_YEAR] = text_equal(year_of(figure), gold->year);
    right[PART_CHANGE] = figure->direction == change;
    right[PART_MEASURE] = measures(figure->measure, gold->measure);
}

static void print_figure(const char *mark, const struct figure *figure)
{
    struct text year = year_of(figure);
    printf("  %s %.*s|%s%.12g", mark, TEXT_ARG(figure->measure), &"\0\0~\0>\0<"[2 * figure->bound],
           figure -> low);
    if (figure->high != figure->low)
        printf("-%.12g", figure->high);
    printf("|%.*s|%.*s|%s\n", TEXT_ARG(figure->unit), TEXT_ARG(year),
           figure->direction > 0   ? "+"
           : figure->direction < 0 ? "-"
                                   : "");
}

/* The figures of both in the order of the text, paired by their values. */
static void compare(struct text sentence, const struct figure_list *list, const struct gold *golds,
                    size_t count, struct score *score, bool listing)
{
    size_t at = 0;
    bool told = !listing;
    score->expected += count;
    for (size_t i = 0; i < count; i++) {
        size_t match = at;
        while (match < list->count && !same_value(&list->figures[match], &golds[i]))
            match++;
        bool missing = match == list->count, right[PARTS], all = !missing;
        if (!missing) {
            score->found++;
            score->wrong += match - at;
            judge(&list->figures[match], &golds[i], right);
            for (int part = 0; part < PARTS; part++) {
                score->right[part] += right[part];
                all = all && right[part];
            }
        }
        score->all += all;
        if (!all || match > at) {
            if (!told)
                printf("%.*s\n", TEXT_ARG(sentence));
            told = true;
        }
        for (size_t extra = at; listing && !missing && extra < match; extra++)
            print_figure("!", &list->figures[extra]);
        if (listing && !all) {
            printf("  - %.*s\n", TEXT_ARG(golds[i].whole));
            if (!missing)
                print_figure("+", &list->figures[match]);
        }
        at = missing ? at : match + 1;
    }
    score->wrong += list->count - at;
    if (listing && at < list->count) {
        if (!told || count == 0)
            printf("%.*s\n", TEXT_ARG(sentence));
        for (; at < list->count; at++)
            print_figure("!", &list->figures[at]);
    }
}

static struct score score_file(const char *path, bool listing)
{
    struct score score = { 0 };
    struct file_map map = { 0 };
    demand(file_map_open(path, &map, &error));
    struct text rest = text_of_bytes((const char *)map.data, map.length);
    while (rest.length) {
        struct text line = cut(&rest, TEXT("\n"));
        struct gold golds[FIGURES_MAX];
        struct figure_list list = { 0 };
        size_t count = 0;
        if (!line.length || line.data[0] == '#')
            continue;
        struct text sentence = cut(&line, TEXT("\t"));
        for (; line.length && count < FIGURES_MAX; count++)
            golds[count] = read_gold(cut(&line, TEXT("\t")));
        demand(figures_find(sentence, lexicon, &scratch, &arena, &list, &error));
        compare(sentence, &list, golds, count, &score, listing);
    }
    file_map_close(&map);
    return score;
}

static void print_score(const struct score *score)
{
    printf("%zu figures, found %zu, not there %zu", score->expected, score->found, score->wrong);
    for (int part = 0; part < PARTS; part++)
        printf(", %s %.1f %%", NAMES[part],
               100.0 * (double)score->right[part] / (double)score->expected);
    printf(", whole %.1f %%\n", 100.0 * (double)score->all / (double)score->expected);
}

static void assert_right(const char *path, double found, double whole)
{
    struct score score = score_file(path, false);
    double expected = (double)score.expected;
    print_score(&score);
    ck_assert_double_ge((double)score.found / expected, found);
    ck_assert_double_ge((double)score.all / expected, whole);
    ck_assert_double_le((double)score.wrong / expected, 1 - found);
}

START_TEST(the_figures_of_sentences_are_right)
{
    assert_right(GOLD "figures.tsv", 0.99, 0.96);
}
END_TEST

START_TEST(so_are_those_of_sentences_kept_for_the_end)
{
    assert_right(GOLD "figures-held.tsv", 0.97, 0.86);
}
END_TEST

START_TEST(so_are_those_of_sentences_that_nobody_had_looked_at)
{
    assert_right(GOLD "figures-third.tsv", 0.97, 0.89);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--list") == 0) {
        set_up();
        struct score score = score_file(argv[2], true);
        print_score(&score);
        tear_down();
        return EXIT_SUCCESS;
    }
    TCase *tests = tcase_create("figures of sentences");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_figures_of_sentences_are_right);
    tcase_add_test(tests, so_are_those_of_sentences_kept_for_the_end);
    tcase_add_test(tests, so_are_those_of_sentences_that_nobody_had_looked_at);
    return run_tests("figures of sentences", tests);
}
