/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/citation.h"

#include <stdio.h>

#include "indexer/base/utf8.h"

#define PART_MAX 480 /* bytes of each part: four of them and the marks fit */

static struct text part(struct text text)
{
    if (text.length > PART_MAX)
        text.length = utf8_boundary(text, PART_MAX);
    return text;
}

/* Within 《》 these marks are 〈〉. Both are three bytes, so a length stays. */
static void nest_marks(char *bytes, size_t length)
{
    for (size_t i = 0; i + 3 <= length; i++)
        if (memcmp(bytes + i, "《", 3) == 0)
            memcpy(bytes + i, "〈", 3);
        else if (memcmp(bytes + i, "》", 3) == 0)
            memcpy(bytes + i, "〉", 3);
}

struct text citation_write(const struct reply_record *reply, const struct passage_record *passage,
                           char out[CITATION_MAX])
{
    const struct text title = part(reply->title.length ? reply->title : passage->docno);
    const struct text issuer = part(reply->issuer), number = part(reply->document_number),
                      date = part(reply->date);
    int start =
        snprintf(out, CITATION_MAX, "%.*s%s《", TEXT_ARG(issuer), issuer.length ? "：" : "");
    int length =
        start + snprintf(out + start, CITATION_MAX - (size_t)start, "%.*s》%s%.*s%s%s%.*s，第%u段",
                         TEXT_ARG(title), number.length ? "（" : "", TEXT_ARG(number),
                         number.length ? "）" : "", date.length ? "，" : "", TEXT_ARG(date),
                         passage->paragraph);
    nest_marks(out + start, title.length);
    return text_of_bytes(out, (size_t)length);
}
