/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of the RTF reader: a stack of groups. A group is body text, or a destination that is
 * kept as a property, or one that is skipped whole. */
#ifndef DAFU_DOCUMENT_RTF_H
#define DAFU_DOCUMENT_RTF_H

#include "indexer/document/charset_codec.h"
#include "indexer/document/rtf_text.h"

#define GROUPS_MAX 512 /* depth of groups */
#define FONTS_MAX 4096

enum destination {
    BODY,
    SKIPPED,
    FONTS,
    NUMBER, /* a list's number, as it is shown */
    SHAPE,  /* a drawing that may have text in it */
    TITLE,
    AUTHOR,
    CREATED,
};

struct group {
    enum destination destination;
    bool hidden;
    bool double_byte;          /* \dbch: \af names the font of what follows */
    bool box;                  /* this group began a text box */
    int fallback;              /* \ucN: bytes after \u that older readers show instead */
    const struct codec *codec; /* of bytes: \ansicpg's, or that of the font's \fcharset */
};

struct rtf {
    struct text bytes;
    size_t offset;
    struct group groups[GROUPS_MAX];
    size_t depth;
    bool group_is_new; /* nothing but "{" or "{\*" so far */
    bool starred;      /* ... and that was "{\*" */
    bool ended;        /* the outermost group is closed */
    int pending_fallback;
    uint32_t high_surrogate;
    struct buffer raw;      /* bytes not yet decoded */
    struct decoder decoder; /* the one used last */
    const struct codec *fonts[FONTS_MAX];
    long default_font;
    long font; /* the font table's entry at hand; -1 none */
    const struct codec *default_codec;
    struct buffer title, author;
    long created[3]; /* year, month, day */
    struct rtf_text text;
};

/* The parameter of a control word; `given` is false where it has none. */
struct parameter {
    long value;
    bool given;
};

static inline struct group *rtf_top(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth];
}

/* A byte of the text, plain or from \'xx: decoded when all that belong together are there. */
void rtf_put_byte(struct rtf *rtf, char byte);
/* A character that has a name of its own: "—". */
void rtf_put_symbol(struct rtf *rtf, const char *symbol);
/* Decodes what is there: before the encoding or the group changes. */
void rtf_flush(struct rtf *rtf);
/* Does what a control word says; unknown words do nothing. */
void rtf_obey(struct rtf *rtf, struct text name, struct parameter parameter);
const struct codec *rtf_font_codec(const struct rtf *rtf, long number);

#endif
