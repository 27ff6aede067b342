/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands do alike with the words of the user's own that an index keeps. */
#ifndef DAFU_COMMAND_OWN_WORDS_H
#define DAFU_COMMAND_OWN_WORDS_H

#include "indexer/analysis/own_words.h"
#include "indexer/index/index_upgrade.h"

/* The program's lexicon with the words of the file over it; words_path NULL: with those that the
 * index keeps; index_path NULL or no index there: without any. */
enum status open_lexicon(const char *index_path, const char *words_path, struct lexicon **out,
                         struct error *error);

/* index_writer_reanalyse with a live line, and commit. Tells what was done. */
enum status reanalyse_index(struct index_writer *writer, struct analyzer *analyzer,
                            struct error *error);

/* The same for an index of the format before this one, which becomes one of this. */
enum status upgrade_index(const char *path, struct analyzer *analyzer, struct error *error);

#endif
