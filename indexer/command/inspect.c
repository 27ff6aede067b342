/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index inspect: how documents were understood, and with --terms under which terms they
 * would be found. */
#include <string.h>

#include "indexer/base/cleanup.h"
#include "indexer/command/command.h"
#include "indexer/command/inspection.h"
#include "indexer/command/own_words.h"
#include "indexer/command/term_view.h"
#include "indexer/reply/reply_json.h"

enum format { FORMAT_TEXT, FORMAT_JSON };

static int format;
static const char *index_path, *words_path;
static bool show_terms, show_contacts, ocr;

static const struct option OPTIONS[] = {
    { "format", 'f', OPTION_CHOICE, NULL, "text|json", "json: one object per reply, one a line",
      &format },
    { "terms", 't', OPTION_FLAG, NULL, NULL,
      "also how each passage is analysed, and the terms of the reply and of each passage",
      &show_terms },
    { "words", 'w', OPTION_STRING, "FILE", NULL, "--terms with words of your own", &words_path },
    { "index", 'i', OPTION_STRING, "DIR", NULL, "--terms with the words that this index has",
      &index_path },
    OCR_OPTION(&ocr),
    { "show-contacts", 0, OPTION_FLAG, NULL, NULL, "names and numbers of contacts as written",
      &show_contacts },
    HELP_OPTION,
    OPTIONS_END,
};

static enum status no_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static enum status add_to_passage(json_t *passage, const struct index_entry *entry,
                                  struct analyzer *analyzer, struct text text, struct arena *arena,
                                  struct error *error)
{
    json_t *analysis = term_view_json(analyzer, text, arena, error);
    if (!analysis)
        return STATUS_NO_MEMORY;
    if (json_object_set_new(passage, "analysis", analysis) ||
        json_object_set_new(passage, "terms", term_view_terms_json(entry)))
        return no_memory(error);
    return STATUS_OK;
}

static enum status add_terms(json_t *object, const struct reply *reply,
                             const struct index_entries *entries, struct analyzer *analyzer,
                             struct arena *arena, struct error *error)
{
    json_t *passages = json_object_get(object, "passages");
    enum status status = STATUS_OK;
    if (json_object_set_new(object, "terms", term_view_terms_json(&entries->entries[0])))
        return no_memory(error);
    for (size_t i = 1; !status && i < entries->count; i++) {
        struct text text = reply->passages[i - 1].text;
        text = show_contacts ? text : reply_mask_contact(text, false, arena);
        status = add_to_passage(json_array_get(passages, i - 1), &entries->entries[i], analyzer,
                                text, arena, error);
    }
    return status;
}

/* How the file was read. */
static enum status add_reading(json_t *object, const struct document *document, struct error *error)
{
    const struct {
        const char *key;
        json_t *value;
    } rows[] = {
        { "reader", json_string(document->reader) },
        { "encoding", json_string(document->encoding) },
        { "encoding_origin",
          document->encoding_origin ? json_string(document->encoding_origin) : json_null() },
        { "replaced", json_integer((json_int_t)document->replaced) },
    };
    bool good = true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        good = json_object_set_new(object, rows[i].key, rows[i].value) == 0 && good;
    return good ? STATUS_OK : no_memory(error);
}

static enum status print_json(const struct reply *reply, const struct document *document,
                              const struct index_entries *entries, struct analyzer *analyzer,
                              struct arena *arena, struct error *error)
{
    json_t *object = reply_to_json(reply, REPLY_JSON_FULL, show_contacts);
    enum status status = object ? STATUS_OK : no_memory(error);
    if (!status)
        status = add_reading(object, document, error);
    if (!status && entries)
        status = add_terms(object, reply, entries, analyzer, arena, error);
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
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch, 0);
    if (inspector->analyzer)
        status = index_entries_build(reply, inspector->analyzer, &scratch, arena, &entries, error);
    if (status == STATUS_INVALID || status == STATUS_LIMIT) {
        intake_leave_out(&inspector->intake, reply, status, error);
        return STATUS_OK;
    }
    if (status)
        return status;
    const struct index_entries *terms = inspector->analyzer ? &entries : NULL;
    const struct document *document = inspector->intake.document;
    if (format == FORMAT_JSON)
        return print_json(reply, document, terms, inspector->analyzer, arena, error);
    if (inspector->separate)
        putchar('\n');
    inspector->separate = true;
    return inspection_print(reply, document, terms, inspector->analyzer, show_contacts, arena,
                            error);
}

static enum exit_code run(const char **operands, int count)
{
    if (count == 0)
        return misuse("nothing to inspect; try 'dafu-index inspect --help'");
    struct error error;
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(analyzer_freep) struct analyzer *analyzer = NULL;
    if (show_terms && (open_lexicon(index_path, words_path, &lexicon, &error) ||
                       analyzer_new(lexicon, &analyzer, &error)))
        return fail(&error);

    struct inspector inspector = { .analyzer = analyzer };
    intake_init(&inspector.intake);
    inspector.intake.reply = print_reply;
    inspector.intake.ocr = ocr;
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
        "may be a folder. Contacts are masked unless --show-contacts is given.\n"
        "--terms adds the normalised text (规范), the words of the best path with their costs,\n"
        "-ln p (切分), the tokens by kind with their bytes in the passage, and the terms of each\n"
        "field under which the passage is found (词项).",
    .options = OPTIONS,
    .run = run,
};
