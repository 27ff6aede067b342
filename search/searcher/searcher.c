/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is open for a search, and its newest state. */
#include "search/searcher/searcher.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/analysis/own_words.h"
#include "indexer/base/cleanup.h"
#include "search/ranking/spelling.h"
#include "search/searcher/search.h"

#define STALE_RETRIES 5
#define PLACES_MAX 20000 /* that a query is compared with */

/* The lexicon with the words that the index keeps over it. */
static enum status open_lexicon(struct searcher *searcher, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    struct text words = { NULL, 0 };
    enum status status = lexicon_open(NULL, &searcher->lexicon, error);
    if (!status)
        status = index_reader_words(searcher->reader, &arena, &words, error);
    if (!status)
        status = lexicon_add_words(searcher->lexicon, "words of the index", words, error);
    return status;
}

/* An index has learned pairs, and its own may lie beside its database. */
static enum status open_synonyms(struct searcher *searcher, struct error *error)
{
    struct text path = arena_printf(&searcher->arena, "%s/%s", searcher->path, SEARCHER_SYNONYMS);
    if (!path.data)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    struct text learned;
    enum status status = index_reader_pairs(searcher->reader, &searcher->arena, &learned, error);
    return status
               ? status
               : synonyms_open(path.data, learned, searcher->lexicon, &searcher->synonyms, error);
}

static enum status read_places(struct searcher *searcher, struct error *error)
{
    arena_clear(&searcher->arena);
    memset(searcher->names, 0, sizeof(searcher->names));
    return index_reader_terms(searcher->reader, FIELDS[FIELD_AREA].prefix, PLACES_MAX,
                              &searcher->arena, &searcher->places.places, &searcher->places.count,
                              error);
}

static void close_index(struct searcher *searcher)
{
    index_reader_free(searcher->reader);
    analyzer_free(searcher->analyzer);
    lexicon_free(searcher->lexicon);
    synonyms_free(searcher->synonyms);
    text_scorer_free(searcher->scorer);
    searcher->scorer = NULL;
    arena_clear(&searcher->arena);
    searcher->synonyms = NULL;
    searcher->places = (struct place_list) { 0 };
    searcher->reader = NULL;
    searcher->analyzer = NULL;
    searcher->lexicon = NULL;
}

/* What depends on how the index was analysed. */
static enum status open_index(struct searcher *searcher, struct error *error)
{
    enum status status =
        index_reader_open_shards(searcher->path, NULL, &searcher->shards, &searcher->reader, error);
    if (!status)
        status = open_lexicon(searcher, error);
    if (!status)
        status = index_reader_check(searcher->reader, searcher->path,
                                    lexicon_fingerprint(searcher->lexicon), error);
    if (!status)
        status = analyzer_new(searcher->lexicon, &searcher->analyzer, error);
    if (!status)
        status = text_scorer_new(searcher->lexicon, &searcher->scorer, error);
    if (!status)
        status = open_synonyms(searcher, error);
    if (!status)
        status = read_places(searcher, error);
    if (status)
        close_index(searcher); /* the next search tries again */
    return status;
}

enum status searcher_open(const char *path, struct searcher **out, struct error *error)
{
    return searcher_open_shards(path, &SHARD_OPTIONS, out, error);
}

enum status searcher_open_shards(const char *path, const struct shard_options *options,
                                 struct searcher **out, struct error *error)
{
    CLEANUP(searcher_freep) struct searcher *searcher = calloc(1, sizeof(*searcher));
    if (!searcher)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    arena_init(&searcher->arena, 0);
    arena_init(&searcher->scratch, 0);
    normalized_init(&searcher->text);
    normalized_init(&searcher->title);
    searcher->path = strdup(path);
    searcher->shards = *options;
    if (!searcher->path)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    enum status status = open_index(searcher, error);
    if (status)
        return status;
    *out = searcher;
    searcher = NULL;
    return STATUS_OK;
}

void searcher_free(struct searcher *searcher)
{
    if (!searcher)
        return;
    close_index(searcher);
    arena_release(&searcher->arena);
    arena_release(&searcher->scratch);
    free(searcher->path);
    normalized_release(&searcher->text);
    normalized_release(&searcher->title);
    free(searcher);
}

void searcher_freep(struct searcher **searcher)
{
    searcher_free(*searcher);
}

const char *const *searcher_missing(struct searcher *searcher)
{
    static const char *const NONE[] = { NULL };
    return searcher->reader ? index_reader_missing(searcher->reader) : NONE;
}

void searcher_watch(struct searcher *searcher, bool (*stopped)(void *context), void *context)
{
    searcher->stopped = stopped;
    searcher->watcher = context;
    if (searcher->reader)
        index_reader_watch(searcher->reader, stopped, context);
}

enum status searcher_go_on(const struct searcher *searcher, struct error *error)
{
    bool stopped = searcher->stopped && searcher->stopped(searcher->watcher);
    return stopped ? error_set(error, STATUS_STOPPED, "stopped") : STATUS_OK;
}

/* The newest state; an index that was analysed again is opened anew, with its words. */
static enum status reopen(struct searcher *searcher, struct error *error)
{
    if (!searcher->reader)
        return open_index(searcher, error);
    enum status status = index_reader_reopen(searcher->reader, error);
    if (!status)
        return read_places(searcher, error);
    if (status != STATUS_MISMATCH)
        return status;
    close_index(searcher);
    return open_index(searcher, error);
}

static enum status run_body(struct searcher *searcher, enum status (*body)(void *context),
                            void *context)
{
    index_reader_watch(searcher->reader, searcher->stopped, searcher->watcher);
    return body(context);
}

/* Opening the index is not watched: the next search wants all of it. */
enum status searcher_run(struct searcher *searcher, enum status (*body)(void *context),
                         void *context, struct error *error)
{
    if (searcher->reader)
        index_reader_watch(searcher->reader, NULL, NULL);
    enum status status = searcher->reader ? STATUS_OK : open_index(searcher, error);
    if (!status && index_reader_is_stale(searcher->reader))
        status = reopen(searcher, error);
    if (!status)
        status = run_body(searcher, body, context);
    for (int retry = 0; status == STATUS_STALE && retry < STALE_RETRIES; retry++) {
        status = reopen(searcher, error);
        if (!status)
            status = run_body(searcher, body, context);
    }
    return status;
}

static enum status stay(void *context)
{
    (void)context;
    return STATUS_OK;
}

enum status searcher_state(struct searcher *searcher, uint64_t *out, struct error *error)
{
    enum status status = searcher_run(searcher, stay, NULL, error);
    if (!status)
        *out = index_reader_state(searcher->reader);
    return status;
}

struct search_call {
    struct search search;
    struct text line;
    struct result_list *out;
};

static enum status search(void *context)
{
    struct search_call *call = context;
    return search_once(&call->search, call->line, call->out);
}

static enum status list_missing(struct searcher *searcher, struct arena *arena,
                                const char *const **out, struct error *error)
{
    const char *const *names = searcher_missing(searcher);
    size_t count = 0;
    while (names[count])
        count++;
    const char **list = ARENA_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; list && i < count; i++) {
        list[i] = arena_text(arena, text_of(names[i])).data;
        if (!list[i])
            list = NULL;
    }
    *out = list;
    return list ? STATUS_OK : error_set(error, STATUS_NO_MEMORY, "out of memory");
}

enum status searcher_search(struct searcher *searcher, struct text line,
                            const struct search_options *options, struct arena *arena,
                            struct result_list *out, struct error *error)
{
    struct search_call call = {
        .search = { .searcher = searcher,
                    .options = options,
                    .weights = options->weights ? options->weights : &WEIGHTS,
                    .arena = arena,
                    .error = error },
        .line = line,
        .out = out,
    };
    if (options->offset > SEARCH_LIMIT_MAX || options->limit > SEARCH_LIMIT_MAX - options->offset)
        return error_set(error, STATUS_LIMIT, "offset and limit are at most %d together",
                         SEARCH_LIMIT_MAX);
    enum status status = searcher_run(searcher, search, &call, error);
    return status ? status : list_missing(searcher, arena, &out->missing, error);
}

/* ---- when nothing was found ---- */

/* "标题:" with no value is searched as words, but nobody looks for it. */
static bool is_bare_field(struct text word)
{
    static const struct text COLONS[] = { TEXT_INIT(":"), TEXT_INIT("：") };
    enum query_field field;
    for (size_t i = 0; i < sizeof(COLONS) / sizeof(*COLONS); i++)
        if (text_ends_with(word, COLONS[i]))
            return query_field_find(text_slice(word, 0, word.length - COLONS[i].length), &field);
    return false;
}

/* The words of a query without its marks and operators, and not those that are denied; what a title
 * should have may as well be in the text. */
static void plain_words(const struct query_node *node, struct buffer *out)
{
    bool title = node->kind == QUERY_FIELD && node->field == QUERY_FIELD_TITLE;
    if (node->kind == QUERY_NOT || (node->kind == QUERY_FIELD && !title))
        return;
    if (!is_bare_field(node->text)) {
        if (node->text.length && out->length)
            buffer_append_byte(out, ' ');
        buffer_append(out, node->text);
    }
    for (const struct query_node *child = node->first; child; child = child->next)
        plain_words(child, out);
}

enum status searcher_suggest(struct searcher *searcher, struct text line, struct arena *arena,
                             struct text *out, struct error *error)
{
    CLEANUP(buffer_release) struct buffer plain = BUFFER_INIT;
    const struct search_options options = { .limit = 1, .bare = true };
    struct query query;
    struct result_list list = { 0 };
    *out = (struct text) { NULL, 0 };
    enum status status = query_parse(line, searcher->lexicon, arena, &query, error);
    if (!status && query_is_words(&query))
        return spelling_suggest(line, searcher->lexicon, searcher->reader, arena, out, error);
    if (status)
        return status;
    plain_words(query.root, &plain);
    struct text words = arena_text(arena, buffer_text(&plain));
    if (!words.data || buffer_status(&plain, error))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    if (words.length == 0 || text_equal(words, line))
        return STATUS_OK;
    status = searcher_search(searcher, words, &options, arena, &list, error);
    if (!status && list.count)
        *out = words;
    return status;
}
