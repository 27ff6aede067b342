/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs as trec_eval reads them: it sorts by score and ignores the rank, so equal scores are kept
 * apart in the last digit. */
#include "search/output/output.h"

#define SCORE_STEP 1e-6 /* the last digit that is printed */

/* A name in a run has no blanks. */
static void print_name(FILE *stream, struct text name)
{
    if (name.length == 0)
        fputc('-', stream);
    for (size_t i = 0; i < name.length; i++)
        fputc((unsigned char)name.data[i] <= ' ' || name.data[i] == 0x7F ? '_' : name.data[i],
              stream);
}

enum status trec_output_write(const struct output *output, const struct result_list *list,
                              struct error *error)
{
    double last = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct result *result = &list->results[i];
        double score = i && result->score > last - SCORE_STEP ? last - SCORE_STEP : result->score;
        last = score;
        print_name(output->stream, output->topic);
        fputs(" Q0 ", output->stream);
        print_name(output->stream, result->passage.docno);
        fprintf(output->stream, " %zu %.6f dafu\n", result->rank, score);
    }
    return STATUS_OK;
}
