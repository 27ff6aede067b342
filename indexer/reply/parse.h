/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of this floor share while one document is being understood. Private to it. */
#ifndef DAFU_REPLY_PARSE_H
#define DAFU_REPLY_PARSE_H

#include "indexer/reply/patterns.h"
#include "indexer/reply/reply.h"

struct parse {
    const struct document *document;
    struct arena *arena;
    struct reply *reply;
    const struct text *shadows; /* of the paragraphs */
    const struct text *roles;   /* declared kinds of the paragraphs, or empty */
    struct text issuer_shadow;  /* once the issuer is known */
    bool is_reply;              /* there is evidence that this is a reply at all */
    size_t title;               /* paragraph, or SECTION_NONE */
    size_t addressee;
    size_t lead;
    size_t card_end; /* behind the first lines of a proposal's card, or 0 */
    size_t head_end; /* first paragraph that is neither head, title nor addressee */
};

/* Decides every paragraph's kind, and the places above. */
void layout_paragraphs(struct parse *parse);

/* The following fill fields of the reply; false only when out of memory. */
bool read_head_fields(struct parse *parse); /* issuer, document number, class, publicity, title */
bool read_dates(struct parse *parse);       /* date and where it stood */
bool read_session(struct parse *parse);     /* session, number, kind, type */
bool read_subject(struct parse *parse);
bool read_people(struct parse *parse);   /* addressee, consulted, copies, contact */
bool read_declared(struct parse *parse); /* what the format says, see document.h */
bool build_sections(struct parse *parse);
bool build_passages(struct parse *parse);
void assign_section_roles(struct parse *parse);
enum passage_role role_of_text(const struct parse *parse, size_t section, struct text shadow);

/* A text without blanks; the text itself when there are none. */
struct text without_blanks(struct text text, struct arena *arena);
bool add_text(struct text_list *list, struct text text, struct arena *arena);

/* A found number in its one form, 代字〔年〕号; data is NULL when out of memory. */
struct text document_number_of(const struct pattern_match *match, struct text text,
                               struct text shadow, struct arena *arena);

/* A title that stands around the text rather than in it (document.h) and is that of a reply for
 * sure; both are empty when there is none or memory is short. */
void declared_title(const struct parse *parse, struct text *text, struct text *shadow);

/* The text of the title, as a piece of its paragraph: a number glued to it is left out. Both are
 * empty when there is no title. */
void title_texts(const struct parse *parse, struct text *text, struct text *shadow);

/* Places that an agency's name starts with, outermost first: 苇州市, 棠浦区, 松栖街道. */
struct place_list {
    struct text items[4];
    struct text shadows[4];
    size_t count;
};
struct place_list places_of(struct text agency_shadow, struct text agency);
/* The place of the level that `level` ends with (市 of 我市); empty when there is none. */
struct text place_of_level(const struct place_list *places, struct text level);

#endif
