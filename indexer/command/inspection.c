/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Labels are Chinese, as in the documents; columns are counted, a Chinese character takes two. */
#include "indexer/command/inspection.h"

#include <stdio.h>

#include "indexer/base/utf8.h"
#include "indexer/command/term_view.h"

#define LABEL_COLUMNS 10

struct inspection {
    const struct reply *reply;
    const struct document *document;
    bool show_contacts;
    struct arena *arena;
};

/* One line: control characters (tabs, line ends of odd values) become blanks. */
static void print_text(struct text text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte >= 0x20 && byte != 0x7F)
            continue;
        fwrite(text.data + start, 1, i - start, stdout);
        putchar(' ');
        start = i + 1;
    }
    if (text.length > start)
        fwrite(text.data + start, 1, text.length - start, stdout);
}

static void print_line(const char *label, struct text value)
{
    if (value.length == 0)
        return;
    size_t columns = utf8_columns(text_of(label));
    printf("%s%*s", label, columns < LABEL_COLUMNS ? (int)(LABEL_COLUMNS - columns) : 1, "");
    print_text(value);
    putchar('\n');
}

static struct text joined(const struct text_list *list, struct arena *arena)
{
    struct text all = { 0 };
    for (size_t i = 0; i < list->count; i++)
        all = i == 0 ? list->items[0]
                     : arena_printf(arena, "%.*s；%.*s", TEXT_ARG(all), TEXT_ARG(list->items[i]));
    return all;
}

static struct text session_text(const struct reply *reply, struct arena *arena)
{
    const struct session *session = &reply->session;
    if (session->body == BODY_NONE)
        return session->raw;
    struct text name =
        arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(session->area), session->area.length ? " " : "",
                     TEXT_ARG(text_of(reply_body_name(session->body))));
    if (session->term > 0)
        name = arena_printf(arena, "%.*s %d届", TEXT_ARG(name), session->term);
    if (session->meeting > 0)
        name = arena_printf(arena, "%.*s %d次", TEXT_ARG(name), session->meeting);
    if (session->raw.length)
        name = arena_printf(arena, "%.*s（%.*s）", TEXT_ARG(name), TEXT_ARG(session->raw));
    return name;
}

static struct text date_text(const struct reply *reply, struct arena *arena)
{
    if (reply->date.length == 0 || reply->date_origin == DATE_NONE)
        return reply->date;
    return arena_printf(arena, "%.*s（%s）", TEXT_ARG(reply->date),
                        date_origin_name(reply->date_origin));
}

/* "GB18030（detected），3 个字符无法解码" */
static struct text encoding_text(const struct document *document, struct arena *arena)
{
    const char *origin = document->encoding_origin;
    struct text text = arena_printf(arena, "%s%s%s%s", document->encoding, origin ? "（" : "",
                                    origin ? origin : "", origin ? "）" : "");
    if (document->replaced)
        text = arena_printf(arena, "%.*s，%zu 个字符无法解码", TEXT_ARG(text), document->replaced);
    return text;
}

static void print_metadata(const struct inspection *inspection)
{
    const struct reply *reply = inspection->reply;
    struct arena *arena = inspection->arena;
    struct text contact = inspection->show_contacts
                              ? reply->contact
                              : reply_mask_contact(reply->contact, true, arena);
    const struct {
        const char *label;
        struct text value;
    } rows[] = {
        { "标识", reply->id },
        { "文件", reply->source },
        { "编码", encoding_text(inspection->document, arena) },
        { "所属文献", reply->group },
        { "标题", reply->title },
        { "发文机关", reply->issuer },
        { "发文字号", reply->document_number },
        { "事由", reply->subject },
        { "主送", reply->addressee },
        { "主送名单", joined(&reply->addressees, arena) },
        { "届次", session_text(reply, arena) },
        { "类型", text_of(reply_kind_name(reply->kind)) },
        { "文种", text_of(reply->single_passage ? "" : reply_type_name(reply->type)) },
        { "案号", reply->proposal_number },
        { "分类号", reply->proposal_category },
        { "经商", joined(&reply->consulted, arena) },
        { "抄送", joined(&reply->copy_to, arena) },
        { "办理类别", { &reply->result_class, reply->result_class ? 1 : 0 } },
        { "公开属性", reply->publicity },
        { "日期", date_text(reply, arena) },
        { "地区", reply->area },
        { "联系", contact },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        print_line(rows[i].label, rows[i].value);
}

static void print_sections(const struct reply *reply)
{
    if (reply->section_count == 0)
        return;
    puts("\n结构");
    for (size_t i = 0; i < reply->section_count; i++) {
        const struct section *section = &reply->sections[i];
        int depth = 1;
        for (size_t p = section->parent; p != SECTION_NONE; p = reply->sections[p].parent)
            depth++;
        printf("%*s", depth * 2, "");
        print_text(section->marker);
        print_text(section->heading);
        printf("  [%s, 第%zu段]\n", role_chinese(section->role), section->first_paragraph + 1);
    }
}

static void print_passage(const struct inspection *inspection, size_t number)
{
    const struct passage *passage = &inspection->reply->passages[number];
    printf("%4zu  [%s, 第%zu段, 字节 %llu–%llu]", number + 1, role_chinese(passage->role),
           passage->paragraph + 1, (unsigned long long)passage->source_offset,
           (unsigned long long)(passage->source_offset + passage->source_length));
    if (passage->path.length)
        putchar(' ');
    print_text(passage->path);
    fputs("\n      ", stdout);
    print_text(inspection->show_contacts
                   ? passage->text
                   : reply_mask_contact(passage->text, false, inspection->arena));
    putchar('\n');
}

enum status inspection_print(const struct reply *reply, const struct document *document,
                             const struct index_entries *entries, struct analyzer *analyzer,
                             bool show_contacts, struct arena *arena, struct error *error)
{
    enum status status = STATUS_OK;
    const struct inspection inspection = { reply, document, show_contacts, arena };
    print_metadata(&inspection);
    print_sections(reply);
    if (entries)
        term_view_print_terms(&entries->entries[0]);
    if (reply->passage_count)
        puts("\n段落");
    for (size_t i = 0; !status && i < reply->passage_count; i++) {
        print_passage(&inspection, i);
        if (!entries)
            continue;
        struct text text = reply->passages[i].text;
        text = show_contacts ? text : reply_mask_contact(text, false, arena);
        status = term_view_print_text(analyzer, text, arena, error);
        term_view_print_terms(&entries->entries[i + 1]);
    }
    return status;
}
