/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A government reply (提案答复, 建议答复): metadata, section tree and passages. Everything is
 * arena-held and lives as long as the arena; texts are the author's characters after repair. */
#ifndef DAFU_REPLY_REPLY_H
#define DAFU_REPLY_REPLY_H

#include "indexer/analysis/record.h"
#include "indexer/base/span_map.h"
#include "indexer/document/document.h"

struct text_list {
    struct text *items;
    size_t count, capacity;
};

enum paragraph_kind {
    PARAGRAPH_HEAD, /* agency line, document number, class line, metadata block line */
    PARAGRAPH_TITLE,
    PARAGRAPH_ADDRESSEE, /* 主送 */
    PARAGRAPH_LEAD,      /* 您提出的……收悉 */
    PARAGRAPH_HEADING,   /* a heading alone in its line */
    PARAGRAPH_BODY,
    PARAGRAPH_CLOSING,   /* 再次感谢…… / 专此答复 */
    PARAGRAPH_SIGNATURE, /* agency below the text 署名 */
    PARAGRAPH_DATE,      /* 成文日期 */
    PARAGRAPH_CONTACT,   /* 联系人、承办人: never in a passage */
    PARAGRAPH_COPY_TO,   /* 抄送 */
    PARAGRAPH_TAIL,      /* 印发 line, publicity line, print office */
};
const char *paragraph_kind_name(enum paragraph_kind kind);

struct paragraph {
    struct text text;
    enum paragraph_kind kind;
    uint32_t page;
    struct span_map map; /* text -> source bytes */
    int declared_level;  /* heading level given by the format, 0 none */
};

/* Heading levels: 1 一、 2 （一） 3 1. 4 （1） 5 ①; inline items 一是… are level 6 */
struct section {
    int level;
    size_t parent;          /* index into sections, or SECTION_NONE */
    struct text marker;     /* "（一）" */
    struct text heading;    /* without marker: "持续强化政策支持" */
    bool run_in;            /* the heading is the start of its paragraph */
    size_t first_paragraph; /* index, 0-based */
    size_t paragraph_count; /* up to the next section of any level; inline items: 1 */
    size_t offset, length;  /* bytes within its first paragraph that the marker and heading take */
    enum passage_role role;
};
#define SECTION_NONE ((size_t)-1)

struct passage {
    size_t paragraph;      /* index, 0-based */
    size_t offset, length; /* bytes within the paragraph's text; never cuts a code point */
    size_t section;        /* innermost, or SECTION_NONE */
    struct text path; /* "二、下步工作举措 › （一）持续强化政策支持 › 一是做好税收优惠政策执行" */
    struct text text; /* == slice of the paragraph */
    enum passage_role role;
    uint64_t source_offset, source_length;
};

enum reply_body { BODY_NONE, BODY_CPPCC, BODY_CONGRESS };                 /* 政协, 人大 */
enum reply_kind { KIND_NONE, KIND_PROPOSAL, KIND_SUGGESTION, KIND_BILL }; /* 提案 建议 议案 */
enum reply_type { TYPE_REPLY, TYPE_JOINT_OPINION };                       /* 答复 会办意见 */
enum date_origin { DATE_NONE, DATE_SIGNED, DATE_PRINTED, DATE_PUBLISHED }; /* 成文 印发 发布 */

struct session {     /* 届次 */
    struct text raw; /* 市政协十六届五次会议 */
    enum reply_body body;
    struct text area;  /* 宁波市, 全国; of the body, full name where the reply tells it */
    int term, meeting; /* 届, 次; 0 unknown */
};

struct reply {
    struct text id;     /* identity in the index */
    struct text stem;   /* name in TREC runs (file stem or declared id) */
    struct text source; /* path */
    struct text group;  /* larger document, or empty */
    struct text file;   /* file name without folders */
    bool single_passage;

    struct text issuer;              /* 发文机关 */
    struct text document_number;     /* 发文字号, 代字〔年〕号 */
    struct text document_number_raw; /* as written */
    struct text title;
    struct text subject;         /* 《》 of the proposal, without the marks */
    struct text addressee;       /* 主送, without 尊敬的 and the colon: 陈某某委员 */
    struct text_list addressees; /* each name or body: 陈某某 */
    struct session session;
    enum reply_kind kind;
    enum reply_type type;
    struct text proposal_number;   /* "01025", "DH0271": as written */
    struct text proposal_category; /* 农业水利类090号, or empty */
    struct text_list consulted;    /* 经商…、会…: as written */
    struct text_list copy_to;      /* 抄送, each body */
    char result_class;             /* 'A'..'D' or 0 */
    struct text publicity;         /* 主动公开, ... */
    struct text date;              /* YYYY-MM-DD */
    enum date_origin date_origin;
    struct text contact; /* as written: show it through reply_mask_contact only */
    struct text area;    /* place of the issuer: 宁波市 */

    struct paragraph *paragraphs;
    size_t paragraph_count;
    struct section *sections; /* preorder */
    size_t section_count;
    struct passage *passages; /* in text order; contact lines are in none */
    size_t passage_count;
};

/* Understands a document. Works on any text: what is not found stays empty, and a text without
 * any structure still gets paragraphs and passages. Everything goes into `arena`, also copies of
 * the document's texts. STATUS_EMPTY when no paragraph is left, STATUS_NO_MEMORY, STATUS_LIMIT.
 * Thread-safe: patterns are compiled once and shared. */
enum status reply_parse(const struct document *document, struct arena *arena, struct reply *out,
                        struct error *error);

const char *reply_body_name(enum reply_body body);     /* "政协", "人大", "" */
const char *reply_kind_name(enum reply_kind kind);     /* "提案", "建议", "议案", "" */
const char *reply_type_name(enum reply_type type);     /* "答复", "会办意见" */
const char *date_origin_name(enum date_origin origin); /* "成文", "印发", "发布", "" */

/* The text with names and numbers of contacts masked: "联系人：胡**；联系电话：158****0223". Of text
 * that is not the field of contacts (contact_line false) the numbers of offices stay, and names
 * that the writer has hidden (李某); names are masked where a label or the person's number tells
 * that they are contacts. Amounts and codes stay. Where nothing is to mask the text itself is
 * returned. */
struct text reply_mask_contact(struct text text, bool contact_line, struct arena *arena);

#endif
