/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the control words of RTF do (Microsoft, "RTF Specification, version 1.9.1"), and how its
 * bytes become characters: each font of the font table has a character set of its own. */
#include <stdio.h>
#include <stdlib.h>

#include "indexer/base/utf8.h"
#include "indexer/document/rtf.h"

/* --- characters ----------------------------------------------------------------------------- */

static void put(struct rtf *rtf, struct text piece)
{
    const struct group *group = rtf_top(rtf);
    struct buffer *property = group->destination == TITLE    ? &rtf->title
                              : group->destination == AUTHOR ? &rtf->author
                                                             : NULL;
    if (property && property->length < 2000)
        buffer_append(property, piece);
    else if ((group->destination == BODY || group->destination == NUMBER) && !group->hidden)
        rtf_text_put(&rtf->text, piece);
}

static bool wants_text(struct rtf *rtf)
{
    const struct group *group = rtf_top(rtf);
    return group->destination != SKIPPED && group->destination != FONTS &&
           group->destination != CREATED && !group->hidden;
}

static bool open_decoder(struct rtf *rtf, const struct codec *codec)
{
    if (rtf->decoder.codec == codec)
        return true;
    decoder_close(&rtf->decoder);
    rtf->decoder = (struct decoder) { NULL, (iconv_t)-1 };
    struct decoder decoder;
    enum status status = decoder_open(&decoder, codec, rtf->text.error);
    if (status) {
        rtf->text.status = status;
        return false;
    }
    rtf->decoder = decoder;
    return true;
}

/* Decodes the bytes that have come together: a double-byte character is two of them. */
void rtf_flush(struct rtf *rtf)
{
    struct text raw = buffer_text(&rtf->raw);
    if (!raw.length || rtf->text.status || !open_decoder(rtf, rtf_top(rtf)->codec))
        return;
    for (size_t offset = 0; offset < raw.length;) {
        char out[DECODER_STEP_BYTES];
        size_t length = 0;
        bool bad = false;
        offset += decoder_step(&rtf->decoder, raw, offset, out, &length, &bad);
        rtf->text.document->replaced += bad;
        put(rtf, (struct text) { out, length });
    }
    buffer_clear(&rtf->raw);
}

void rtf_put_byte(struct rtf *rtf, char byte)
{
    if (rtf->pending_fallback > 0)
        rtf->pending_fallback--;
    else if (wants_text(rtf))
        buffer_append_byte(&rtf->raw, byte);
    if (rtf->raw.length >= 4096 && (unsigned char)byte < 0x80)
        rtf_flush(rtf);
    if (rtf->raw.failed)
        rtf->text.status = buffer_status(&rtf->raw, rtf->text.error);
}

static void put_codepoint(struct rtf *rtf, uint32_t codepoint)
{
    char bytes[4];
    rtf_flush(rtf);
    put(rtf, (struct text) { bytes, utf8_encode(codepoint, bytes) });
}

void rtf_put_symbol(struct rtf *rtf, const char *symbol)
{
    if (rtf->pending_fallback > 0) {
        rtf->pending_fallback--;
        return;
    }
    rtf_flush(rtf);
    put(rtf, text_of(symbol));
}

/* --- control words -------------------------------------------------------------------------- */

struct word {
    const char *name;
    void (*obey)(struct rtf *rtf, struct parameter parameter, const struct word *word);
    const char *symbol; /* of obey_symbol */
    enum destination destination;
};

static void obey_symbol(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (rtf_top(rtf)->destination != NUMBER || word->symbol[0] != '\t') /* 一、<tab> is 一、 */
        rtf_put_symbol(rtf, word->symbol);
}

static void obey_destination(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    struct group *group = rtf_top(rtf);
    if (rtf->group_is_new && (group->destination == BODY ||
                              (group->destination == NUMBER && word->destination == SKIPPED)))
        group->destination = word->destination;
}

static void obey_info(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (rtf->group_is_new && rtf->depth <= 3 && !parameter.given)
        rtf_top(rtf)->destination = word->destination;
}

/* {\shp{\*\shpinst ... {\shptxt ...}}} */
static void obey_box(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (!rtf->group_is_new || rtf->text.in_box || rtf_top(rtf)->destination != SHAPE)
        return;
    rtf->text.in_box = rtf_top(rtf)->box = true;
    rtf_top(rtf)->destination = BODY;
}

static bool is_body(struct rtf *rtf)
{
    return rtf_top(rtf)->destination == BODY;
}

static void obey_paragraph(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_flush(rtf);
    if (is_body(rtf))
        rtf_text_end_paragraph(&rtf->text);
}

static void obey_cell(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_flush(rtf);
    if (is_body(rtf))
        rtf_text_end_cell(&rtf->text);
}

static void obey_row(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_flush(rtf);
    if (is_body(rtf))
        rtf_text_end_row(&rtf->text);
}

static void obey_in_table(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (is_body(rtf) && !rtf->text.in_box)
        rtf->text.in_table = true;
}

/* \pard: the paragraph's properties, \intbl among them, are as at the start. */
static void obey_paragraph_default(struct rtf *rtf, struct parameter parameter,
                                   const struct word *word)
{
    if (is_body(rtf) && !rtf->text.in_box)
        rtf->text.in_table = false;
}

static void obey_hidden(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_flush(rtf);
    rtf_top(rtf)->hidden = !parameter.given || parameter.value != 0;
}

const struct codec *rtf_font_codec(const struct rtf *rtf, long number)
{
    const struct codec *codec = number >= 0 && number < FONTS_MAX ? rtf->fonts[number] : NULL;
    return codec ? codec : rtf->default_codec;
}

static void obey_plain(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_flush(rtf);
    rtf_top(rtf)->hidden = false;
    rtf_top(rtf)->codec = rtf_font_codec(rtf, rtf->default_font);
}

static void obey_font(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (!parameter.given)
        return;
    if (rtf_top(rtf)->destination == FONTS) {
        rtf->font = parameter.value >= 0 && parameter.value < FONTS_MAX ? parameter.value : -1;
        return;
    }
    rtf_flush(rtf);
    rtf_top(rtf)->codec = rtf_font_codec(rtf, parameter.value);
}

static void obey_associated_font(struct rtf *rtf, struct parameter parameter,
                                 const struct word *word)
{
    if (rtf_top(rtf)->double_byte)
        obey_font(rtf, parameter, word);
}

static void obey_byte_class(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_top(rtf)->double_byte = word->symbol != NULL;
}

static const struct codec *codec_of_page(long page)
{
    char label[24];
    int length = snprintf(label, sizeof(label), page == 1252 ? "windows-%ld" : "cp%ld", page);
    return codec_find((struct text) { label, (size_t)length });
}

/* The character set of a font (specification, "Font Table"): those of East Asia decide, others may
 * be the Latin half of a Chinese pair. */
static void obey_font_charset(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    static const struct {
        long charset;
        const char *label;
    } CHARSETS[] = { { 134, "gbk" }, { 136, "big5" }, { 128, "shift_jis" }, { 129, "euc-kr" } };
    if (rtf_top(rtf)->destination != FONTS || rtf->font < 0)
        return;
    for (size_t i = 0; i < sizeof(CHARSETS) / sizeof(CHARSETS[0]); i++)
        if (parameter.value == CHARSETS[i].charset)
            rtf->fonts[rtf->font] = codec_find(text_of(CHARSETS[i].label));
}

static void obey_font_page(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (rtf_top(rtf)->destination == FONTS && rtf->font >= 0 && parameter.value > 0)
        rtf->fonts[rtf->font] = codec_of_page(parameter.value);
}

static void obey_page(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    const struct codec *codec = parameter.given ? codec_of_page(parameter.value) : NULL;
    if (codec)
        rtf->default_codec = rtf_top(rtf)->codec = codec;
}

static void obey_default_font(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (parameter.given)
        rtf->default_font = parameter.value;
}

static void obey_fallback(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    rtf_top(rtf)->fallback =
        parameter.given && parameter.value >= 0 && parameter.value < 64 ? (int)parameter.value : 1;
}

/* \uN: a UTF-16 unit as a signed 16-bit number. */
static void obey_unicode(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    uint32_t unit = (uint32_t)parameter.value & 0xFFFF;
    if (!parameter.given)
        return;
    rtf->pending_fallback = rtf_top(rtf)->fallback;
    if (unit >= 0xD800 && unit < 0xDC00) {
        rtf->high_surrogate = unit;
        return;
    }
    if (unit >= 0xDC00 && unit < 0xE000) {
        if (rtf->high_surrogate)
            put_codepoint(rtf, 0x10000 + ((rtf->high_surrogate - 0xD800) << 10) + (unit - 0xDC00));
    } else if (unit >= 0x20) {
        put_codepoint(rtf, unit);
    }
    rtf->high_surrogate = 0;
}

static void obey_created(struct rtf *rtf, struct parameter parameter, const struct word *word)
{
    if (rtf_top(rtf)->destination == CREATED && parameter.given)
        rtf->created[word->symbol[0] - '0'] = parameter.value;
}

/* Sorted by name (bytes), for bsearch. */
static const struct word WORDS[] = {
    { "af", obey_associated_font, NULL, BODY },
    { "annotation", obey_destination, NULL, SKIPPED },
    { "ansicpg", obey_page, NULL, BODY },
    { "atnauthor", obey_destination, NULL, SKIPPED },
    { "atnid", obey_destination, NULL, SKIPPED },
    { "author", obey_info, NULL, AUTHOR },
    { "bullet", obey_symbol, "•", BODY },
    { "cell", obey_cell, NULL, BODY },
    { "colortbl", obey_destination, NULL, SKIPPED },
    { "cpg", obey_font_page, NULL, BODY },
    { "creatim", obey_info, NULL, CREATED },
    { "datastore", obey_destination, NULL, SKIPPED },
    { "dbch", obey_byte_class, "2", BODY },
    { "deff", obey_default_font, NULL, BODY },
    { "deleted", obey_hidden, NULL, BODY },
    { "do", obey_destination, NULL, SKIPPED },
    { "dy", obey_created, "2", BODY },
    { "emdash", obey_symbol, "—", BODY },
    { "emspace", obey_symbol, "\u3000", BODY },
    { "endash", obey_symbol, "–", BODY },
    { "enspace", obey_symbol, " ", BODY },
    { "f", obey_font, NULL, BODY },
    { "fcharset", obey_font_charset, NULL, BODY },
    { "filetbl", obey_destination, NULL, SKIPPED },
    { "fldinst", obey_destination, NULL, SKIPPED },
    { "fonttbl", obey_destination, NULL, FONTS },
    { "footer", obey_destination, NULL, SKIPPED },
    { "footerf", obey_destination, NULL, SKIPPED },
    { "footerl", obey_destination, NULL, SKIPPED },
    { "footerr", obey_destination, NULL, SKIPPED },
    { "footnote", obey_destination, NULL, SKIPPED },
    { "generator", obey_destination, NULL, SKIPPED },
    { "header", obey_destination, NULL, SKIPPED },
    { "headerf", obey_destination, NULL, SKIPPED },
    { "headerl", obey_destination, NULL, SKIPPED },
    { "headerr", obey_destination, NULL, SKIPPED },
    { "hich", obey_byte_class, NULL, BODY },
    { "info", obey_destination, NULL, SKIPPED },
    { "intbl", obey_in_table, NULL, BODY },
    { "ldblquote", obey_symbol, "“", BODY },
    { "line", obey_symbol, "\n", BODY },
    { "listtable", obey_destination, NULL, SKIPPED },
    { "listtext", obey_destination, NULL, NUMBER },
    { "loch", obey_byte_class, NULL, BODY },
    { "lquote", obey_symbol, "‘", BODY },
    { "mo", obey_created, "1", BODY },
    { "nestcell", obey_cell, NULL, BODY },
    { "nonshppict", obey_destination, NULL, SKIPPED },
    { "object", obey_destination, NULL, SKIPPED },
    { "par", obey_paragraph, NULL, BODY },
    { "pard", obey_paragraph_default, NULL, BODY },
    { "pict", obey_destination, NULL, SKIPPED },
    { "plain", obey_plain, NULL, BODY },
    { "pntext", obey_destination, NULL, NUMBER },
    { "pntxta", obey_destination, NULL, SKIPPED },
    { "pntxtb", obey_destination, NULL, SKIPPED },
    { "qmspace", obey_symbol, " ", BODY },
    { "rdblquote", obey_symbol, "”", BODY },
    { "revtbl", obey_destination, NULL, SKIPPED },
    { "row", obey_row, NULL, BODY },
    { "rquote", obey_symbol, "’", BODY },
    { "rxe", obey_destination, NULL, SKIPPED },
    { "sect", obey_paragraph, NULL, BODY },
    { "shpinst", obey_destination, NULL, SHAPE },
    { "shprslt", obey_destination, NULL, SKIPPED },
    { "shptxt", obey_box, NULL, BODY },
    { "stylesheet", obey_destination, NULL, SKIPPED },
    { "tab", obey_symbol, "\t", BODY },
    { "tc", obey_destination, NULL, SKIPPED },
    { "themedata", obey_destination, NULL, SKIPPED },
    { "title", obey_info, NULL, TITLE },
    { "txe", obey_destination, NULL, SKIPPED },
    { "u", obey_unicode, NULL, BODY },
    { "uc", obey_fallback, NULL, BODY },
    { "v", obey_hidden, NULL, BODY },
    { "xe", obey_destination, NULL, SKIPPED },
    { "xmlnstbl", obey_destination, NULL, SKIPPED },
    { "yr", obey_created, "0", BODY },
};

static int compare_word(const void *name, const void *word)
{
    return text_compare(*(const struct text *)name, text_of(((const struct word *)word)->name));
}

void rtf_obey(struct rtf *rtf, struct text name, struct parameter parameter)
{
    const struct word *word =
        bsearch(&name, WORDS, sizeof(WORDS) / sizeof(WORDS[0]), sizeof(WORDS[0]), compare_word);
    bool known_destination = word && (word->obey == obey_destination || word->obey == obey_info);
    if (rtf->starred && !known_destination && !(word && word->obey == obey_box))
        rtf_top(rtf)->destination = SKIPPED; /* {\*\something new */
    else if (word)
        word->obey(rtf, parameter, word);
}
