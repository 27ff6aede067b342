/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page says of a file (html_names.c) becomes names to look for; the table of readers does the
 * rest, so every format that has a reader can be an attachment. An attachment that is a page itself
 * (HTML saved as .doc) has none: its links are not followed. */
#include "indexer/document/html_attachments.h"

#include <sys/stat.h>

#include "indexer/base/utf8.h"
#include "indexer/document/html_measure.h"
#include "indexer/document/html_names.h"
#include "indexer/document/html_text.h"
#include "indexer/document/readers.h"

struct attachments {
    const char *path; /* of the page */
    struct document *document;
    struct arena *arena;
    const struct document_receiver *receiver;
    struct text stems[HTML_ATTACHMENTS_MAX];
    size_t count;
    bool wanted; /* their text, too */
};

static struct text last_name(struct text address)
{
    size_t slash = text_find_last(address, TEXT("/"));
    return slash == TEXT_NONE ? address
                              : text_slice(address, slash + 1, address.length - slash - 1);
}

static bool leaves_folder(struct text address)
{
    if (address.length == 0 || address.data[0] == '/' || text_contains(address, TEXT(":")))
        return true;
    struct text piece;
    while (text_split(&address, TEXT("/"), &piece))
        if (text_equal(piece, TEXT("..")))
            return true;
    return false;
}

/* The folder of the page with its slash, empty for the working one. */
static struct text folder_of(const char *path)
{
    struct text folder = text_of(path);
    size_t slash = text_find_last(folder, TEXT("/"));
    folder.length = slash == TEXT_NONE ? 0 : slash + 1;
    return folder;
}

static struct text stem_of(struct text name)
{
    size_t dot = text_find_last(name, TEXT("."));
    return dot == TEXT_NONE ? name : text_slice(name, 0, dot);
}

static bool is_file(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

/* Joins without printf: a path need not be UTF-8. */
static const char *join(struct arena *arena, struct text a, struct text b, struct text c,
                        struct text d)
{
    struct text parts[] = { a, b, c, d };
    char *path = arena_alloc(arena, a.length + b.length + c.length + d.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < 4 && path; i++) {
        if (parts[i].length > 0)
            memcpy(path + length, parts[i].data, parts[i].length);
        length += parts[i].length;
    }
    return path && is_file(path) ? path : NULL;
}

static const char *find_file(const struct attachments *attachments, struct text address)
{
    struct arena *arena = attachments->arena;
    struct text none = { NULL, 0 };
    struct text name = last_name(address);
    if (name.length == 0 || name.data[0] == '.')
        return NULL;
    struct text folder = folder_of(attachments->path);
    struct text page = last_name(text_of(attachments->path));
    const char *path = leaves_folder(address) ? NULL : join(arena, folder, address, none, none);
    if (!path)
        path = join(arena, folder, name, none, none);
    if (!path)
        path = join(arena, folder, stem_of(page), TEXT("_files/"), name);
    if (!path)
        path = join(arena, folder, stem_of(page), TEXT("/"), name);
    bool itself = path && strcmp(path, attachments->path) == 0;
    return itself ? NULL : path;
}

static const char *find_any(const struct attachments *attachments, const struct html_names *names)
{
    const char *path = NULL;
    for (size_t i = 0; i < names->count && !path; i++)
        path = find_file(attachments, names->items[i]);
    return path;
}

static bool is_known(const struct attachments *attachments, struct text stem)
{
    for (size_t i = 0; i < attachments->count; i++)
        if (text_equal(attachments->stems[i], stem))
            return true;
    return false;
}

static enum status append_document(void *context, const struct document *document,
                                   struct error *error)
{
    struct attachments *attachments = context;
    enum status status =
        document_append(attachments->document, attachments->arena, document, error);
    if (status)
        return status;
    for (size_t i = 0; i < document->declared_count; i++) {
        const struct declared *from = &document->declared[i];
        const char *key = arena_text(attachments->arena, from->key).data;
        struct text value = arena_text(attachments->arena, from->value);
        if (!key || !value.data)
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
        if (document_declared(attachments->document, key).length == 0 &&
            !document_declare(attachments->document, attachments->arena, key, value))
            return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    return STATUS_OK;
}

static enum status note_attached(struct attachments *attachments, const char *path,
                                 struct error *error)
{
    struct document *document = attachments->document;
    if (!arena_grow(attachments->arena, &document->attached, document->attached_count,
                    &document->attached_capacity, sizeof(*document->attached)))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    document->attached[document->attached_count++] = path;
    return STATUS_OK;
}

static enum status read_file(struct attachments *attachments, const char *path, struct error *error)
{
    struct document_receiver receiver = { .document = append_document,
                                          .warn = NULL,
                                          .context = attachments,
                                          .ocr = attachments->receiver->ocr };
    struct error problem;
    enum status status = readers_read(path, &receiver, &problem);
    if (!status)
        return note_attached(attachments, path, error);
    if (status == STATUS_NO_MEMORY)
        return error_set(error, status, "%s", problem.message);
    const struct document_receiver *outer = attachments->receiver;
    error_prefix(&problem, status, "attachment left out");
    if (outer->warn && (status != STATUS_EMPTY || !html_is_page_address(text_of(path))))
        outer->warn(outer->context, attachments->path, problem.message);
    return STATUS_OK;
}

/* A name of a file as text: bytes that are none become U+FFFD. */
static struct text shown_name(const char *path, struct arena *arena)
{
    struct document shown = { .block_count = 0 };
    if (!document_set_source(&shown, arena, path))
        return (struct text) { NULL, 0 };
    return last_name(shown.source);
}

static uint32_t count_chinese(const struct document *document, size_t first)
{
    uint32_t count = 0;
    for (size_t i = first; i < document->block_count; i++)
        for (size_t at = 0; at < document->blocks[i].text.length && count < HTML_SHORT_BODY;)
            count += utf8_is_han(utf8_next_valid(document->blocks[i].text.data, &at));
    return count;
}

/* A page inside of the page: kept if it has a text, as menus and banners are such pages, too. */
static enum status take_frame(struct attachments *attachments, const char *path,
                              struct error *error)
{
    struct document *document = attachments->document;
    const size_t blocks = document->block_count, attached = document->attached_count;
    enum status status = attachments->wanted ? read_file(attachments, path, error) : STATUS_OK;
    if (status || count_chinese(document, blocks) >= HTML_SHORT_BODY)
        return status;
    document->block_count = blocks;
    document->attached_count = attached;
    return STATUS_OK;
}

static enum status take_file(struct attachments *attachments, const char *path, struct error *error)
{
    struct text name = shown_name(path, attachments->arena);
    if (!name.data ||
        !document_declare(attachments->document, attachments->arena, "attachment", name))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    return attachments->wanted ? read_file(attachments, path, error) : STATUS_OK;
}

static enum status take_names(struct attachments *attachments, const struct html_names *names,
                              struct error *error)
{
    const char *path = find_any(attachments, names);
    struct text stem = path ? stem_of(text_of(path)) : (struct text) { NULL, 0 };
    if (!path || is_known(attachments, stem))
        return STATUS_OK;
    attachments->stems[attachments->count++] = stem;
    return names->frame && html_is_page_address(text_of(path))
               ? take_frame(attachments, path, error)
               : take_file(attachments, path, error);
}

enum status html_read_attachments(const struct html_tree *tree, const char *path, uint32_t chinese,
                                  struct document *document, struct arena *arena,
                                  const struct document_receiver *receiver, struct error *error)
{
    if (receiver->document == append_document) /* we are an attachment ourselves */
        return STATUS_OK;
    struct attachments attachments = { .path = path,
                                       .document = document,
                                       .arena = arena,
                                       .receiver = receiver,
                                       .wanted = chinese < HTML_SHORT_BODY };
    size_t own = document->block_count;
    for (const struct html_node *node = tree->root; node; node = html_next(node)) {
        if (attachments.count == HTML_ATTACHMENTS_MAX)
            break;
        struct html_names names;
        html_name_files(node, arena, &names);
        enum status status = take_names(&attachments, &names, error);
        if (status)
            return status;
    }
    if (chinese < HTML_POINTER_BODY && document->block_count > own) {
        document->blocks += own;
        document->block_count -= own;
        document->block_capacity -= own;
    }
    return STATUS_OK;
}
