/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/similar.h"

#include "indexer/base/utf8.h"

#define SUBJECT_CODEPOINTS 120

/* 关于发展家庭养老床位的建议 is about what stands between 关于 and the last 的. Quotation marks would
 * ask for exactly these words, and colons for a field. */
static struct text matter_of(const struct reply_record *reply, struct arena *arena)
{
    struct text matter = reply->subject.length ? reply->subject : reply->title;
    if (text_starts_with(matter, TEXT("关于")))
        matter = text_slice(matter, 6, matter.length - 6);
    size_t end = text_find_last(matter, TEXT("的"));
    if (end != TEXT_NONE && matter.length - end <= strlen("的意见建议"))
        matter.length = end;
    matter.length = utf8_advance(matter, SUBJECT_CODEPOINTS);
    struct text copy = arena_text(arena, matter);
    static const struct text MARKS[] = { TEXT_INIT("“"),  TEXT_INIT("”"),  TEXT_INIT("「"),
                                         TEXT_INIT("」"), TEXT_INIT("《"), TEXT_INIT("》"),
                                         TEXT_INIT("："), TEXT_INIT("（"), TEXT_INIT("）") };
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; copy.data && i < copy.length; i++) {
        if (strchr("\":()-", bytes[i]))
            bytes[i] = ' ';
        for (size_t m = 0; m < sizeof(MARKS) / sizeof(*MARKS); m++)
            if (copy.length - i >= MARKS[m].length &&
                memcmp(bytes + i, MARKS[m].data, MARKS[m].length) == 0)
                memset(bytes + i, ' ', MARKS[m].length);
    }
    return copy;
}

enum status similar_find(struct searcher *searcher, const struct reply_record *reply, size_t limit,
                         struct arena *arena, struct result_list *out, struct error *error)
{
    const struct search_options options = {
        .limit = limit + 1, .group = true, .group_passages = 1, .snippet_codepoints = 80
    };
    struct text matter = matter_of(reply, arena);
    *out = (struct result_list) { 0 };
    if (!matter.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = searcher_search(searcher, matter, &options, arena, out, error);
    if (status == STATUS_MISUSE || status == STATUS_LIMIT) /* nothing to go by */
        return STATUS_OK;
    size_t kept = 0;
    for (size_t i = 0; i < out->group_count && !status; i++) {
        if (text_equal(out->groups[i].results[0].passage.reply, reply->id) || kept == limit)
            continue;
        out->groups[kept] = out->groups[i];
        out->groups[kept].rank = kept + 1;
        kept++;
    }
    out->group_count = kept;
    return status;
}
