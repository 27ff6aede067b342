/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements by their default rendering in the HTML standard; what is not here is inline. A <form>
 * is a plain block: ASP.NET puts a whole page into one. */
#include "indexer/document/html_tags.h"

#include "indexer/document/html_tree.h"

static const struct {
    const char *names;
    unsigned flags;
} TAGS[] = {
    { "p", HTML_BLOCK | HTML_NARROW },
    { "h1 h2 h3 h4 h5 h6", HTML_BLOCK | HTML_NARROW | HTML_HEADING },
    { "a", HTML_LINK },
    { "br", HTML_BREAK },
    { "td th", HTML_BLOCK | HTML_CELL },
    { "tr", HTML_BLOCK | HTML_ROW },
    { "table", HTML_BLOCK | HTML_TABLE },
    { "pre xmp listing plaintext", HTML_BLOCK | HTML_KEEP },
    { "div section article main form body html center dl dt dd ul ol li tbody thead tfoot caption "
      "blockquote fieldset legend figure figcaption hr address details summary header hgroup dir "
      "menu frameset noframes colgroup",
      HTML_BLOCK },
    { "script style head title meta link base noscript template select option optgroup datalist "
      "button input textarea svg math canvas object embed applet iframe frame audio video map area "
      "param source track progress meter dialog xml",
      HTML_SKIP },
    { "nav footer aside", HTML_BLOCK | HTML_SKIP },
    { "rp rt", HTML_SKIP }, /* pronunciation over a character */
};

unsigned html_tag_flags(struct text name)
{
    for (size_t i = 0; i < sizeof(TAGS) / sizeof(TAGS[0]); i++)
        if (html_has_word(text_of(TAGS[i].names), name))
            return TAGS[i].flags;
    return 0;
}

bool html_keeps_attribute(struct text name)
{
    static const char *const KEPT[] = { "id",    "class",   "name",    "content", "property",
                                        "href",  "src",     "style",   "hidden",  "itemprop",
                                        "type",  "colspan", "start",   "rel",     "title",
                                        "value", "data",    "download" };
    for (size_t i = 0; i < sizeof(KEPT) / sizeof(KEPT[0]); i++)
        if (html_same(name, text_of(KEPT[i])))
            return true;
    return false;
}
