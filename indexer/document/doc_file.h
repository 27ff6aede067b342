/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word's binary format from Word 97 on ([MS-DOC]): characters by their number, through the piece
 * table, and the properties of the bytes that they lie in. */
#ifndef DAFU_DOCUMENT_DOC_FILE_H
#define DAFU_DOCUMENT_DOC_FILE_H

#include "indexer/base/buffer.h"

/* Where a table lies in the table stream; inside it, or empty. */
struct doc_place {
    size_t offset, length;
};

/* Tables by their number in the file's header (FibRgFcLcb97). */
enum doc_table {
    DOC_STYLES = 1,
    DOC_CHARACTER_RUNS = 12,
    DOC_PARAGRAPH_RUNS = 13,
    DOC_PIECES = 33,
    DOC_SHAPES = 40, /* PlcSpaMom: where shapes hang */
    DOC_BOXES = 56,  /* PlcftxbxTxt: the texts of shapes */
    DOC_LISTS = 73,
    DOC_LIST_OVERRIDES = 74,
};

struct doc_file {
    struct buffer main, table; /* the streams WordDocument and 0Table or 1Table */
    struct doc_place pieces;
    size_t piece_count;
    size_t characters; /* of all texts: main text, notes, headers, boxes */
    size_t main_characters;
    size_t boxes_start; /* number of the first character of the text boxes */
};

struct doc_character {
    uint32_t unit; /* UTF-16 */
    size_t offset; /* in the stream */
    size_t next;   /* offset of the byte behind it */
};

/* A stretch of the stream with the same properties. */
struct doc_run {
    size_t start, end; /* offsets */
    struct text properties;
};

/* STATUS_INVALID: no such file, damaged, or older than Word 97; STATUS_UNSUPPORTED: protected by a
 * password; STATUS_NO_MEMORY. Release also after a failure. */
enum status doc_file_open(struct text bytes, struct doc_file *file, struct error *error);
void doc_file_release(struct doc_file *file); /* CLEANUP-able */

struct doc_place doc_file_place(const struct doc_file *file, enum doc_table table);

/* `*piece` is where the last one was found (begin with 0). False: there is no such character. */
bool doc_file_character(const struct doc_file *file, size_t number, size_t *piece,
                        struct doc_character *out);

/* Moves the run to the one that holds the offset; without properties when none does.
 * DOC_PARAGRAPH_RUNS: the first two bytes are the style. */
void doc_file_run(const struct doc_file *file, enum doc_table table, size_t offset,
                  struct doc_run *run);

#endif
