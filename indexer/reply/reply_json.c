/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of the keys is the order of the calls; jansson keeps it. The first failure (only ever
 * memory) is remembered in `failed`, so that the list of keys stays a list. */
#include "indexer/reply/reply_json.h"

#include "indexer/base/cleanup.h"

struct object {
    json_t *json;
    bool failed;
};

struct maker {
    bool show_contacts;
    struct arena arena; /* masked texts until jansson has copied them */
};

static void set(struct object *object, const char *key, json_t *value)
{
    /* steals the value, also when it fails; a NULL value fails */
    if (json_object_set_new_nocheck(object->json, key, value))
        object->failed = true;
}

static json_t *text_or_null(struct text text)
{
    return text.length > 0 ? json_stringn_nocheck(text.data, text.length) : json_null();
}

static void set_text(struct object *object, const char *key, struct text text)
{
    set(object, key, text_or_null(text));
}

static void set_number(struct object *object, const char *key, uint64_t number)
{
    set(object, key, json_integer((json_int_t)number));
}

static void set_list(struct object *object, const char *key, const struct text_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        if (json_array_append_new(array, text_or_null(list->items[i])))
            object->failed = true;
    set(object, key, array);
}

static struct object start(void)
{
    json_t *json = json_object();
    return (struct object) { .json = json, .failed = !json };
}

/* The finished object, or NULL. */
static json_t *finish(struct object *object)
{
    if (!object->failed)
        return object->json;
    json_decref(object->json);
    return NULL;
}

static struct text masked(struct maker *maker, struct text text, bool contact_line)
{
    return maker->show_contacts ? text : reply_mask_contact(text, contact_line, &maker->arena);
}

static json_t *number_or_null(int number)
{
    return number > 0 ? json_integer(number) : json_null();
}

static json_t *session_json(const struct session *session)
{
    if (session->body == BODY_NONE && session->term == 0 && session->meeting == 0)
        return json_null();
    struct object object = start();
    set_text(&object, "body", text_of(reply_body_name(session->body)));
    set_text(&object, "area", session->area);
    set(&object, "term", number_or_null(session->term));
    set(&object, "meeting", number_or_null(session->meeting));
    return finish(&object);
}

static void set_metadata(struct maker *maker, struct object *object, const struct reply *reply)
{
    struct text result_class = { &reply->result_class, reply->result_class ? 1 : 0 };
    set_text(object, "file", reply->file);
    set_text(object, "issuer", reply->issuer);
    set_text(object, "doc_number", reply->document_number);
    set_text(object, "doc_number_raw", reply->document_number_raw);
    set_text(object, "title", reply->title);
    set_text(object, "subject", reply->subject);
    set_text(object, "session", reply->session.raw);
    set(object, "session_norm", session_json(&reply->session));
    set_text(object, "kind", text_of(reply_kind_name(reply->kind)));
    set_text(object, "reply_type", text_of(reply_type_name(reply->type)));
    set_text(object, "proposal_no", reply->proposal_number);
    set_text(object, "date", reply->date);
    set_text(object, "addressee", reply->addressee);
    set_list(object, "consulted", &reply->consulted);
    set_text(object, "result_class", result_class);
    set_text(object, "area", reply->area);
    set_list(object, "copy_to", &reply->copy_to);
    set_text(object, "date_origin", text_of(date_origin_name(reply->date_origin)));
    set_list(object, "addressees", &reply->addressees);
    set_text(object, "publicity", reply->publicity);
    set_text(object, "contact", masked(maker, reply->contact, true));
    set_text(object, "proposal_category", reply->proposal_category);
    set_text(object, "id", reply->id);
}

static json_t *paragraphs_json(struct maker *maker, const struct reply *reply)
{
    json_t *array = json_array();
    for (size_t i = 0; i < reply->paragraph_count; i++) {
        const struct paragraph *paragraph = &reply->paragraphs[i];
        /* as it is published, but for persons and their numbers */
        struct text text = masked(maker, paragraph->text, false);
        json_t *value = json_stringn_nocheck(text.data, text.length);
        if (json_array_append_new(array, value)) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *section_json(const struct section *section)
{
    struct object object = start();
    set_number(&object, "level", (uint64_t)section->level);
    set_text(&object, "marker", section->marker);
    set_text(&object, "heading", section->heading);
    set(&object, "parent",
        section->parent == SECTION_NONE ? json_null() : json_integer((json_int_t)section->parent));
    set_number(&object, "paragraph", section->first_paragraph + 1);
    set_text(&object, "role", text_of(role_name(section->role)));
    return finish(&object);
}

static json_t *sections_json(const struct reply *reply)
{
    json_t *array = json_array();
    for (size_t i = 0; i < reply->section_count; i++) {
        if (json_array_append_new(array, section_json(&reply->sections[i]))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *passage_json(struct maker *maker, const struct passage *passage)
{
    struct object object = start();
    set_text(&object, "path", passage->path);
    set_text(&object, "role", text_of(role_name(passage->role)));
    set_number(&object, "paragraph", passage->paragraph + 1);
    set_text(&object, "text", masked(maker, passage->text, false));
    set_number(&object, "offset", passage->offset);
    set_number(&object, "length", passage->length);
    set_number(&object, "source_offset", passage->source_offset);
    set_number(&object, "source_length", passage->source_length);
    return finish(&object);
}

static json_t *passages_json(struct maker *maker, const struct reply *reply)
{
    json_t *array = json_array();
    for (size_t i = 0; i < reply->passage_count; i++) {
        if (json_array_append_new(array, passage_json(maker, &reply->passages[i]))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

json_t *reply_to_json(const struct reply *reply, enum reply_json parts, bool show_contacts)
{
    struct maker maker = { .show_contacts = show_contacts };
    arena_init(&maker.arena, 0);
    struct object object = start();
    set_metadata(&maker, &object, reply);
    if (parts == REPLY_JSON_FULL) {
        set(&object, "paragraphs", paragraphs_json(&maker, reply));
        set(&object, "sections", sections_json(reply));
        set(&object, "passages", passages_json(&maker, reply));
    }
    arena_release(&maker.arena);
    return finish(&object);
}
