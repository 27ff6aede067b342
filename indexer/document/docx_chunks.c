/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The relationship leads to a part, and the table of readers does the rest. */
#include "indexer/document/docx_chunks.h"

#include <stdio.h>

#include "indexer/base/cleanup.h"
#include "indexer/document/part.h"
#include "indexer/document/readers.h"
#include "indexer/document/zip_reader.h"

#define PATH_BYTES_MAX 4096

struct taking {
    struct document *document;
    struct arena *arena;
};

static enum status take_document(void *context, const struct document *document,
                                 struct error *error)
{
    struct taking *taking = context;
    return document_append(taking->document, taking->arena, document, error);
}

static bool find_part(struct docx_chunks *chunks, struct text id, size_t *index)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    size_t own;
    bool found = false;
    if (!zip_container_find(chunks->container, TEXT(""), chunks->relationships, &own) ||
        part_open(&part, chunks->container, own, NULL))
        return false;
    struct part_element root = part_here(&part);
    while (!found && part_child(&part, &root))
        found = text_equal(part_attribute(&part, "Id"), id) &&
                !text_equal(part_attribute(&part, "TargetMode"), TEXT("External")) &&
                zip_container_find(chunks->container, chunks->main, part_attribute(&part, "Target"),
                                   index);
    return found;
}

/* A chunk that is a Word document itself shares one budget with all others. */
static enum status read_word(struct docx_chunks *chunks, struct text bytes, const char *path,
                             const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(zip_container_closep) struct zip_container *inner = NULL;
    enum status status = zip_container_open(bytes, &chunks->budget, &inner, error);
    if (status)
        return status;
    if (!DOCX_CONTAINER.is(inner))
        return error_set(error, STATUS_UNSUPPORTED, "a ZIP that is no Word document");
    return DOCX_CONTAINER.read(inner, path, receiver, error);
}

static enum status read_part(struct docx_chunks *chunks, size_t index, struct taking *taking,
                             struct error *error)
{
    char path[PATH_BYTES_MAX];
    struct text name = zip_container_name(chunks->container, index), first;
    int length = snprintf(path, sizeof(path), "%s!/%.*s", chunks->path, TEXT_ARG(name));
    if (length < 0 || (size_t)length >= sizeof(path))
        return error_set(error, STATUS_UNSUPPORTED, "path too long");
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    enum status status = zip_container_read(chunks->container, index, &bytes, error);
    if (status)
        return status;
    const struct document_receiver receiver = { .document = take_document, .context = taking };
    return zip_recognizes(buffer_text(&bytes), &first)
               ? read_word(chunks, buffer_text(&bytes), path, &receiver, error)
               : readers_read_bytes(buffer_text(&bytes), path, &receiver, error);
}

enum status docx_chunk_read(struct docx_chunks *chunks, struct text id, struct arena *arena,
                            struct document *document, struct error *error)
{
    struct taking taking = { document, arena };
    struct error problem;
    size_t index;
    enum status status;
    if (chunks->receiver->document == take_document) /* we are a chunk ourselves */
        return STATUS_OK;
    if (chunks->count++ == DOCX_CHUNKS_MAX)
        return error_set(error, STATUS_LIMIT, "more than %d documents in this one",
                         DOCX_CHUNKS_MAX);
    if (!find_part(chunks, id, &index))
        status = error_set(&problem, STATUS_NOT_FOUND, "\"%.*s\" is missing", TEXT_ARG(id));
    else
        status = read_part(chunks, index, &taking, &problem);
    if (status == STATUS_NO_MEMORY)
        return error_set(error, status, "%s", problem.message);
    if (status && chunks->receiver->warn) {
        error_prefix(&problem, status, "document inside left out");
        chunks->receiver->warn(chunks->receiver->context, chunks->path, problem.message);
    }
    return STATUS_OK;
}
