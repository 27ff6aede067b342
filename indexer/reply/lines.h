/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a single line looks like, whatever stands around it. All input is shadow text; lines too
 * long to be one of the forms are told apart without running a pattern. */
#ifndef DAFU_REPLY_LINES_H
#define DAFU_REPLY_LINES_H

#include "indexer/base/text.h"

/* No form line is longer (bytes); an addressee may be: it can be a list of names. */
#define FORM_BYTES 420
#define TITLE_BYTES 720

bool line_is_addressee(struct text shadow);
bool line_is_contact(struct text shadow);
bool line_is_copy_to(struct text shadow);
bool line_is_print(struct text shadow);     /* ...印发 */
bool line_is_publicity(struct text shadow); /* 此件公开发布 */
bool line_is_class(struct text shadow);     /* 办理结果：B */
bool line_is_label(struct text shadow);     /* 索引号：, 发布机构：, 签发人：... */
bool line_is_chrome(struct text shadow);    /* 首页 > ..., 打印本页 */
bool line_is_date(struct text shadow);
bool line_is_agency(struct text shadow);
bool line_is_title(struct text shadow); /* a complete title of a reply */
bool line_starts_title(struct text shadow);
bool line_is_lead(struct text shadow); /* 您提出的……收悉 */
bool line_is_closing(struct text shadow);
bool line_is_attachment(struct text shadow); /* 附件：... */
/* 甬经信函〔2026〕9号 at the start, perhaps after 文号：, and little behind it. */
bool line_is_document_number(struct text shadow);
/* Any of the forms that stand outside the running text. */
bool line_is_form(struct text shadow);
/* Ends as a sentence does: 。！？；：, also inside a closing quote or bracket. */
bool line_is_finished(struct text shadow);

#endif
