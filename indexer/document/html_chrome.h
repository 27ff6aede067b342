/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chrome: what a site puts around its pages, as opposed to what the page says. */
#ifndef DAFU_DOCUMENT_HTML_CHROME_H
#define DAFU_DOCUMENT_HTML_CHROME_H

#include "indexer/document/html_tree.h"

/* Whether the element itself says that it is not shown, or is chrome (its class or id). */
bool html_is_hidden(const struct html_node *node);
bool html_is_chrome(const struct html_node *node);

/* Whether the line, as shown, is nothing but chrome: "【打印本页】 【关闭窗口】", "浏览次数：12". */
bool html_is_chrome_line(struct text line);

/* "2025-06-25 09:30": at the head of a page, when it was published. */
bool html_is_bare_date(struct text line);

/* Bytes of such a date at the start of the line, with the blanks behind it, or 0. */
size_t html_date_length(struct text line);
/* "来源：某某局", "发布日期：2025-06-25", alone. */
bool html_is_info(struct text line);

/* The line without "上一篇：..." and the like glued to its end. */
struct text html_cut_chrome(struct text line);

#endif
