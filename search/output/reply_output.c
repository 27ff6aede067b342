/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/output/reply_output.h"

#include "search/output/result_json.h"
#include "search/output/wrap.h"

#define INDENT 4

/* ---- json ---- */

json_t *reply_sections_json(const struct reply_section *sections, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        const struct reply_section *section = &sections[i];
        if (json_array_append_new(array, json_pack("{s:i, s:o, s:I}", "level", (int)section->level,
                                                   "heading", text_json(section->heading),
                                                   "passage", (json_int_t)section->first))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *passages_json(const struct reply_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->count; i++) {
        const struct passage_record *passage = &view->passages[i];
        json_t *object =
            json_pack("{s:o, s:o, s:s, s:i, s:o, s:I, s:I}", "docno", text_json(passage->docno),
                      "path", text_json(passage->path), "role", role_name(passage->role),
                      "paragraph", (int)passage->paragraph, "text", text_json(passage->text),
                      "source_offset", (json_int_t)passage->source_offset, "source_length",
                      (json_int_t)passage->source_length);
        if (json_array_append_new(array, object)) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

json_t *reply_view_json(const struct reply_view *view)
{
    const struct reply_record *reply = &view->reply;
    json_t *metadata =
        reply->metadata_json.length
            ? json_loadb(reply->metadata_json.data, reply->metadata_json.length, 0, NULL)
            : NULL;
    json_t *object = json_object();
    bool good =
        json_object_set_new(object, "reply", text_json(reply->id)) == 0 &&
        reply_json_add(object, reply) &&
        json_object_set_new(object, "metadata", metadata ? metadata : json_null()) == 0 &&
        json_object_set_new(object, "sections",
                            reply_sections_json(view->sections, view->section_count)) == 0 &&
        json_object_set_new(object, "passages", passages_json(view)) == 0;
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

enum status reply_json_write(const struct output *output, const struct reply_view *view,
                             struct error *error)
{
    return json_line_write(output->stream, reply_view_json(view), 17, error);
}

/* ---- text ---- */

static void put_fact(const struct output *output, const char *name, struct text value)
{
    struct wrap wrap = { output->stream, output->columns, 10, 0, false };
    if (!value.length)
        return;
    wrap_text(&(struct wrap) { output->stream, output->columns, 0, 0, false }, text_of(name), NULL);
    for (wrap.at = 2 * strlen(name) / 3; wrap.at < 10; wrap.at++)
        fputc(' ', output->stream);
    wrap_text(&wrap, value, NULL);
    fputc('\n', output->stream);
}

static void put_text(const struct output *output, struct text text, size_t indent, const char *mark)
{
    struct wrap wrap = { output->stream, output->columns, indent, 0, output->bold };
    const struct text_span all = { 0, text.length, 0 };
    const struct span_list bold = { (struct text_span *)(uintptr_t)&all, 1, 0 };
    wrap_text(&wrap, text, mark ? &bold : NULL);
    fputc('\n', output->stream);
}

/* Headings where their sections begin, indented by their level. */
enum status reply_text_write(const struct output *output, const struct reply_view *view,
                             struct error *error)
{
    const struct reply_record *reply = &view->reply;
    put_fact(output, "题名", reply->title);
    put_fact(output, "机关", reply->issuer);
    put_fact(output, "文号", reply->document_number);
    put_fact(output, "日期", reply->date);
    put_fact(output, "主送", reply->addressee);
    put_fact(output, "案由", reply->subject);
    put_fact(output, "届次", reply->session);
    put_fact(output, "案号", reply->proposal_number);
    put_fact(output, "地区", reply->area);
    put_fact(output, "来源", reply->source);
    fputc('\n', output->stream);
    size_t section = 0;
    for (size_t i = 0; i < view->count; i++) {
        const struct passage_record *passage = &view->passages[i];
        for (; section < view->section_count && view->sections[section].first == i; section++)
            if (passage->role != ROLE_HEADING)
                put_text(output, view->sections[section].heading,
                         2 * (view->sections[section].level - 1), "");
        put_text(output, passage->text, passage->role == ROLE_HEADING ? 0 : INDENT,
                 passage->role == ROLE_HEADING ? "" : NULL);
    }
    return STATUS_OK;
}
