/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index segment: the lines of standard input with their words separated by single spaces.
 * Words are found in the normalised text; what is printed are the author's characters, found
 * through the normaliser's map. Apart from spaces every byte of the input comes out again, also
 * those that are not UTF-8. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "indexer/analysis/convention.h"
#include "indexer/analysis/normalizer.h"
#include "indexer/analysis/segmenter.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"

static const char *words_path;
static int convention = CONVENTION_PLAIN;

static const struct option OPTIONS[] = {
    { "words", 'w', OPTION_STRING, "FILE", NULL,
      "with words of your own: one a line and, behind a blank, its weight", &words_path },
    { "convention", 'c', OPTION_CHOICE, NULL, "index|plain|pku|msr",
      "what is one word: as the index cuts; surname and given name apart and loose compounds, too "
      "(plain, if you do not say); everything apart that lists of words can divide, as in the "
      "People's Daily corpus; persons, bodies and foreign names whole, as in Microsoft Research's",
      &convention },
    HELP_OPTION,
    OPTIONS_END,
};

#define CHUNK_BYTES ((size_t)1 << 20) /* a longer line is cut in pieces of this size */

struct segmentation {
    const struct lexicon *lexicon;
    enum convention convention;
    struct normalized normalized;
    struct arena scratch;
    struct word_list words;
    bool separate; /* something stands before in this line */
};

static void print_without_spaces(struct text text)
{
    const char *rest = text.data, *end = text.data + text.length;
    while (rest < end) {
        const char *space = memchr(rest, ' ', (size_t)(end - rest));
        const char *stop = space ? space : end;
        fwrite(rest, 1, (size_t)(stop - rest), stdout);
        rest = space ? space + 1 : end;
    }
}

static bool only_spaces(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != ' ')
            return false;
    }
    return true;
}

/* A word, which begins after a space; or what belongs to the word before. */
static void print_piece(struct segmentation *segmentation, struct text piece, bool begins)
{
    if (only_spaces(piece))
        return;
    if (begins && segmentation->separate)
        putchar(' ');
    segmentation->separate = segmentation->separate || begins;
    print_without_spaces(piece);
}

/* What normalisation dropped between two words goes to the first; words that share a character of
 * the original (㎡ is m and 2) stay together. */
static enum status print_words(struct segmentation *segmentation, struct text text,
                               struct error *error)
{
    struct normalized *normalized = &segmentation->normalized;
    enum status status = normalizer_run(segmentation->lexicon, text, normalized, error);
    arena_clear(&segmentation->scratch);
    segmentation->words = (struct word_list) { 0 };
    if (!status)
        status = segmenter_cut(segmentation->lexicon, buffer_text(&normalized->text),
                               &segmentation->scratch, &segmentation->words, error);
    if (!status)
        status = convention_apply(segmentation->convention, segmentation->lexicon,
                                  buffer_text(&normalized->text), &segmentation->scratch,
                                  &segmentation->words, error);
    if (status)
        return status;

    size_t done = 0;
    for (size_t i = 0; i < segmentation->words.count; i++) {
        const struct word *word = &segmentation->words.words[i];
        uint32_t start, length;
        normalized_source(normalized, word->offset, word->length, &start, &length);
        size_t end = (size_t)start + length;
        if (end <= done)
            continue;
        if (start > done)
            print_piece(segmentation, text_slice(text, done, start - done), false);
        size_t from = start > done ? start : done;
        print_piece(segmentation, text_slice(text, from, end - from), start >= done);
        done = end;
    }
    print_piece(segmentation, text_slice(text, done, text.length - done), false);
    return STATUS_OK;
}

/* Valid UTF-8 is segmented; bytes that are not are printed as they are. */
static enum status print_part(struct segmentation *segmentation, struct text part,
                              struct error *error)
{
    size_t start = 0, offset = 0;
    enum status status = STATUS_OK;
    if (utf8_find_invalid(part) == TEXT_NONE)
        return print_words(segmentation, part, error);
    while (!status && offset < part.length) {
        size_t at = offset;
        if (utf8_next(part.data, part.length, &offset) != UTF8_INVALID)
            continue;
        if (at > start)
            status = print_words(segmentation, text_slice(part, start, at - start), error);
        print_piece(segmentation, text_slice(part, at, offset - at), true);
        start = offset;
    }
    if (!status && start < part.length)
        status = print_words(segmentation, text_slice(part, start, part.length - start), error);
    return status;
}

/* Where to cut a line that is too long to be held: behind its last ASCII byte or Chinese
 * punctuation (U+3000 to U+303F, U+FF00 to U+FFEF), or else before its last, perhaps unfinished,
 * character. */
static size_t cut_point(struct text text)
{
    size_t last = text.length;
    while (last > 0 && ((unsigned char)text.data[last - 1] & 0xC0) == 0x80 &&
           text.length - last < 3)
        last--;
    if (last > 0 && (unsigned char)text.data[last - 1] >= 0xC0)
        last--;
    for (size_t i = last; i >= 3 && last - i < 4096; i--) {
        const unsigned char *end = (const unsigned char *)text.data + i;
        if (end[-1] < 0x80 || (end[-3] == 0xE3 && end[-2] == 0x80) ||
            (end[-3] == 0xEF && end[-2] >= 0xBC))
            return i;
    }
    return last ? last : text.length;
}

/* The line end, "\n" or "\r\n", is printed as it is. */
static enum status print_line(struct segmentation *segmentation, struct text line,
                              struct error *error)
{
    bool carriage = line.length && line.data[line.length - 1] == '\r';
    line.length -= carriage;
    enum status status = print_part(segmentation, line, error);
    fputs(carriage ? "\r\n" : "\n", stdout);
    segmentation->separate = false;
    return status;
}

/* Takes the whole lines off the bytes in `chunk`; of a chunk without any, all but the end. */
static enum status print_lines(struct segmentation *segmentation, char *chunk, size_t *used,
                               bool full, struct error *error)
{
    enum status status = STATUS_OK;
    size_t done = 0;
    const char *end;
    while (!status && (end = memchr(chunk + done, '\n', *used - done))) {
        size_t length = (size_t)(end - chunk) - done;
        status = print_line(segmentation, text_of_bytes(chunk + done, length), error);
        done += length + 1;
    }
    if (!status && done == 0 && full) {
        done = cut_point(text_of_bytes(chunk, *used));
        status = print_part(segmentation, text_of_bytes(chunk, done), error);
    }
    memmove(chunk, chunk + done, *used - done);
    *used -= done;
    return status;
}

/* What has been read is answered before more is waited for. */
static enum status segment(struct segmentation *segmentation, int in, char *chunk,
                           struct error *error)
{
    size_t used = 0;
    ssize_t count;
    while ((count = read(in, chunk + used, CHUNK_BYTES - used)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_set(error, STATUS_IO, "cannot read standard input: %s", strerror(errno));
        used += (size_t)count;
        enum status status = print_lines(segmentation, chunk, &used, used == CHUNK_BYTES, error);
        if (status)
            return status;
        if (fflush(stdout))
            return STATUS_OK; /* output_close tells, or not when the pipe was closed */
    }
    return used ? print_part(segmentation, text_of_bytes(chunk, used), error) : STATUS_OK;
}

static enum exit_code run(const char **operands, int count)
{
    if (count > 0)
        return misuse("unexpected operand \"%s\" (text is read from standard input); "
                      "try 'dafu-index segment --help'",
                      operands[0]);
    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(cleanup_free) char *chunk = malloc(CHUNK_BYTES);
    if (!chunk) {
        say("out of memory");
        return EXIT_FAILED;
    }
    if (open_lexicon(NULL, words_path, &lexicon, &error))
        return fail(&error);

    struct segmentation segmentation = { .lexicon = lexicon,
                                         .convention = (enum convention)convention };
    normalized_init(&segmentation.normalized);
    arena_init(&segmentation.scratch, 0);
    enum status status = segment(&segmentation, STDIN_FILENO, chunk, &error);
    normalized_release(&segmentation.normalized);
    arena_release(&segmentation.scratch);
    enum exit_code code = finish_output(EXIT_DONE);
    return status ? fail(&error) : code;
}

const struct command SEGMENT_COMMAND = {
    .name = "segment",
    .operands = "",
    .summary = "cut the lines of standard input into words",
    .details =
        "The same characters come out, words separated by single spaces; spaces of the input\n"
        "are not kept.",
    .options = OPTIONS,
    .run = run,
};
