/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which characters people are named with. Build time only. */
#ifndef DAFU_ANALYSIS_NAME_TABLE_H
#define DAFU_ANALYSIS_NAME_TABLE_H

#include "indexer/base/status.h"
#include "indexer/base/text.h"

#include <stdint.h>

/* Sets UNIT_SURNAME and the given-name costs in `units` (65536 of them). Given names are counted
 * in the dictionary: what follows a single-character surname in its entries for persons (tag nr).
 *
 * surnames  family names, separated by blanks and line ends, # comments */
enum status name_table_build(struct text dictionary, struct text surnames, uint32_t *units,
                             struct error *error);

#endif
