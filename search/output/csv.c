/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/csv.h"

static bool needs_quotes(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == ',' || text.data[i] == '"' || text.data[i] == '\n' ||
            text.data[i] == '\r')
            return true;
    return text.length && (text.data[0] == ' ' || text.data[text.length - 1] == ' ');
}

static bool is_formula(struct text text)
{
    static const struct text STARTS[] = {
        TEXT_INIT("="),  TEXT_INIT("+"),  TEXT_INIT("-"),  TEXT_INIT("@"),  TEXT_INIT("\t"),
        TEXT_INIT("\r"), TEXT_INIT("＝"), TEXT_INIT("＋"), TEXT_INIT("－"), TEXT_INIT("＠"),
    };
    for (size_t i = 0; i < sizeof(STARTS) / sizeof(*STARTS); i++)
        if (text_starts_with(text, STARTS[i]))
            return true;
    return false;
}

static void begin_field(struct csv *csv)
{
    if (csv->begun)
        fputc(',', csv->stream);
    csv->begun = true;
}

void csv_text(struct csv *csv, struct text text)
{
    bool formula = is_formula(text), quotes = needs_quotes(text);
    begin_field(csv);
    fputs(quotes ? "\"" : "", csv->stream);
    fputs(formula ? "'" : "", csv->stream);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"')
            fputc('"', csv->stream);
        fputc(text.data[i], csv->stream);
    }
    fputs(quotes ? "\"" : "", csv->stream);
}

void csv_number(struct csv *csv, double number, int decimals)
{
    begin_field(csv);
    fprintf(csv->stream, "%.*f", decimals, number);
}

void csv_end_row(struct csv *csv)
{
    fputs("\r\n", csv->stream);
    csv->begun = false;
}

void csv_header(struct csv *csv, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_text(csv, text_of(names[i]));
    csv_end_row(csv);
}
