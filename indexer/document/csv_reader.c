/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV exports of crawlers: a row with the names of the columns, then one document per row. Commas,
 * tabs or semicolons; the columns that are known, in English and Chinese, are the rows of COLUMNS,
 * the others are ignored. The text may be plain or a piece of a web page. */
#include <ctype.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/csv_records.h"
#include "indexer/document/warnings.h"

#define NAME_BYTES_MAX 64
#define NAMES_MIN 2 /* known names in a file that is not called .csv */
#define BLANKS_MAX 3

enum column {
    COLUMN_ID,
    COLUMN_TITLE,
    COLUMN_TEXT,
    COLUMN_URL,
    COLUMN_DATE,
    COLUMN_ISSUER,
    COLUMN_NUMBER,
    COLUMN_COUNT,
};

/* Names in lower case without blanks, "_" and "-"; of two columns of one kind the earlier name in
 * its row counts, then the earlier column. */
static const struct {
    const char *key; /* declared as; NULL: not declared */
    const char *names;
} COLUMNS[COLUMN_COUNT] = {
    [COLUMN_ID] = { NULL, "id docid 编号 唯一标识" },
    [COLUMN_TITLE] = { "title", "title 标题 题目 文件标题 信息标题 articletitle name 名称" },
    [COLUMN_TEXT] = { NULL, "text content 正文 内容 全文 答复内容 正文内容 body article 文本 "
                            "fulltext" },
    [COLUMN_URL] = { "url", "url 链接 link 网址 原文链接 sourceurl 来源链接 href pageurl" },
    [COLUMN_DATE] = { "date", "date 日期 成文日期 答复日期 发文日期 发布日期 发布时间 pubdate "
                              "publishdate publishtime time 时间" },
    [COLUMN_ISSUER] = { "issuer", "issuer 发文机关 发文单位 答复单位 承办单位 发布机构 发布单位 "
                                  "agency department 机构 单位 来源 source" },
    [COLUMN_NUMBER] = { "doc_number", "docnumber 发文字号 文号 字号" },
};

struct header {
    char delimiter;
    size_t fields;
    size_t columns[COLUMN_COUNT]; /* index of the field, or TEXT_NONE */
    bool published;               /* the date is that of publication */
};

struct csv {
    struct csv_records records;
    struct header header;
    struct warnings warnings;
    const char *path;
    struct arena arena; /* of one document */
    size_t replaced;
};

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* -- the header ------------------------------------------------------------------------------- */

/* The place of a name in its column's list, from 0; TEXT_NONE when it is not there. */
static size_t rank_of(enum column column, struct text name)
{
    struct text names = text_of(COLUMNS[column].names), known;
    for (size_t rank = 0; text_split(&names, TEXT(" "), &known); rank++)
        if (text_equal(known, name))
            return rank;
    return TEXT_NONE;
}

static struct text fold_name(struct text name, char out[NAME_BYTES_MAX])
{
    size_t length = 0;
    name = text_trim(name);
    for (size_t i = 0; i < name.length && length < NAME_BYTES_MAX; i++)
        if (!strchr(" _-\"", name.data[i]))
            out[length++] = (char)tolower((unsigned char)name.data[i]);
    return text_of_bytes(out, length);
}

struct finding {
    size_t ranks[COLUMN_COUNT];
};

static void look_at_name(struct header *header, struct finding *finding, struct text name,
                         size_t field)
{
    char folded[NAME_BYTES_MAX];
    name = fold_name(name, folded);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        size_t rank = rank_of(column, name);
        if (rank == TEXT_NONE || rank >= finding->ranks[column])
            continue;
        finding->ranks[column] = rank;
        header->columns[column] = field;
        if (column == COLUMN_DATE)
            header->published =
                text_contains(name, TEXT("发布")) || text_contains(name, TEXT("pub"));
    }
}

static struct header new_header(char delimiter, struct finding *finding)
{
    struct header header = { .delimiter = delimiter };
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        header.columns[column] = finding->ranks[column] = TEXT_NONE;
    return header;
}

static size_t known_columns(const struct header *header)
{
    size_t known = 0;
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        known += header->columns[column] != TEXT_NONE;
    return known;
}

/* A guess at the header from the first line of the (decoded) head: names of columns contain no
 * line breaks. */
static struct header guess_header(struct text head)
{
    static const char DELIMITERS[] = ",\t;";
    struct finding nothing;
    struct header best = new_header(',', &nothing);
    struct text line = head;
    while (line.length > 0 && isspace((unsigned char)line.data[0]))
        line = text_slice(line, 1, line.length - 1);
    const char *end = line.length ? memchr(line.data, '\n', line.length) : NULL;
    line.length = end ? (size_t)(end - line.data) : line.length;
    for (const char *delimiter = DELIMITERS; *delimiter; delimiter++) {
        struct finding finding;
        struct header header = new_header(*delimiter, &finding);
        struct text rest = line, name;
        while (text_split(&rest, text_of_bytes(delimiter, 1), &name))
            look_at_name(&header, &finding, name, header.fields++);
        if (known_columns(&header) > known_columns(&best))
            best = header;
    }
    return best;
}

static enum status decode_head(struct text head, struct arena *arena, struct text *out)
{
    struct charset_text decoded;
    enum status status = charset_decode(head, TEXT(""), arena, &decoded, NULL);
    if (!status && charset_is_binary(&decoded))
        return STATUS_UNSUPPORTED;
    if (!status)
        *out = decoded.text;
    return status;
}

static bool recognizes_csv(struct text head, struct text extension)
{
    CLEANUP(arena_release) struct arena arena;
    struct text text = { NULL, 0 };
    arena_init(&arena, 0);
    if (head.length == 0 || decode_head(head, &arena, &text) != STATUS_OK)
        return false;
    if (text_equal(extension, TEXT("csv")) || text_equal(extension, TEXT("tsv")))
        return true;
    struct header header = guess_header(text);
    return header.columns[COLUMN_TEXT] != TEXT_NONE && known_columns(&header) >= NAMES_MIN &&
           !text_starts_with(text, TEXT("{")) && !text_starts_with(text, TEXT("<"));
}

static enum status read_header(struct csv *csv, struct error *error)
{
    bool found = false;
    struct finding finding;
    struct header header = new_header(csv->records.delimiter, &finding);
    enum status status = csv_records_next(&csv->records, &found, error);
    if (!status && !found)
        return error_set(error, STATUS_EMPTY, "file is empty");
    header.fields = csv->records.count;
    for (size_t i = 0; i < header.fields && !status; i++) {
        struct text name;
        status = csv_records_field(&csv->records, i, &csv->arena, &name, &csv->replaced, error);
        if (!status)
            look_at_name(&header, &finding, name, i);
    }
    if (!status && header.columns[COLUMN_TEXT] == TEXT_NONE)
        return error_set(error, STATUS_UNSUPPORTED,
                         "no column for the text in the first row (text, content, 正文, 内容)");
    csv->header = header;
    return status;
}

/* -- a row ------------------------------------------------------------------------------------ */

static enum status get_field(struct csv *csv, enum column column, struct text *out,
                             struct error *error)
{
    size_t index = csv->header.columns[column];
    *out = (struct text) { NULL, 0 };
    if (index == TEXT_NONE)
        return STATUS_OK;
    bool overflowing = index + 1 == csv->header.fields && csv->records.count > csv->header.fields;
    enum status status =
        overflowing
            ? csv_records_rest(&csv->records, index, &csv->arena, out, &csv->replaced, error)
            : csv_records_field(&csv->records, index, &csv->arena, out, &csv->replaced, error);
    *out = text_trim(*out);
    return status;
}

/* The same on one line. */
static enum status get_line(struct csv *csv, enum column column, struct text *out,
                            struct error *error)
{
    enum status status = get_field(csv, column, out, error);
    if (status || out->length == 0)
        return status;
    struct text copy = arena_text(&csv->arena, *out);
    if (!copy.data)
        return out_of_memory(error);
    for (size_t i = 0; i < copy.length; i++)
        if ((unsigned char)copy.data[i] < 0x20)
            ((char *)copy.data)[i] = ' '; /* our own copy */
    *out = copy;
    return STATUS_OK;
}

static struct text stem_of(struct text path)
{
    size_t slash = text_find_last(path, TEXT("/"));
    if (slash != TEXT_NONE)
        path = text_slice(path, slash + 1, path.length - slash - 1);
    size_t dot = text_find(path, TEXT("."));
    return dot == TEXT_NONE || dot == 0 ? path : text_slice(path, 0, dot);
}

/* What the row says about its document: its id, or its address, or its number in the file. */
static enum status describe(struct csv *csv, struct document *document, struct error *error)
{
    enum status status = get_line(csv, COLUMN_ID, &document->id, error);
    for (enum column column = 0; column < COLUMN_COUNT && !status; column++) {
        struct text value;
        if (!COLUMNS[column].key)
            continue;
        status = get_line(csv, column, &value, error);
        if (status || value.length == 0)
            continue;
        if (!document_declare(document, &csv->arena, COLUMNS[column].key, value))
            return out_of_memory(error);
        if (column == COLUMN_DATE && csv->header.published &&
            !document_declare(document, &csv->arena, "date_origin", TEXT("发布")))
            return out_of_memory(error);
    }
    if (!status && document->id.length == 0)
        document->id = document_declared(document, "url");
    if (!status && document->id.length == 0) {
        document->id_numbers = true;
        document->id = arena_printf(&csv->arena, "%.*s:%zu", TEXT_ARG(stem_of(document->source)),
                                    csv->records.number - 1);
        if (!document->id.data)
            return out_of_memory(error);
    }
    return status;
}

static enum status add_lines(struct csv *csv, struct document *document, struct text text,
                             struct error *error)
{
    struct text line;
    size_t blanks = 0;
    while (text_split(&text, TEXT("\n"), &line)) {
        if (text_ends_with(line, TEXT("\r")))
            line.length--;
        bool blank = text_trim(line).length == 0;
        blanks = blank ? blanks + 1 : 0;
        if (blanks > BLANKS_MAX)
            continue;
        if (document->block_count == DOCUMENT_BLOCKS_MAX)
            return error_set(error, STATUS_LIMIT, "too many lines");
        struct block *block =
            document_add_block(document, &csv->arena, blank ? BLOCK_BLANK : BLOCK_LINE,
                               blank ? (struct text) { NULL, 0 } : line);
        if (!block || (!blank && !span_map_append(&block->map, &csv->arena, (uint32_t)line.length,
                                                  csv->records.offset, csv->records.length)))
            return out_of_memory(error);
    }
    return STATUS_OK;
}

/* -- rows whose text is a piece of a web page --------------------------------------------------- */

static bool is_web_page(struct text text)
{
    static const struct text TAGS[] = { TEXT_INIT("</p>"),   TEXT_INIT("<br"),
                                        TEXT_INIT("</div>"), TEXT_INIT("</span>"),
                                        TEXT_INIT("</P>"),   TEXT_INIT("<BR") };
    if (text.length == 0 || !memchr(text.data, '<', text.length))
        return false;
    for (size_t i = 0; i < sizeof(TAGS) / sizeof(TAGS[0]); i++)
        if (text_contains(text, TAGS[i]))
            return true;
    return false;
}

struct page {
    struct csv *csv;
    const struct document *row; /* id and what the row declares */
    size_t count;
    enum status stopped;
};

/* What the page says comes after what the row says. */
static enum status deliver_page(void *context, const struct document *read, struct error *error)
{
    struct page *page = context;
    struct csv *csv = page->csv;
    struct document document = *read;
    document.id = page->row->id;
    document.id_numbers = page->row->id_numbers;
    document.source = page->row->source;
    document.reader = CSV_READER.name;
    document.declared = NULL;
    document.declared_count = document.declared_capacity = 0;
    if (++page->count > 1)
        document.id = arena_printf(&csv->arena, "%.*s:%zu", TEXT_ARG(document.id), page->count);
    if (page->count > 1 && !document.id.data)
        return out_of_memory(error);
    const struct document *sources[] = { page->row, read };
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < sources[k]->declared_count; i++) {
            const struct declared *declared = &sources[k]->declared[i];
            if (!document_declare(&document, &csv->arena, declared->key.data, declared->value))
                return out_of_memory(error);
        }
    page->stopped = warnings_deliver(&csv->warnings, &document, error);
    return page->stopped;
}

/* *done is false when the page has no text after all: then it is read as it is. */
static enum status deliver_web_page(struct csv *csv, const struct document *row, struct text text,
                                    bool *done, enum status *stop, struct error *error)
{
    CLEANUP(stream_closep) struct stream *in = NULL;
    struct text bytes = arena_printf(&csv->arena,
                                     "<html><head><meta charset=\"utf-8\"></head>"
                                     "<body><div>%.*s</div></body></html>",
                                     TEXT_ARG(text));
    if (!bytes.data)
        return out_of_memory(error);
    struct page page = { .csv = csv, .row = row };
    struct document_receiver receiver = { .document = deliver_page, .context = &page };
    enum status status = stream_open_bytes(bytes, &in, error);
    if (!status)
        status = HTML_READER.read(in, csv->path, &receiver, error);
    *stop = page.stopped;
    *done = page.count > 0;
    return status == STATUS_NO_MEMORY || page.stopped ? status : STATUS_OK;
}

/* -- all rows --------------------------------------------------------------------------------- */

static enum status read_row(struct csv *csv, enum status *stop, struct error *error)
{
    struct document document = { .reader = CSV_READER.name,
                                 .encoding = csv->records.coded.codec->name,
                                 .encoding_origin =
                                     charset_origin_name(csv->records.coded.origin) };
    struct text text;
    csv->replaced = 0;
    if (!document_set_source(&document, &csv->arena, csv->path))
        return out_of_memory(error);
    enum status status = describe(csv, &document, error);
    if (!status)
        status = get_field(csv, COLUMN_TEXT, &text, error);
    if (status)
        return status;
    if (text.length == 0)
        return error_set(error, STATUS_INVALID, "line %zu: no text", csv->records.line);
    document.replaced = csv->replaced;

    bool done = false;
    if (is_web_page(text))
        status = deliver_web_page(csv, &document, text, &done, stop, error);
    if (status || done)
        return status;
    status = add_lines(csv, &document, text, error);
    if (!status)
        *stop = warnings_deliver(&csv->warnings, &document, error);
    return status;
}

static enum status read_rows(struct csv *csv, struct error *error)
{
    enum status status = read_header(csv, error);
    while (!status) {
        bool found = false;
        enum status stop = STATUS_OK;
        struct error problem = { "" };
        status = csv_records_next(&csv->records, &found, error);
        if (status || !found)
            return status;
        arena_clear(&csv->arena);
        enum status row = read_row(csv, &stop, &problem);
        if (stop || row == STATUS_NO_MEMORY)
            return error_set(error, stop ? stop : row, "%s", problem.message);
        if (row)
            warnings_add(&csv->warnings, row, &problem);
    }
    return status;
}

static enum status find_delimiter(struct stream *in, char *delimiter, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    struct text head, text;
    arena_init(&arena, 0);
    enum status status = stream_peek(in, STREAM_PEEK_MAX, &head, error);
    if (status)
        return status;
    *delimiter = ',';
    if (head.length > 0 && decode_head(head, &arena, &text) == STATUS_OK)
        *delimiter = guess_header(text).delimiter;
    return STATUS_OK;
}

static enum status read_csv(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    char delimiter;
    enum status status = find_delimiter(in, &delimiter, error);
    if (status)
        return status;
    struct csv *csv = calloc(1, sizeof(*csv));
    if (!csv)
        return out_of_memory(error);
    csv->path = path;
    arena_init(&csv->arena, 0);
    warnings_init(&csv->warnings, receiver, path);
    status = csv_records_open(&csv->records, in, delimiter, error);
    if (!status)
        status = read_rows(csv, error);
    status = warnings_end(&csv->warnings, status, "no rows below the names of the columns", error);
    csv_records_close(&csv->records);
    arena_release(&csv->arena);
    free(csv);
    return status;
}

const struct reader CSV_READER = {
    .name = "csv",
    .extensions = "csv tsv",
    .recognizes = recognizes_csv,
    .read = read_csv,
};
