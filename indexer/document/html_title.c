/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Readers of the page see its headline as the letter's first line, and so do those who copy it;
 * without it session and number would be lost. Columns and sites have titles, too: only what reads
 * like the title of a reply counts. */
#include "indexer/document/html_title.h"

#include "indexer/base/utf8.h"
#include "indexer/document/html_chrome.h"

#define HEAD_BLOCKS 14 /* of the text: the title is among these, if anywhere */
#define TITLE_CHARACTERS 110

static const struct text ENDINGS[] = {
    TEXT_INIT("答复"),     TEXT_INIT("复函"),     TEXT_INIT("的函"),     TEXT_INIT("回复"),
    TEXT_INIT("答复意见"), TEXT_INIT("会办意见"), TEXT_INIT("协办意见"), TEXT_INIT("答复函"),
    TEXT_INIT("办理情况"), TEXT_INIT("回函"),     TEXT_INIT("回复函"),   TEXT_INIT("办理意见"),
};

static const struct text SUBJECTS[] = { TEXT_INIT("提案"), TEXT_INIT("建议"), TEXT_INIT("议案"),
                                        TEXT_INIT("代表"), TEXT_INIT("委员"), TEXT_INIT("号") };

static bool ends_like_title(struct text text)
{
    for (size_t i = 0; i < sizeof(ENDINGS) / sizeof(ENDINGS[0]); i++) {
        size_t at = text_find_last(text, ENDINGS[i]);
        if (at == TEXT_NONE)
            continue;
        struct text tail = text_slice(text, at, text.length - at);
        /* nothing but a bracket behind it: "……的答复（市民政局）", "……的答复”" */
        if (tail.length <= ENDINGS[i].length + 3 || text_contains(tail, TEXT("（")))
            return true;
    }
    return false;
}

static bool is_title(struct text text)
{
    size_t characters = utf8_count(text);
    if (characters < 10 || characters > TITLE_CHARACTERS || text_contains(text, TEXT("。")) ||
        text_ends_with(text, TEXT("：")) || !ends_like_title(text))
        return false;
    for (size_t i = 0; i < sizeof(SUBJECTS) / sizeof(SUBJECTS[0]); i++)
        if (text_contains(text, SUBJECTS[i]))
            return true;
    return false;
}

/* Appends what is left of the text without blanks and quotation marks. */
static void append_bare(struct text text, char *out, size_t *length)
{
    for (size_t offset = 0; offset < text.length;) {
        size_t start = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        if (codepoint <= ' ' || codepoint == 0x3000 || (codepoint >= 0x2018 && codepoint <= 0x201D))
            continue;
        memcpy(out + *length, text.data + start, offset - start);
        *length += offset - start;
    }
}

/* Blocks up to the last one of the head, blank ones between them included. */
static size_t count_top(const struct document *document)
{
    size_t count = 0;
    for (size_t shown = 0; count < document->block_count && shown < HEAD_BLOCKS; count++)
        shown += document->blocks[count].kind != BLOCK_BLANK;
    return count;
}

/* Whether the head of the text has the title, perhaps in two lines, or a title of its own. */
static bool has_title(const struct document *document, struct text title, struct arena *arena,
                      bool *failed)
{
    size_t count = count_top(document);
    size_t size = title.length + 2;
    for (size_t i = 0; i < count; i++)
        size += document->blocks[i].text.length;
    char *bare = arena_alloc(arena, size);
    *failed = !bare;
    if (!bare)
        return false;
    size_t wanted = 0;
    append_bare(title, bare, &wanted);
    size_t length = wanted;
    for (size_t i = 0; i < count; i++) {
        struct text text = text_trim(document->blocks[i].text);
        if (is_title(text))
            return true;
        append_bare(text, bare, &length);
        if (text_contains(text, TEXT("。")))
            break; /* the letter has begun: what reads like a title now is a heading */
    }
    return text_contains((struct text) { bare + wanted, length - wanted },
                         (struct text) { bare, wanted });
}

/* Whether one to four blocks from `first` on say the same as block `headline`. */
static bool says_again(const struct document *document, size_t headline, size_t first, size_t count,
                       struct arena *arena, bool *failed)
{
    struct text wanted = document->blocks[headline].text;
    size_t size = wanted.length + 1;
    for (size_t i = first; i < first + 4 && i < count; i++)
        size += document->blocks[i].text.length;
    char *bare = arena_alloc(arena, size);
    *failed = !bare;
    if (!bare)
        return false;
    size_t middle = 0;
    append_bare(wanted, bare, &middle);
    size_t length = middle;
    for (size_t i = first; i < first + 4 && i < count && length - middle < middle; i++) {
        append_bare(document->blocks[i].text, bare, &length);
        if (length - middle == middle && memcmp(bare, bare + middle, middle) == 0)
            return true;
    }
    return false;
}

/* Blocks before the first sentence. */
static size_t count_head(const struct document *document)
{
    size_t count = 0, top = count_top(document);
    while (count < top && !text_contains(document->blocks[count].text, TEXT("。")))
        count++;
    return count;
}

static void remove_block(struct document *document, size_t at)
{
    memmove(document->blocks + at, document->blocks + at + 1,
            (document->block_count - at - 1) * sizeof(*document->blocks));
    document->block_count--;
}

bool html_drop_headline(struct document *document, struct arena *arena)
{
    size_t head = count_head(document);
    for (size_t i = 0; i < head;) {
        bool failed = false, drop = html_is_bare_date(text_trim(document->blocks[i].text));
        bool title = is_title(text_trim(document->blocks[i].text));
        for (size_t k = i + 1; title && k < head && !drop && !failed; k++)
            drop = says_again(document, i, k, head, arena, &failed);
        if (failed)
            return false;
        if (drop)
            remove_block(document, i);
        head -= drop;
        i += !drop;
    }
    return true;
}

bool html_add_title(struct document *document, struct arena *arena)
{
    struct text title = document_declared(document, "page_title");
    if (!is_title(title))
        title = document_declared(document, "table_title");
    if (!is_title(title))
        return true;
    bool failed;
    if (has_title(document, title, arena, &failed) || failed)
        return !failed;
    if (!document_add_block(document, arena, BLOCK_PARAGRAPH, title))
        return false;
    struct block added = document->blocks[document->block_count - 1];
    memmove(document->blocks + 1, document->blocks,
            (document->block_count - 1) * sizeof(*document->blocks));
    document->blocks[0] = added;
    return true;
}
