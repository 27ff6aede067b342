/* SPDX-License-Identifier: GPL-2.0-or-later */
/*  1  关于……的答复                                                        12.34
 *     agency · document number · date
 *     headings › above
 *     the passage, matched words bold
 *     file, paragraph, bytes
 *
 *  2  headings › above another passage of the same reply                  11.02
 *     ...
 * What was said of a reply is not said again: right below it neither title nor file, further down
 * not the agency. Grouped, the last three lines for each passage of the reply. Counts come last. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/base/utf8.h"
#include "search/output/output.h"
#include "search/output/wrap.h"

#define INDENT 4
#define COLUMNS_LEAST 20
#define LOOK_BACK 50   /* results; a reader has forgotten what was further up */
#define PART_BYTES 128 /* of a part of the score; a longer term is cut */

#define DIM_ON "\033[2m"
#define BOLD_ON "\033[1m"
#define STYLE_OFF "\033[0m"

/* What a passage is named by. */
enum naming {
    NAME_WHOLE,   /* its reply was not named yet */
    NAME_TITLE,   /* it was, further up */
    NAME_PASSAGE, /* right above */
};

static enum naming naming_of(const struct result_list *list, size_t at)
{
    struct text reply = list->results[at].passage.reply;
    for (size_t i = at; i-- > 0 && at - i <= LOOK_BACK;)
        if (text_equal(list->results[i].passage.reply, reply))
            return i + 1 == at ? NAME_PASSAGE : NAME_TITLE;
    return NAME_WHOLE;
}

/* The headings above; without the last one where the passage itself begins with it. */
static struct text path_of(const struct passage_record *passage)
{
    static const struct text MARK = TEXT_INIT(" › ");
    struct text path = passage->path;
    size_t last = text_find_last(path, MARK), start = last == TEXT_NONE ? 0 : last + MARK.length;
    if (text_starts_with(passage->text, text_slice(path, start, path.length - start)))
        path.length = last == TEXT_NONE ? 0 : last;
    return path;
}

static void put_heading(const struct output *output, struct text title, bool bold, double value,
                        size_t rank, size_t columns)
{
    char score[32];
    snprintf(score, sizeof(score), "%.2f", value);
    size_t at = (size_t)fprintf(output->stream, "%2zu", rank);
    do /* at least two blanks; the text of all results up to 99 starts in one column */
        at += (size_t)fprintf(output->stream, " ");
    while (at < INDENT);

    size_t room = columns - at > strlen(score) + 2 ? columns - at - strlen(score) - 2 : 1;
    bold = bold && output->bold;
    fputs(bold ? BOLD_ON : "", output->stream);
    size_t used = wrap_line(output->stream, title, room);
    fputs(bold ? STYLE_OFF : "", output->stream);
    fprintf(output->stream, "%*s%s\n", (int)(room - used + 2), "", score);
}

/* The parts that are there, with " · " between them, as one wrapped line. */
static void put_facts(const struct output *output, const struct result *result, size_t columns)
{
    const struct reply_record *reply = &result->reply;
    const struct text facts[] = { reply->issuer, reply->document_number, reply->date };
    struct wrap wrap = { output->stream, columns, INDENT, 0, false };
    bool any = false;
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        if (!facts[i].length)
            continue;
        if (any) {
            bool fits = wrap.at + 3 + utf8_columns(facts[i]) <= columns;
            fputs(fits ? " · " : " ·\n", output->stream);
            wrap.at = fits ? wrap.at + 3 : 0;
        }
        wrap_text(&wrap, facts[i], NULL);
        any = true;
    }
    if (any)
        fputc('\n', output->stream);
}

static void put_path(const struct output *output, const struct result *result, size_t columns)
{
    struct wrap wrap = { output->stream, columns, INDENT, 0, false };
    struct text path = path_of(&result->passage);
    if (!path.length)
        return;
    wrap_text(&wrap, path, NULL);
    fputc('\n', output->stream);
}

/* The spans within the window, counted from its start. */
static size_t shift_spans(const struct span_list *spans, const struct snippet *snippet,
                          struct text_span *out)
{
    size_t count = 0, end = snippet->start + snippet->length;
    for (size_t i = 0; i < spans->count; i++) {
        size_t from = spans->spans[i].start, to = from + spans->spans[i].length;
        from = from < snippet->start ? snippet->start : from;
        to = to > end ? end : to;
        if (from < to)
            out[count++] = (struct text_span) { from - snippet->start, to - from, 0 };
    }
    return count;
}

static enum status put_passage(const struct output *output, const struct result *result,
                               size_t columns, struct error *error)
{
    const struct snippet *snippet = &result->snippet;
    struct text window = text_slice(result->passage.text, snippet->start, snippet->length);
    struct text_span *shifted = calloc(result->highlights.count + 1, sizeof(*shifted));
    if (!shifted)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct span_list spans = { shifted, shift_spans(&result->highlights, snippet, shifted), 0 };
    struct wrap wrap = { output->stream, columns, INDENT, 0, output->bold };
    if (snippet->cut_before)
        wrap_text(&wrap, TEXT("……"), NULL);
    wrap_text(&wrap, window, &spans);
    if (snippet->cut_after)
        wrap_text(&wrap, TEXT("……"), NULL);
    fputc('\n', output->stream);
    free(shifted);
    return STATUS_OK;
}

static void put_place(const struct output *output, const struct result *result, bool file,
                      size_t columns)
{
    const struct passage_record *passage = &result->passage;
    char place[160];
    unsigned long long first = passage->source_offset;
    snprintf(place, sizeof(place), "%s第%u段 字节%llu–%llu", file ? " " : "", passage->paragraph,
             first, first + passage->source_length);
    size_t tail = utf8_columns(text_of(place));
    struct text source = result->reply.source.length ? result->reply.source : passage->reply;
    size_t room = columns > INDENT + tail ? columns - INDENT - tail : 8;
    if (utf8_columns(source) > room) { /* the end of a path says more than its start */
        size_t slash = text_find_last(source, TEXT("/"));
        source =
            slash == TEXT_NONE ? source : text_slice(source, slash + 1, source.length - slash - 1);
    }
    fprintf(output->stream, "%*s%s", INDENT, "", output->bold ? DIM_ON : "");
    if (file)
        wrap_line(output->stream, source, room);
    fprintf(output->stream, "%s%s\n", place, output->bold ? STYLE_OFF : "");
}

/* 得分 13.20 = 停车 5.21 + 补贴 3.90 + 标题·停车 0.85 - 小标题 1.10 */
static void put_parts(const struct output *output, const struct result *result, size_t columns)
{
    static const char *const NAMES[PART_COUNT] = {
        [PART_TERM] = "",          [PART_NEAR] = "集中",     [PART_TITLE] = "标题·",
        [PART_PATH] = "章节·",     [PART_ISSUER] = "机关·",  [PART_AREA] = "地区·",
        [PART_YEAR] = "年份·",     [PART_ROLE] = "段落性质", [PART_DOCUMENT] = "同篇其他段",
        [PART_FRESHNESS] = "新近", [PART_ORDER] = "次序",    [PART_REPEATED] = "重复",
        [PART_CITATION] = "引用",  [PART_INDEX] = "索引",    [PART_EXTENT] = "篇幅",
    };
    struct wrap wrap = { output->stream, columns, INDENT, 0, false };
    char number[64];
    snprintf(number, sizeof(number), "得分 %.2f", result->score);
    wrap_text(&wrap, text_of(number), NULL);
    for (size_t i = 0; i < result->part_count; i++) {
        const struct score_part *part = &result->parts[i];
        char piece[PART_BYTES];
        snprintf(piece, sizeof(piece), " %s%s%.*s %.2f", i ? part->score < 0 ? "- " : "+ " : "= ",
                 NAMES[part->kind], (int)utf8_boundary(part->of, PART_BYTES / 2), part->of.data,
                 i ? fabs(part->score) : part->score);
        wrap_text(&wrap, text_of(piece), NULL);
    }
    fputc('\n', output->stream);
}

static enum status put_body(const struct output *output, const struct result *result, bool path,
                            bool file, size_t columns, struct error *error)
{
    if (path)
        put_path(output, result, columns);
    enum status status = put_passage(output, result, columns, error);
    if (!status)
        put_place(output, result, file, columns);
    if (!status && result->parts)
        put_parts(output, result, columns);
    return status;
}

static struct text title_of(const struct result *result)
{
    return result->reply.title.length ? result->reply.title : result->passage.docno;
}

static enum status put_result(const struct output *output, const struct result_list *list,
                              size_t at, size_t columns, struct error *error)
{
    const struct result *result = &list->results[at];
    enum naming naming = naming_of(list, at);
    bool named = naming == NAME_PASSAGE;
    struct text path = path_of(&result->passage);
    char paragraph[32];
    snprintf(paragraph, sizeof(paragraph), "第%u段", result->passage.paragraph);
    struct text title = !named ? title_of(result) : path.length ? path : text_of(paragraph);
    put_heading(output, title, !named, result->score, result->rank, columns);
    if (naming == NAME_WHOLE)
        put_facts(output, result, columns);
    return put_body(output, result, !named, !named, columns, error);
}

static enum status put_group(const struct output *output, const struct result_group *group,
                             size_t columns, struct error *error)
{
    enum status status = STATUS_OK;
    const struct result *best = &group->results[0];
    put_heading(output, title_of(best), true, best->score, group->rank, columns);
    put_facts(output, best, columns);
    for (size_t i = 0; i < group->count && !status; i++)
        status = put_body(output, &group->results[i], true, i == 0, columns, error);
    if (!status && group->found > group->count)
        fprintf(output->stream, "%*s另有 %zu 段\n", INDENT, "", group->found - group->count);
    return status;
}

/* The role of passages has names for programs; --role takes these, too. */
static struct text facet_label(enum facet facet, struct text value)
{
    for (int role = 0; facet == FACET_ROLE && role < ROLE_COUNT; role++)
        if (text_equal(value, text_of(role_name((enum passage_role)role))))
            return text_of(role_chinese((enum passage_role)role));
    return value;
}

/* "机关  安河市交通运输局 34 · 宁波市交通局 17" */
static void put_facet(const struct output *output, enum facet facet,
                      const struct facet_counts *counts, size_t columns)
{
    char number[48];
    struct wrap wrap = { output->stream, columns, INDENT, 0, false };
    fputs(FACETS[facet].chinese, output->stream);
    wrap.at = utf8_columns(text_of(FACETS[facet].chinese));
    for (size_t i = 0; i < counts->count; i++) {
        wrap_text(&wrap, i ? TEXT(" ·") : TEXT(" "), NULL);
        fputc(' ', output->stream);
        wrap.at++;
        wrap_text(&wrap, facet_label(facet, counts->values[i].value), NULL);
        snprintf(number, sizeof(number), " %llu", (unsigned long long)counts->values[i].passages);
        wrap_text(&wrap, text_of(number), NULL);
    }
    if (counts->distinct > counts->count)
        wrap_text(&wrap, TEXT(" ……"), NULL);
    fputc('\n', output->stream);
}

static void put_counts(const struct output *output, const struct result_list *list, size_t columns)
{
    fprintf(output->stream, "%s%s %llu 段", list->count || list->group_count ? "\n" : "",
            list->total_exact ? "共" : "约", (unsigned long long)list->total);
    if (list->replies)
        fprintf(output->stream, "，%llu 份答复", (unsigned long long)list->replies);
    fputc('\n', output->stream);
    for (int facet = 0; facet < FACET_COUNT; facet++)
        if (list->facets[facet].count)
            put_facet(output, (enum facet)facet, &list->facets[facet], columns);
}

enum status text_output_write(const struct output *output, const struct result_list *list,
                              struct error *error)
{
    size_t columns = output->columns < COLUMNS_LEAST ? COLUMNS_LEAST : output->columns;
    enum status status = STATUS_OK;
    if (output->topic.length) {
        fprintf(output->stream, "%.*s  ", TEXT_ARG(output->topic));
        wrap_line(output->stream, output->line, columns);
        fputs("\n\n", output->stream);
    }
    for (size_t i = 0; i < list->count + list->group_count && !status; i++) {
        if (i)
            fputc('\n', output->stream);
        status = list->group_count ? put_group(output, &list->groups[i], columns, error)
                                   : put_result(output, list, i, columns, error);
    }
    if (!status && output->counts)
        put_counts(output, list, columns);
    if (output->topic.length && (list->count || list->group_count))
        fputc('\n', output->stream);
    return status;
}
