/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of understanding: a text as a file would hold it goes in, the reply comes out. One
 * arena lives from before() to after(); the texts of a reply point into it. */
#ifndef DAFU_TESTS_REPLY_PARSING_H
#define DAFU_TESTS_REPLY_PARSING_H

#include "indexer/reply/reply.h"
#include "tests/base/suite.h"

static struct arena arena;
static struct reply reply;

static inline void before(void)
{
    arena_init(&arena, 0);
}

static inline void after(void)
{
    arena_release(&arena);
}

static inline void take_lines(struct document *document, struct text text, enum block_kind kind)
{
    struct text rest = text, line;
    size_t offset = 0;
    while (text_split(&rest, TEXT("\n"), &line)) {
        bool blank = text_trim(line).length == 0;
        struct block *block =
            document_add_block(document, &arena, blank ? BLOCK_BLANK : kind, line);
        ck_assert_ptr_nonnull(block);
        ck_assert(span_map_append(&block->map, &arena, (uint32_t)line.length, offset, line.length));
        offset += line.length + 1;
    }
}

static inline const struct reply *parse_document(const struct document *document)
{
    struct error error = { "" };
    ck_assert_msg(reply_parse(document, &arena, &reply, &error) == STATUS_OK, "%s", error.message);
    return &reply;
}

/* The text as the lines of a plain text file. */
static inline const struct reply *parse(const char *text)
{
    struct document document = { .source = TEXT("folder/reply-1.txt"), .reader = "text" };
    take_lines(&document, text_of(text), BLOCK_LINE);
    return parse_document(&document);
}

/* Each line a paragraph, as HTML or DOCX give it. */
static inline const struct reply *parse_paragraphs(const char *text)
{
    struct document document = { .source = TEXT("folder/reply-1.html"), .reader = "html" };
    take_lines(&document, text_of(text), BLOCK_PARAGRAPH);
    return parse_document(&document);
}

/* All of a list, joined by "|". */
static inline struct text joined(struct text_list list)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < list.count; i++)
        all = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(all), i ? "|" : "",
                           TEXT_ARG(list.items[i]));
    return all;
}

/* The paragraphs, joined by "|". */
static inline struct text all_paragraphs(const struct reply *of)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < of->paragraph_count; i++)
        all = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(all), i ? "|" : "",
                           TEXT_ARG(of->paragraphs[i].text));
    return all;
}

/* The kinds of the paragraphs, blank-separated. */
static inline struct text all_kinds(const struct reply *of)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < of->paragraph_count; i++)
        all = arena_printf(&arena, "%.*s%s%s", TEXT_ARG(all), i ? " " : "",
                           paragraph_kind_name(of->paragraphs[i].kind));
    return all;
}

/* Passages as "path: text", joined by "|". */
static inline struct text all_passages(const struct reply *of)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < of->passage_count; i++)
        all = arena_printf(&arena, "%.*s%s%.*s: %.*s", TEXT_ARG(all), i ? "|" : "",
                           TEXT_ARG(of->passages[i].path), TEXT_ARG(of->passages[i].text));
    return all;
}

#endif
