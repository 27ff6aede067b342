/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/draft/draft.h"

#include "indexer/document/readers.h"
#include "indexer/reply/reply.h"

struct draft { /* arena-held */
    struct arena *arena;
    struct text *passages;
    size_t count, capacity;
};

static enum status take_document(void *context, const struct document *document,
                                 struct error *error)
{
    struct draft *draft = context;
    struct reply reply;
    enum status status = reply_parse(document, draft->arena, &reply, error);
    for (size_t i = 0; !status && i < reply.passage_count; i++) {
        if (reply.passages[i].role == ROLE_HEAD)
            continue;
        if (!arena_grow(draft->arena, &draft->passages, draft->count, &draft->capacity,
                        sizeof(*draft->passages)))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        draft->passages[draft->count++] =
            reply_mask_contact(reply.passages[i].text, false, draft->arena);
    }
    return status;
}

enum status draft_read(const char *path, struct arena *arena, struct text **passages, size_t *count,
                       struct error *error)
{
    struct draft draft = { .arena = arena };
    const struct document_receiver receiver = { .document = take_document, .context = &draft };
    enum status status = readers_read(path, &receiver, error);
    if (status)
        return status;
    *passages = draft.passages;
    *count = draft.count;
    return STATUS_OK;
}
