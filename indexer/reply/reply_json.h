/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reply as one JSON object: the keys of the evaluation's gold.jsonl (file, issuer, doc_number,
 * doc_number_raw, title, subject, session, session_norm{body,area,term,meeting}, kind,
 * reply_type, proposal_no, date, addressee, consulted, result_class, area), then copy_to,
 * date_origin, addressees, publicity, contact, proposal_category, id; with REPLY_JSON_FULL also
 * paragraphs [text], sections [{level, marker, heading, parent, paragraph, role}], passages
 * [{path, role, paragraph, text, offset, length, source_offset, source_length}]. Absent values are
 * null, absent lists empty. Paragraph numbers are 1-based; `parent` is the section's place in
 * `sections`, from 0. Offsets are bytes and count in the texts as they are without masking.
 *
 * Unless show_contacts is given, `contact` has names and numbers masked, and mobile numbers are
 * masked everywhere; `paragraphs` are otherwise the document as it was published. */
#ifndef DAFU_REPLY_REPLY_JSON_H
#define DAFU_REPLY_REPLY_JSON_H

#include "indexer/reply/reply.h"

#include <jansson.h>

enum reply_json { REPLY_JSON_METADATA, REPLY_JSON_FULL };

/* A new reference, or NULL when out of memory. show_contacts: no masking. */
json_t *reply_to_json(const struct reply *reply, enum reply_json parts, bool show_contacts);

#endif
