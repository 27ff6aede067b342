/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_icu FILE: MB per CPU second of ICU's word break iterator over the lines of a UTF-8 file,
 * as UText, so that nothing is converted. Optional: only where libicu-dev is installed. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static size_t count_words(UBreakIterator *iterator, UText **text, struct text line)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t words = 0;
    *text = utext_openUTF8(*text, line.data, (int64_t)line.length, &code);
    ubrk_setUText(iterator, *text, &code);
    if (U_FAILURE(code))
        return 0;
    ubrk_first(iterator);
    while (ubrk_next(iterator) != UBRK_DONE)
        words++;
    return words;
}

int main(int argc, char **argv)
{
    struct error error;
    CLEANUP(buffer_release) struct buffer file = BUFFER_INIT;
    if (argc != 2 || file_read(argv[1], (size_t)1 << 30, &file, &error)) {
        fprintf(stderr, "usage: bench_icu FILE\n");
        return 2;
    }
    UErrorCode code = U_ZERO_ERROR;
    double start = seconds();
    UBreakIterator *iterator = ubrk_open(UBRK_WORD, "zh", NULL, 0, &code);
    if (U_FAILURE(code))
        return 2;
    UText *text = NULL;
    count_words(iterator, &text, TEXT("政策"));
    printf("opened in %.0f ms\n", (seconds() - start) * 1000);

    struct text rest = buffer_text(&file), line;
    size_t words = 0;
    start = seconds();
    while (text_split(&rest, TEXT("\n"), &line))
        words += count_words(iterator, &text, line);
    double taken = seconds() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%.2f MB/CPU-s\n%zu words\n%ld MB, the text included\n",
           (double)file.length / 1e6 / taken, words, usage.ru_maxrss / 1024);
    utext_close(text);
    ubrk_close(iterator);
    return 0;
}
