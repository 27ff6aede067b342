/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies pieces of texts, in order, into one cleaned text and keeps their way back to the source:
 * what repair is made of. */
#ifndef DAFU_REPLY_CLEANER_H
#define DAFU_REPLY_CLEANER_H

#include "indexer/base/arena.h"
#include "indexer/base/span_map.h"

struct cleaner {
    struct arena *arena;
    char *out;
    size_t length, capacity;
    struct span_map map;
    bool mapped; /* false as soon as one source has no map */
    bool failed; /* out of memory */
};

/* Room for `capacity` bytes: no more may be copied. */
void cleaner_start(struct cleaner *cleaner, struct arena *arena, size_t capacity);

/* A text that pieces are taken from, front to back. */
struct cleaner_source {
    struct text text;
    const struct span_map *map;
    size_t map_offset; /* where the text starts in what the map describes */
    size_t cursor;     /* span of the last piece */
};

void cleaner_copy(struct cleaner *cleaner, struct cleaner_source *source, size_t start,
                  size_t length);
/* A blank of our own where two lines meet between letters. */
void cleaner_add_blank(struct cleaner *cleaner);

static inline struct text cleaner_text(const struct cleaner *cleaner)
{
    return (struct text) { cleaner->out, cleaner->length };
}

/* Line level: drops zero-width and control characters, bold marks, a leading # and the blanks at
 * both ends of source->text, which becomes the cleaned text (in the arena only if something inside
 * was dropped); `map` is where a new map is kept. *bold says whether the line before left a bold
 * run open (a page break inside it), and then whether this one does. False: no memory. */
bool clean_line(struct cleaner_source *source, struct span_map *map, struct arena *arena,
                bool *bold);

/* Which blanks inside a line are strays. */
enum blanks {
    BLANKS_FIELDS, /* only single ones between a Han character and a digit or letter */
    BLANKS_KEEP,   /* none: between a name and its number they say something */
    BLANKS_TEXT,   /* all short ones that touch a Han character or full-width mark */
};

/* Copies `source` without its stray blanks. */
void clean_blanks(struct cleaner *cleaner, struct cleaner_source *source, enum blanks blanks);

#endif
