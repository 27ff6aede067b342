/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is stored with a passage and with a reply, and its bytes: a sequence of
 * (tag, length, bytes), tag and length as LEB128 varints; unknown tags are skipped, so that a
 * later format can add fields. Numbers are varints inside their bytes. */
#ifndef DAFU_ANALYSIS_RECORD_H
#define DAFU_ANALYSIS_RECORD_H

#include "indexer/base/arena.h"
#include "indexer/base/buffer.h"

#include <stdint.h>

enum passage_role {
    ROLE_OTHER,      /* 其他 */
    ROLE_HEAD,       /* 版头: agency line, document number, title, addressee */
    ROLE_HEADING,    /* 标题行: a heading that stands alone */
    ROLE_BACKGROUND, /* 背景: lead, situation, problems */
    ROLE_DONE,       /* 已做 */
    ROLE_COMMITMENT, /* 下步 */
    ROLE_COUNT,
};
/* "other", "head", "heading", "background", "done", "commitment" / 其他 版头 小标题 背景 已做 下步 */
const char *role_name(enum passage_role role);
const char *role_chinese(enum passage_role role);

struct passage_record {
    struct text reply;  /* id of the reply: not stored, its own record has it */
    struct text docno;  /* name in TREC runs, not stored: <stem>#<paragraph>, or the reply's id when
                         * the reply is a single passage */
    struct text path;   /* headings above, joined by " › " */
    struct text text;   /* as the author wrote it, repaired */
    uint32_t ordinal;   /* n-th passage of its reply, from 0 */
    uint32_t paragraph; /* 1-based */
    enum passage_role role;
    uint64_t source_offset; /* bytes in the source */
    uint64_t source_length;
};

struct reply_record {
    struct text id, source, group;
    struct text title, issuer, document_number, subject, addressee, area;
    struct text body;       /* 政协, 人大 or empty */
    struct text session;    /* as written: 市政协十六届五次会议 */
    uint32_t term, meeting; /* 届, 次; 0 unknown */
    struct text kind, reply_type, proposal_number, result_class, publicity;
    struct text date;          /* YYYY-MM-DD or empty */
    struct text date_origin;   /* 成文 印发 发布 or empty */
    struct text metadata_json; /* everything, one JSON object as `inspect` prints it, without
                                * paragraphs and passages; contact masked */
    uint32_t passage_count;
    struct text other_sources; /* where the same reply lies too, one a line (batch/twins.h) */
    struct text stem; /* the file's name for docnos; empty: the reply is a single passage */
};

enum status passage_record_encode(const struct passage_record *record, struct buffer *out,
                                  struct error *error);
enum status reply_record_encode(const struct reply_record *record, struct buffer *out,
                                struct error *error);

/* The texts point into `bytes`. STATUS_CORRUPT when the bytes are not a record. */
enum status passage_record_decode(struct text bytes, struct passage_record *out,
                                  struct error *error);
enum status reply_record_decode(struct text bytes, struct reply_record *out, struct error *error);

/* What one document of the index stores: the record of a reply, of a passage, or of both (a reply of
 * a single passage). What it does not have is an empty text. STATUS_CORRUPT. */
enum status document_record_join(struct text reply, struct text passage, struct buffer *out,
                                 struct error *error);
enum status document_record_split(struct text bytes, struct text *reply, struct text *passage,
                                  struct error *error);

#endif
