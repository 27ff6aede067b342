/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index inspect: how documents were understood, and with --terms under which terms they
 * would be found. */
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/inspection.h"
#include "indexer/reply/reply_json.h"

enum format { FORMAT_TEXT, FORMAT_JSON };

static int format;
static bool show_terms, show_contacts;

static const struct option OPTIONS[] = {
    { "format", 'f', OPTION_CHOICE, NULL, "text|json", "json: one object per reply, one a line",
      &format },
    { "terms", 't', OPTION_FLAG, NULL, NULL, "also the terms of the reply and of each passage",
      &show_terms },
    { "show-contacts", 0, OPTION_FLAG, NULL, NULL, "names and numbers of contacts as written",
      &show_contacts },
    HELP_OPTION,
    OPTIONS_END,
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

/* [["word", 2], ...]; terms that are not UTF-8 (of odd file names) are left out. */
static json_t *terms_to_json(const struct index_entry *entry)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < entry->term_count; i++) {
        const struct index_term *term = &entry->terms[i];
        json_t *pair =
            json_pack("[s%, I]", term->term.data, term->term.length, (json_int_t)term->frequency);
        if (pair && json_array_append_new(list, pair)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static enum status add_terms(json_t *object, const struct index_entries *entries,
                             struct error *error)
{
    json_t *passages = json_object_get(object, "passages");
    if (json_object_set_new(object, "terms", terms_to_json(&entries->entries[0])))
        return no_memory(error);
    for (size_t i = 1; i < entries->count; i++) {
        if (json_object_set_new(json_array_get(passages, i - 1), "terms",
                                terms_to_json(&entries->entries[i])))
            return no_memory(error);
    }
    return STATUS_OK;
}

static enum status print_json(const struct reply *reply, const struct index_entries *entries,
                              struct error *error)
{
    json_t *object = reply_to_json(reply, REPLY_JSON_FULL, show_contacts);
    enum status status = object ? STATUS_OK : no_memory(error);
    if (!status && entries)
        status = add_terms(object, entries, error);
    char *line = status ? NULL : json_dumps(object, JSON_COMPACT);
    json_decref(object);
    if (!status && !line)
        status = no_memory(error);
    if (!status)
        puts(line);
    free(line);
    return status;
}

struct inspector {
    struct intake intake;
    struct analyzer *analyzer; /* NULL: no terms are wanted */
    bool separate;             /* a reply stands before */
};

static enum status print_reply(void *context, const struct reply *reply, struct arena *arena,
                               struct error *error)
{
    struct inspector *inspector = context;
    struct index_entries entries = { 0 };
    enum status status = STATUS_OK;
    if (inspector->analyzer)
        status = index_entries_build(reply, inspector->analyzer, arena, &entries, error);
    if (status == STATUS_INVALID || status == STATUS_LIMIT) {
        intake_leave_out(&inspector->intake, reply, status, error);
        return STATUS_OK;
    }
    if (status)
        return status;
    const struct index_entries *terms = inspector->analyzer ? &entries : NULL;
    if (format == FORMAT_JSON)
        return print_json(reply, terms, error);
    if (inspector->separate)
        putchar('\n');
    inspector->separate = true;
    return inspection_print(reply, terms, show_contacts, arena, error);
}

static enum exit_code run(const char **operands, int count)
{
    if (count == 0)
        return misuse("nothing to inspect; try 'dafu-index inspect --help'");
    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    if (show_terms &&
        (lexicon_open(NULL, &lexicon, &error) || analyzer_new(lexicon, &analyzer, &error)))
        return fail(&error);

    struct inspector inspector = { .analyzer = analyzer };
    intake_init(&inspector.intake);
    inspector.intake.reply = print_reply;
    inspector.intake.context = &inspector;
    enum exit_code code = take_operands(&inspector.intake, operands, count);
    intake_release(&inspector.intake);
    return finish_output(code);
}

const struct command INSPECT_COMMAND = {
    .name = "inspect",
    .operands = "FILE…",
    .summary = "show how documents are understood",
    .details =
        "Metadata, sections and passages with their role and their place in the source. A FILE\n"
        "may be a folder. Contacts are masked unless --show-contacts is given.",
    .options = OPTIONS,
    .run = run,
};
