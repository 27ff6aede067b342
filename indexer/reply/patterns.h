/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The regular expressions of a reply's form, as a table. They are compiled once for the whole
 * process, run on shadows (shadow.h), and bounded by a match limit: a text that exceeds it
 * counts as not matching. Safe for any number of threads. */
#ifndef DAFU_REPLY_PATTERNS_H
#define DAFU_REPLY_PATTERNS_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

enum pattern {
    /* whole lines */
    PATTERN_PAGE_NUMBER,
    PATTERN_ADDRESSEE,  /* PIECE_NAME */
    PATTERN_SALUTATION, /* an addressee with the lead behind it in one line: PIECE_NAME */
    PATTERN_CONTACT_LINE,
    PATTERN_COPY_TO, /* PIECE_NAME: the bodies */
    PATTERN_PRINT_LINE,
    PATTERN_PUBLICITY_LINE,
    PATTERN_CLASS_LINE,
    PATTERN_LABEL_LINE,
    PATTERN_CHROME_LINE,
    PATTERN_DATE_LINE,
    PATTERN_AGENCY_LINE,  /* PIECE_NAME: without 文件 */
    PATTERN_TITLE,        /* a complete title */
    PATTERN_TITLE_STRONG, /* in a title: that of a reply for sure */
    PATTERN_TITLE_START,  /* the first line of a broken one */
    PATTERN_CLOSING,
    PATTERN_LEAD,
    /* fields */
    PATTERN_DOCUMENT_NUMBER, /* PIECE_CODE, PIECE_YEAR, PIECE_NUMBER; PIECE_LETTER glued class */
    PATTERN_SESSION,         /* PIECE_AREA, PIECE_TERM, PIECE_MEETING */
    PATTERN_TERM_ONLY,       /* PIECE_AREA, PIECE_TERM */
    PATTERN_NUMBER,          /* PIECE_NUMBER of a proposal */
    PATTERN_NUMBER_AFTER,    /* 提案第12号 */
    PATTERN_CATEGORY,        /* PIECE_NAME */
    PATTERN_SUBJECT,         /* unquoted: PIECE_NAME */
    PATTERN_JOINT,           /* 会办意见 */
    PATTERN_CONSULTED,       /* PIECE_NAME: the bodies */
    PATTERN_CLASS,           /* PIECE_LETTER */
    PATTERN_PUBLICITY,       /* PIECE_NAME */
    PATTERN_DATE,            /* PIECE_YEAR, PIECE_MONTH, PIECE_DAY */
    PATTERN_ISSUER_FIELD,    /* PIECE_NAME */
    PATTERN_TITLE_FIELD,     /* PIECE_NAME */
    PATTERN_SIGNED_FIELD,    /* 成文日期：; the date follows */
    PATTERN_PUBLISHED_FIELD, /* 发布日期： */
    PATTERN_TITLE_ISSUER,    /* PIECE_NAME: before 关于 */
    PATTERN_TITLE_BRACKETS,  /* PIECE_NAME: ...的答复（水利局） */
    PATTERN_CARD_SUBJECT,    /* 案由：…… PIECE_NAME */
    PATTERN_CARD_PERSON,     /* 代表：…… PIECE_NAME */
    PATTERN_CARD_UNIT,       /* 主办单位：…… */
    PATTERN_AGENCY,          /* a text that is an agency's name as a whole */
    PATTERN_CENTRAL_AGENCY,
    /* structure */
    PATTERN_FUTURE,         /* words that only a promise has */
    PATTERN_PERFECT,        /* a verb with 了 */
    PATTERN_COUNTED,        /* an amount of results: 312名 */
    PATTERN_EXACT,          /* ... that was counted: not 300, but 312 or 300余 */
    PATTERN_AIM,            /* what is to come of it */
    PATTERN_RULE,           /* what is prescribed */
    PATTERN_LAW,            /* 《...》 says so: no report, though it has 了 */
    PATTERN_INTENT,         /* what is undertaken without 将 */
    PATTERN_PLAN,           /* a clause that begins with what is to be done */
    PATTERN_OPENING,        /* a measure to come begins with its verb, nobody is named */
    PATTERN_TARGET,         /* amounts and terms that are to be kept */
    PATTERN_RAISED,         /* to an amount: reached, or to be reached */
    PATTERN_OUTCOME,        /* what came of it */
    PATTERN_TROUBLE,        /* a clause that says what is wrong */
    PATTERN_CONTACT_PHRASE, /* inside a paragraph */
    PATTERN_PHONE,
    PATTERN_MOBILE,
    PATTERN_CONTACT_NAME,   /* PIECE_NAME after 联系人： */
    PATTERN_CONTACT_PERSON, /* PIECE_NAME before 电话 in running text; a number follows */
    PATTERN_COUNT,
};

enum piece {
    PIECE_NAME,
    PIECE_CODE,
    PIECE_YEAR,
    PIECE_MONTH,
    PIECE_DAY,
    PIECE_NUMBER,
    PIECE_LETTER,
    PIECE_AREA,
    PIECE_TERM,
    PIECE_MEETING,
    PIECE_COUNT,
};

struct pattern_match {
    size_t start, end;               /* bytes of the whole match in the subject */
    size_t piece_start[PIECE_COUNT]; /* TEXT_NONE when the piece took no part */
    size_t piece_end[PIECE_COUNT];
};

/* Compiles the table. STATUS_NO_MEMORY; a pattern that does not compile is a bug and asserted. */
enum status patterns_prepare(struct error *error);

/* The first match at or after byte `start` (a code point boundary) of valid UTF-8. */
bool pattern_find(enum pattern pattern, struct text subject, size_t start,
                  struct pattern_match *out);
bool pattern_test(enum pattern pattern, struct text subject);

static inline bool pattern_has(const struct pattern_match *match, enum piece piece)
{
    return match->piece_start[piece] != TEXT_NONE;
}

/* The piece's bytes of `text` (the subject or the text it is the shadow of); empty if absent. */
static inline struct text pattern_piece(const struct pattern_match *match, enum piece piece,
                                        struct text text)
{
    if (match->piece_start[piece] == TEXT_NONE)
        return (struct text) { text.data, 0 };
    return text_slice(text, match->piece_start[piece],
                      match->piece_end[piece] - match->piece_start[piece]);
}

#endif
