/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields that the text leaves empty, from what stands around it (document.h): the table that a
 * page shows, its meta tags, the properties of a file. In this order of precedence, all of them
 * below the text itself. */
#ifndef DAFU_REPLY_RECONCILE_H
#define DAFU_REPLY_RECONCILE_H

#include "indexer/reply/parse.h"

/* Fills title, issuer, document number, publicity and date where they are empty and the value
 * has the form of such a field. False only when out of memory. */
bool reconcile_fields(struct parse *parse);

#endif
