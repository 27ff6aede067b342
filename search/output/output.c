/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/output.h"

const struct output_format OUTPUTS[OUTPUT_COUNT] = {
    [OUTPUT_TEXT] = { "text", 10, false, false, text_output_write },
    [OUTPUT_JSON] = { "json", 10, false, false, json_output_write },
    [OUTPUT_TREC] = { "trec", 100, true, true, trec_output_write },
    [OUTPUT_CSV] = { "csv", 100, false, false, csv_output_write },
};
