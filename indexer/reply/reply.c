/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way through a document: repair, layout, fields, sections, passages. */
#include "indexer/reply/reply.h"

#include "indexer/reply/parse.h"
#include "indexer/reply/reconcile.h"
#include "indexer/reply/repair.h"
#include "indexer/reply/shadow.h"

const char *paragraph_kind_name(enum paragraph_kind kind)
{
    static const char *const NAMES[] = {
        [PARAGRAPH_HEAD] = "head",           [PARAGRAPH_TITLE] = "title",
        [PARAGRAPH_ADDRESSEE] = "addressee", [PARAGRAPH_LEAD] = "lead",
        [PARAGRAPH_HEADING] = "heading",     [PARAGRAPH_BODY] = "body",
        [PARAGRAPH_CLOSING] = "closing",     [PARAGRAPH_SIGNATURE] = "signature",
        [PARAGRAPH_DATE] = "date",           [PARAGRAPH_CONTACT] = "contact",
        [PARAGRAPH_COPY_TO] = "copy-to",     [PARAGRAPH_TAIL] = "tail",
    };
    return NAMES[kind];
}

const char *reply_body_name(enum reply_body body)
{
    static const char *const NAMES[] = { "", "政协", "人大" };
    return NAMES[body];
}

const char *reply_kind_name(enum reply_kind kind)
{
    static const char *const NAMES[] = { "", "提案", "建议", "议案" };
    return NAMES[kind];
}

const char *reply_type_name(enum reply_type type)
{
    static const char *const NAMES[] = { "答复", "会办意见" };
    return NAMES[type];
}

const char *date_origin_name(enum date_origin origin)
{
    static const char *const NAMES[] = { "", "成文", "印发", "发布" };
    return NAMES[origin];
}

static struct text file_name(struct text path)
{
    size_t slash = text_find_last(path, TEXT("/"));
    return slash == TEXT_NONE ? path : text_slice(path, slash + 1, path.length - slash - 1);
}

static struct text without_extension(struct text name)
{
    size_t dot = text_find_last(name, TEXT("."));
    return dot == TEXT_NONE || dot == 0 ? name : text_slice(name, 0, dot);
}

static bool set_identity(const struct document *document, struct arena *arena, struct reply *reply)
{
    struct text id = document->id.length ? document->id : document->source;
    reply->source = arena_text(arena, document->source);
    reply->id = arena_text(arena, id);
    reply->group = arena_text(arena, document->group);
    if (!reply->source.data || !reply->id.data || !reply->group.data)
        return false;
    reply->file = file_name(reply->source);
    reply->stem = document->id.length ? reply->id : without_extension(reply->file);
    reply->single_passage = document->single_passage;
    return true;
}

/* The arena has given out: its ceiling was reached, or there is no memory at all. */
static enum status out_of_memory(const struct arena *arena, struct error *error)
{
    if (arena->ceiling > 0)
        return error_set(error, STATUS_LIMIT, "text needs more than %zu bytes of memory",
                         arena->ceiling);
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* All blocks as one text; a line break between two. */
static bool join_blocks(const struct document *document, struct arena *arena, struct paragraph *out)
{
    size_t length = 0, count = 0;
    const struct block *only = NULL;
    for (size_t i = 0; i < document->block_count; i++) {
        if (text_trim(document->blocks[i].text).length == 0)
            continue;
        length += document->blocks[i].text.length + 1;
        only = &document->blocks[i];
        count++;
    }
    if (count == 0)
        return true;
    char *joined = arena_alloc(arena, length + 1);
    if (!joined)
        return false;
    size_t used = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        struct text text = document->blocks[i].text;
        if (text_trim(text).length == 0)
            continue;
        if (used > 0)
            joined[used++] = '\n';
        memcpy(joined + used, text.data, text.length);
        used += text.length;
    }
    out->text = (struct text) { joined, used };
    out->kind = PARAGRAPH_BODY;
    out->page = only->page;
    for (size_t i = 0; count == 1 && i < only->map.count; i++) {
        const struct span *span = &only->map.spans[i];
        if (!span_map_append(&out->map, arena, span->length, span->source_offset,
                             span->source_length))
            return false;
    }
    return true;
}

/* A line of a collection: one paragraph, one passage, and what is declared. No pattern runs. */
static enum status take_single(struct parse *parse, struct error *error)
{
    struct reply *reply = parse->reply;
    struct paragraph *paragraph = ARENA_NEW(parse->arena, struct paragraph);
    struct passage *passage = ARENA_NEW(parse->arena, struct passage);
    if (!paragraph || !passage || !join_blocks(parse->document, parse->arena, paragraph))
        return out_of_memory(parse->arena, error);
    if (paragraph->text.length == 0)
        return error_set(error, STATUS_EMPTY, "no text");
    *passage = (struct passage) {
        .length = paragraph->text.length,
        .section = SECTION_NONE,
        .path = { "", 0 },
        .text = paragraph->text,
        .role = ROLE_OTHER,
    };
    span_map_source(&paragraph->map, 0, passage->length, &passage->source_offset,
                    &passage->source_length);
    reply->paragraphs = paragraph;
    reply->passages = passage;
    reply->paragraph_count = reply->passage_count = 1;
    if (!read_declared(parse))
        return out_of_memory(parse->arena, error);
    return STATUS_OK;
}

static enum status take_structured(struct parse *parse, struct error *error)
{
    struct repaired repaired;
    enum status status = repair_document(parse->document, parse->arena, &repaired, error);
    if (status)
        return status == STATUS_NO_MEMORY ? out_of_memory(parse->arena, error) : status;
    parse->reply->paragraphs = repaired.paragraphs;
    parse->reply->paragraph_count = repaired.count;
    parse->shadows = repaired.shadows;
    parse->roles = repaired.roles;
    layout_paragraphs(parse);
    bool done = read_head_fields(parse) && read_dates(parse) && read_session(parse) &&
                read_subject(parse) && read_people(parse) && read_declared(parse) &&
                reconcile_fields(parse) && build_sections(parse) && build_passages(parse);
    return done ? STATUS_OK : out_of_memory(parse->arena, error);
}

enum status reply_parse(const struct document *document, struct arena *arena, struct reply *out,
                        struct error *error)
{
    struct reply reply = { .id = { "", 0 } };
    struct parse parse = { .document = document, .arena = arena, .reply = &reply };
    enum status status = patterns_prepare(error);
    if (status)
        return status;
    if (!set_identity(document, arena, &reply))
        return out_of_memory(arena, error);
    status = document->single_passage ? take_single(&parse, error) : take_structured(&parse, error);
    if (status)
        return status;
    *out = reply;
    return STATUS_OK;
}
