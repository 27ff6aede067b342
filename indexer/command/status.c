/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dafu-index status: what an index knows of its files, from its ledger. */
#include <fts.h>
#include <string.h>

#include <jansson.h>

#include "indexer/analysis/collection.h"
#include "indexer/base/cleanup.h"
#include "indexer/batch/ledger.h"
#include "indexer/batch/source.h"
#include "indexer/command/command.h"
#include "indexer/command/own_words.h"
#include "indexer/index/index_scan.h"

static const char *index_path;
static int format;
static bool failed_only;

enum { FORMAT_TEXT, FORMAT_JSON };

static const struct option OPTIONS[] = {
    { "index", 'i', OPTION_STRING, "DIR", NULL, "the index", &index_path },
    { "failed", 0, OPTION_FLAG, NULL, NULL,
      "only what was left out, a line each: path, tab, reason", &failed_only },
    { "format", 'f', OPTION_CHOICE, NULL, "text|json", "how to print it", &format },
    HELP_OPTION,
    OPTIONS_END,
};

struct totals {
    unsigned long files, read, failed, partial, attached; /* files */
    unsigned long left_out;                               /* files and parts of files */
    unsigned long duplicates;
    unsigned long replies, passages; /* of the index */
    uint64_t file_bytes, index_bytes;
};

struct view {
    struct ledger ledger;
    struct totals totals;
    struct arena arena; /* of one file */
    json_t *failed, *duplicates;
};

static json_t *string_of(struct text text)
{
    return json_stringn(text.data ? text.data : "", text.length);
}

static void add_duplicates(struct view *view, const struct ledger_entry *entry)
{
    for (size_t i = 0; i < entry->listed_count; i++) {
        const struct ledger_reply *reply = &entry->listed[i];
        if (reply->twin_of.length == 0)
            continue;
        view->totals.duplicates++;
        json_array_append_new(view->duplicates,
                              json_pack("{so so}", "source", string_of(reply->source), "kept",
                                        string_of(reply->twin_of)));
    }
}

static void add_problems(struct view *view, const struct ledger_entry *entry, struct text path)
{
    for (size_t i = 0; i < entry->problem_count; i++)
        json_array_append_new(view->failed,
                              json_pack("{so ss so}", "path", string_of(path), "reason",
                                        status_name(entry->problems[i].reason), "message",
                                        string_of(entry->problems[i].line)));
    if (entry->left_out > entry->problem_count) {
        struct text more = arena_printf(&view->arena, "%lu more parts were left out",
                                        entry->left_out - entry->problem_count);
        json_array_append_new(view->failed,
                              json_pack("{so ss so}", "path", string_of(path), "reason", "invalid",
                                        "message", string_of(more)));
    }
}

static enum status add_file(struct view *view, size_t row, struct error *error)
{
    struct totals *totals = &view->totals;
    struct ledger_entry entry;
    arena_clear(&view->arena);
    enum status status = ledger_decode(&view->ledger, row, &view->arena, &entry, error);
    if (status)
        return status;
    struct text path = source_text(entry.path, &view->arena);
    if (!path.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    totals->files++;
    totals->read += entry.state == LEDGER_READ;
    totals->failed += entry.state == LEDGER_FAILED;
    totals->attached += entry.state == LEDGER_ATTACHED;
    totals->partial += entry.state == LEDGER_READ && entry.left_out;
    totals->left_out += entry.left_out;
    totals->file_bytes += entry.stamp.size;
    add_problems(view, &entry, path);
    add_duplicates(view, &entry);
    return STATUS_OK;
}

static uint64_t size_of_folder(const char *path)
{
    char *const roots[] = { (char *)path, NULL };
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    uint64_t bytes = 0;
    for (FTSENT *entry; walk && (entry = fts_read(walk));)
        bytes += entry->fts_info == FTS_F ? (uint64_t)entry->fts_statp->st_size : 0;
    if (walk)
        fts_close(walk);
    return bytes;
}

static enum status size_of_index(const char *path, uint64_t *bytes, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    struct collection collection;
    arena_init(&arena, 0);
    enum status status = collection_find(path, &arena, &collection, error);
    for (size_t i = 0; i < collection.count; i++)
        if (collection.shards[i].folder)
            *bytes += size_of_folder(collection.shards[i].folder);
    if (!collection.count)
        *bytes = size_of_folder(path);
    return status;
}

static enum status count_index(struct totals *totals, struct error *error)
{
    CLEANUP(lexicon_freep) struct lexicon *lexicon = NULL;
    CLEANUP(index_scan_freep) struct index_scan *scan = NULL;
    enum status status = open_lexicon(index_path, NULL, &lexicon, error);
    if (!status)
        status = index_scan_open(index_path, lexicon_fingerprint(lexicon), &scan, error);
    for (size_t i = 0; !status && i < index_scan_segment_count(scan); i++) {
        struct index_scan_segment segment;
        status = index_scan_describe(scan, i, &segment, error);
        if (status)
            break;
        totals->replies += segment.replies - segment.dead_replies;
        totals->passages += segment.passages - segment.dead_passages;
    }
    return status ? status : size_of_index(index_path, &totals->index_bytes, error);
}

/* ---- printing ----------------------------------------------------------------------------- */

static void print_failed(const struct view *view, const char *separator)
{
    size_t i;
    json_t *one;
    json_array_foreach(view->failed, i, one) {
        printf("%s%s%s\n", json_string_value(json_object_get(one, "path")), separator,
               json_string_value(json_object_get(one, "message")));
    }
}

static void print_last_run(struct text json)
{
    json_t *run = json.length ? json_loadb(json.data, json.length, 0, NULL) : NULL;
    const char *started = NULL;
    int interrupted = 0;
    double seconds = 0;
    json_int_t added = 0, updated = 0, removed = 0;
    if (run && json_unpack(run, "{ss sF sb s{sI sI sI}}", "started", &started, "seconds", &seconds,
                           "interrupted", &interrupted, "replies", "added", &added, "updated",
                           &updated, "removed", &removed) == 0)
        printf("last run    %s, %.1f s: added %lld, replaced %lld, removed %lld%s\n", started,
               seconds, (long long)added, (long long)updated, (long long)removed,
               interrupted ? "; interrupted" : "");
    json_decref(run);
}

static void print_text(const struct view *view)
{
    const struct totals *totals = &view->totals;
    printf("replies     %lu\n", totals->replies);
    printf("passages    %lu\n", totals->passages);
    printf("files       %lu: %lu read (%lu in part), %lu failed, %lu attached to pages\n",
           totals->files, totals->read, totals->partial, totals->failed, totals->attached);
    printf("duplicates  %lu\n", totals->duplicates);
    printf("size        %.1f MB, of files of %.1f MB\n", (double)totals->index_bytes / 1e6,
           (double)totals->file_bytes / 1e6);
    print_last_run(view->ledger.last_run);
    if (json_array_size(view->failed)) {
        printf("left out    %lu\n", totals->left_out);
        print_failed(view, ": ");
    }
}

static json_t *object_of(const struct view *view)
{
    const struct totals *totals = &view->totals;
    struct text run = view->ledger.last_run;
    json_t *last = run.length ? json_loadb(run.data, run.length, 0, NULL) : NULL;
#define NUMBER(value) (json_int_t)(value)
    return json_pack("{ss sI sI s{sI sI sI sI sI} s{sI sI} sO sO so}", "index", index_path,
                     "replies", NUMBER(totals->replies), "passages", NUMBER(totals->passages),
                     "files", "all", NUMBER(totals->files), "read", NUMBER(totals->read), "in_part",
                     NUMBER(totals->partial), "failed", NUMBER(totals->failed), "attached",
                     NUMBER(totals->attached), "bytes", "index", NUMBER(totals->index_bytes),
                     "files", NUMBER(totals->file_bytes), "duplicates", view->duplicates, "failed",
                     view->failed, "last_run", last ? last : json_null());
#undef NUMBER
}

static enum status print_json(const struct view *view, struct error *error)
{
    json_t *object = object_of(view);
    char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(10)) : NULL;
    json_decref(object);
    if (!text)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    puts(text);
    free(text);
    return STATUS_OK;
}

static enum status fill(struct view *view, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    enum status status = index_ledger(index_path, &bytes, error);
    if (!status)
        status = ledger_load(&view->ledger, &bytes, error);
    for (size_t row = 0; !status && row < view->ledger.count; row++) {
        if (!view->ledger.files[row].forgotten)
            status = add_file(view, row, error);
    }
    return status || failed_only ? status : count_index(&view->totals, error);
}

static enum status print(struct view *view, struct error *error)
{
    if (format == FORMAT_JSON)
        return print_json(view, error);
    if (failed_only)
        print_failed(view, "\t");
    else
        print_text(view);
    return STATUS_OK;
}

static enum exit_code run(const char **operands, int count)
{
    struct error error;
    if (!index_path)
        return misuse("no index named: --index DIR; try 'dafu-index status --help'");
    if (count)
        return misuse("status takes no operands; try 'dafu-index status --help'");
    explain_crashes(index_path);
    struct view view = { .failed = json_array(), .duplicates = json_array() };
    ledger_init(&view.ledger);
    arena_init(&view.arena, 0);
    enum status status = fill(&view, &error);
    if (!status)
        status = print(&view, &error);
    ledger_release(&view.ledger);
    arena_release(&view.arena);
    json_decref(view.failed);
    json_decref(view.duplicates);
    return status ? fail(&error) : finish_output(EXIT_DONE);
}

const struct command STATUS_COMMAND = {
    .name = "status",
    .operands = "",
    .summary = "tell what an index holds, and which files failed and why",
    .details =
        "JSON is one object: index, replies, passages; files {all, read, in_part, failed,\n"
        "attached}; bytes {index, files}; duplicates [{source, kept}], where kept is the id of the\n"
        "reply that stands for the one at source; failed [{path, reason, message}]; last_run as\n"
        "add --report writes it, without messages.",
    .options = OPTIONS,
    .run = run,
};
