/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document as its format gives it: blocks of text in reading order, and what the file itself
 * declares. Nothing here knows what a government reply is. */
#ifndef DAFU_DOCUMENT_DOCUMENT_H
#define DAFU_DOCUMENT_DOCUMENT_H

#include "indexer/base/arena.h"
#include "indexer/base/span_map.h"
#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <stdint.h>

enum block_kind {
    BLOCK_LINE,      /* a line of plain text: may be part of a paragraph */
    BLOCK_BLANK,     /* an empty line: may be a page break inside a paragraph */
    BLOCK_PARAGRAPH, /* a whole paragraph as the format says */
    BLOCK_HEADING,   /* ... and a heading of `level` */
};

struct block {
    struct text text; /* valid UTF-8; line ends and BOM removed, nothing else */
    enum block_kind kind;
    int level;           /* BLOCK_HEADING: 1 outermost; else 0 */
    uint32_t page;       /* 1-based; 0 unknown */
    struct text role;    /* paragraph kind as the format declares it (Reply XML: "title", "lead",
                           * ... see below), or empty */
    struct span_map map; /* to bytes of the source file; empty where a format has no such place */
};

/* A statement of the format about the whole document: a meta tag, a file property, an XML
 * attribute. A key with several values is declared several times, in order; an absent value is
 * not declared. Values are not blank, trimmed and on one line (unless Reply XML says
 * xml:space="preserve"), and not otherwise checked, except that Reply XML has passed its schema
 * (corpus/reply.rng). Keys:
 *
 *   title              title                           JSONL "title", XML <title>
 *   issuer             发文机关                        JSONL "issuer", XML <issuer>
 *   doc_number         发文字号, 代字〔年〕号           JSONL "doc_number", XML <number>
 *   doc_number_raw     as written                      XML number/@raw
 *   subject            without 《》                     XML <subject>
 *   addressee          主送 for display: 陈某某委员     XML <addressee>
 *   addressees         each name or body: 陈某某        XML addressees/name
 *   session            届次 as written                 XML <session>
 *   session_body       政协 or 人大                    XML session/@body
 *   session_area       宁波市                          XML session/@area
 *   session_term       16 (decimal)                    XML session/@term
 *   session_meeting    5 (decimal)                     XML session/@meeting
 *   kind               提案, 建议 or 议案              XML <kind>
 *   reply_type         答复 or 会办意见                XML <type>
 *   proposal_no        as written: "0013", "DH0271"    XML <proposal>
 *   proposal_category  农业水利类090号                 XML proposal/@category
 *   consulted          each agency, as written         XML consulted/agency
 *   copy_to            each body                       XML copy-to/body
 *   result_class       A, B, C or D                    XML <class>
 *   publicity          主动公开, ...                   XML <publicity>
 *   date               XML: YYYY-MM-DD; JSONL: as it is there
 *   date_origin        成文, 印发 or 发布              XML date/@origin
 *   contact            as written, perhaps masked      XML <contact>
 *   area               place of the issuer             XML <area>
 *   file               name of the first source file   XML source/@file
 *   stem               name in TREC runs               XML source/@stem
 *   url                address                         JSONL "url", XML source/@url
 *
 * What stands around the text rather than in it has keys of its own. The text itself wins over
 * them; among them table_* (shown beside the text) over page_* (meta tags) over file_*:
 *
 *   table_title table_issuer table_doc_number table_publicity table_topic table_index
 *   table_date         成文日期          table_published  发布日期      HTML: the visible table
 *   page_title         ArticleTitle, <h1> or <title>
 *   page_issuer        ContentSource: may be any source, or a site
 *   page_date          PubDate: date of origin 发布
 *   page_site page_column page_keywords                   SiteName, ColumnName, Keywords
 *   file_title file_author file_created file_modified     properties of the file
 *   attachment         name of a file that the page links to and that lies beside it; whether
 *                      its text was read with the page, document.attached tells
 *
 * The reply's id is document.id, its group document.group (XML reply/@id, reply/@group), and
 * document.single_passage is kept too (XML reply/@single-passage). The kinds of block.role are:
 * head title addressee lead heading body closing signature date contact copy-to tail (the values
 * of paragraph_kind_name in reply/reply.h; XML p/@kind). A block of Reply XML that is a heading
 * without such a paragraph in the text (section/@heading only) has kind BLOCK_HEADING and its
 * role is "heading" too. */
struct declared {
    struct text key;
    struct text value;
};

struct document {
    struct text id;       /* the source's own identifier, or empty */
    bool id_numbers;      /* the id is not the source's own: document_stem, ':' or '#', and which
                           * document of the source this is */
    struct text source;   /* path as given (for display: document_set_source) */
    struct text group;    /* key of a larger document this is a part of (JSONL: title), or empty */
    bool repaired;        /* blocks are final paragraphs: no joining, no clean-up (Reply XML);
                          * what is declared then wins over what the text says */
    bool single_passage;  /* the text is one passage, whatever its structure (JSONL lines) */
    const char *reader;   /* name of the reader: "text", "xml", "jsonl"; "pdf+ocr" */
    const char *encoding; /* "UTF-8", "GB18030", ... */
    const char *encoding_origin; /* how that was found: charset_origin_name (charset.h); "ocr":
                                  * characters were read from pictures; or NULL */
    size_t replaced;             /* characters that could not be decoded and became U+FFFD */
    struct block *blocks;
    size_t block_count, block_capacity;
    struct declared *declared;
    size_t declared_count, declared_capacity;
    const char **attached; /* paths of other files whose text is in the blocks too */
    size_t attached_count, attached_capacity;
};

/* Ceilings of one document: bytes of its source and number of its blocks. Above: STATUS_LIMIT. */
#define DOCUMENT_BYTES_MAX ((size_t)64 << 20)
#define DOCUMENT_BLOCKS_MAX ((size_t)1 << 19)

/* Sets `source` to a copy of the path; bytes of a file name that are not UTF-8 become U+FFFD.
 * False when out of memory. */
bool document_set_source(struct document *document, struct arena *arena, const char *path);
/* The source without folders and extensions: "laws" of "corpus/laws.jsonl.xz". */
struct text document_stem(const struct document *document);
/* NULL when out of memory. The texts are not copied. */
struct block *document_add_block(struct document *document, struct arena *arena,
                                 enum block_kind kind, struct text text);
/* Adds copies of another document's blocks, without their maps, which lead into another file.
 * STATUS_LIMIT, STATUS_NO_MEMORY. */
enum status document_append(struct document *document, struct arena *arena,
                            const struct document *from, struct error *error);
bool document_declare(struct document *document, struct arena *arena, const char *key,
                      struct text value);
/* The first value of the key; empty text when not declared. */
struct text document_declared(const struct document *document, const char *key);

#endif
