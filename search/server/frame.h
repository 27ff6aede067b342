/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every page has: head, search box, footer; and the small pieces that several pages write. */
#ifndef DAFU_SEARCH_SERVER_FRAME_H
#define DAFU_SEARCH_SERVER_FRAME_H

#include "search/server/html.h"
#include "search/server/state.h"
#include "search/server/words.h"

struct page {
    const struct call *call;
    struct buffer *out;
    const struct state *state;
    enum language language;
};

enum frame_kind { FRAME_HOME, FRAME_RESULTS, FRAME_READING };

/* `title` before the name of the service; may be empty. Leaves <main> open. */
void frame_begin(const struct page *page, enum frame_kind kind, struct text title);
void frame_end(const struct page *page);

void frame_word(const struct page *page, enum word word);

/* ` aria-label="…"` */
void frame_label(const struct page *page, enum word word);

/* 1234567 as 1,234,567 */
void frame_count(const struct page *page, uint64_t count);

/* `text` from `start` on, `length` bytes, with its highlights marked. */
void frame_marked(const struct page *page, struct text text, size_t start, size_t length,
                  const struct span_list *highlights);

/* Agency, document number, date. */
void frame_facts(const struct page *page, const struct reply_record *reply);

/* A button that copies the citation, which only a script can do. */
void frame_cite(const struct page *page, const struct reply_record *reply,
                const struct passage_record *passage);

/* What a reply is called: its title, or what else is known. */
struct text frame_title(const struct reply_record *reply);

/* "/reply/ID?q=…" with the passage that was found as its hit, escaped for an attribute. */
void frame_reply_link(const struct page *page, struct text id,
                      const struct passage_record *passage);

#endif
