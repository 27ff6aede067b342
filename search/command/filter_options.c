/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/command/filter_options.h"

#include "indexer/base/utf8.h"

static enum status check_text(const char *value, struct error *error)
{
    if (utf8_find_invalid(text_of(value)) != TEXT_NONE)
        return error_set(error, STATUS_MISUSE, "a filter is not valid UTF-8");
    if (!text_trim(text_of(value)).length)
        return error_set(error, STATUS_MISUSE, "an empty filter");
    return STATUS_OK;
}

enum status filter_options_read(const struct filter_options *options, struct search_filters *out,
                                struct error *error)
{
    enum status status = STATUS_OK;
    *out = (struct search_filters) { .from = text_of(options->from), .to = text_of(options->to) };
    if (options->from)
        status = check_text(options->from, error);
    if (options->to && !status)
        status = check_text(options->to, error);
    for (int facet = 0; facet < FACET_COUNT; facet++)
        for (size_t i = 0; i < options->values[facet].count && !status; i++) {
            const char *value = options->values[facet].values[i];
            status = check_text(value, error);
            if (!status)
                status = search_filters_add(out, (enum facet)facet, text_of(value), error);
        }
    return status;
}

enum status facet_list_read(const char *names, unsigned *out, struct error *error)
{
    struct text rest = text_of(names), name;
    *out = 0;
    while (text_split(&rest, TEXT(","), &name)) {
        enum facet facet;
        if (text_equal(name, TEXT("all")))
            *out |= FACET_BIT(FACET_COUNT) - 1;
        else if (facet_find(name, &facet))
            *out |= FACET_BIT(facet);
        else
            return error_set(error, STATUS_MISUSE, "no such facet \"%.*s\"", TEXT_ARG(name));
    }
    return STATUS_OK;
}
