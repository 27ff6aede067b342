/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index analysed again from its stored records: what changes, what stays, and who sees it when. */
#include "indexer/index/reanalysis.h"

#include "indexer/analysis/own_words.h"
#include "indexer/base/cleanup.h"
#include "indexer/index/index_scan.h"
#include "tests/index/fixture.h"

/* A reply with everything that terms come from. */
static struct reply reply_of(const char *id, const char *text)
{
    static struct passage passages[2];
    static struct text members[] = { TEXT_INIT("张某某"), TEXT_INIT("民革宁波市委会") };
    passages[0] = (struct passage) { .section = SECTION_NONE,
                                     .path = TEXT("一、基本情况"),
                                     .text = text_of(text),
                                     .role = ROLE_DONE };
    passages[1] = (struct passage) { .section = SECTION_NONE,
                                     .path = TEXT("二、下步打算"),
                                     .text = TEXT("继续推进甬江科创区建设"),
                                     .role = ROLE_COMMITMENT };
    return (struct reply) { .id = text_of(id),
                            .stem = text_of(id),
                            .source = text_of(id),
                            .title = TEXT("关于甬江科创区的答复"),
                            .subject = TEXT("建设甬江科创区的建议"),
                            .issuer = TEXT("宁波市科学技术局"),
                            .document_number = TEXT("甬科函〔2026〕7号"),
                            .proposal_number = TEXT("0013"),
                            .session = { TEXT("市政协十六届五次会议"), BODY_CPPCC, TEXT("宁波市"),
                                         16, 5 },
                            .kind = KIND_PROPOSAL,
                            .addressees = { members, 2, 2 },
                            .result_class = 'A',
                            .date = TEXT("2026-06-08"),
                            .area = TEXT("宁波市"),
                            .passages = passages,
                            .passage_count = 2 };
}

static struct analyzer *analyzer_with(const char *words, struct lexicon **lexicon)
{
    struct analyzer *analyzer;
    ck_assert_msg(!lexicon_open(NULL, lexicon, &error), "%s", error.message);
    ck_assert(!lexicon_add_words(*lexicon, "words", text_of(words), &error));
    ck_assert(!analyzer_new(*lexicon, &analyzer, &error));
    return analyzer;
}

static void close_analyzer(struct analyzer *analyzer, struct lexicon *lexicon)
{
    analyzer_free(analyzer);
    lexicon_free(lexicon);
}

static struct index_entries built(struct analyzer *analyzer, const struct reply *reply)
{
    struct index_entries entries;
    CLEANUP(arena_release) struct arena scratch;
    arena_init(&scratch, 0);
    ck_assert_msg(!index_entries_build(reply, analyzer, &scratch, &arena, &entries, &error), "%s",
                  error.message);
    return entries;
}

static void make(struct analyzer *analyzer)
{
    static const char *const IDS[] = { "/a.txt", "/b.txt", "/c.txt" };
    struct index_writer *writer;
    const struct lexicon *lexicon = analyzer_lexicon(analyzer);
    bool other, replaced;
    ck_assert(!index_writer_open_any(path, lexicon_fingerprint(lexicon), lexicon_own_words(lexicon),
                                     true, &other, &writer, &error));
    ck_assert(!other);
    for (size_t i = 0; i < sizeof(IDS) / sizeof(IDS[0]); i++) {
        struct reply reply = reply_of(IDS[i], "推动甬江科创区发展，规上工业增长9.4%");
        struct index_entries entries = built(analyzer, &reply);
        ck_assert(!index_writer_put(writer, &entries, &replaced, &error));
    }
    commit(writer);
    index_writer_free(writer);
}

/* Documents that have the term, for a program with this lexicon. */
static size_t having(const struct lexicon *lexicon, const char *term)
{
    struct index_scan *scan;
    uint32_t count = 0;
    ck_assert_msg(!index_scan_open(path, lexicon_fingerprint(lexicon), &scan, &error), "%s",
                  error.message);
    ck_assert(!index_scan_count(scan, text_of(term), &count, &error));
    index_scan_free(scan);
    return count;
}

static enum status reanalyse(struct analyzer *analyzer, const volatile sig_atomic_t *stop)
{
    struct index_writer *writer;
    bool other;
    ck_assert(!index_writer_open_any(path, lexicon_fingerprint(analyzer_lexicon(analyzer)),
                                     TEXT(""), false, &other, &writer, &error));
    ck_assert(other);
    struct reanalysis reanalysis = { .analyzer = analyzer, .stop = stop };
    enum status status = index_writer_reanalyse(writer, &reanalysis, &error);
    if (!status)
        commit(writer);
    if (!status)
        ck_assert_uint_eq(reanalysis.counts.passages, 6);
    index_writer_free(writer);
    return status;
}

START_TEST(records_give_the_entries_that_the_reply_gave)
{
    struct lexicon *lexicon;
    struct analyzer *analyzer = analyzer_with("", &lexicon);
    struct reply reply = reply_of("/a.txt", "推动甬江科创区发展");
    struct index_entries first = built(analyzer, &reply), second;
    struct text records[3];
    for (size_t i = 0; i < first.count; i++)
        records[i] = first.entries[i].record;
    ck_assert_msg(!index_entries_rebuild(records, 3, analyzer, &arena, &second, &error), "%s",
                  error.message);
    ck_assert_uint_eq(first.count, second.count);
    for (size_t i = 0; i < first.count; i++) {
        const struct index_entry *a = &first.entries[i], *b = &second.entries[i];
        ck_assert_uint_eq(a->term_count, b->term_count);
        for (size_t j = 0; j < a->term_count; j++) {
            ck_assert(text_equal(a->terms[j].term, b->terms[j].term));
            ck_assert_uint_eq(a->terms[j].frequency, b->terms[j].frequency);
        }
        for (size_t j = 0; j < SLOT_COUNT; j++)
            ck_assert(text_equal(a->values[j], b->values[j]));
        ck_assert(text_equal(a->record, b->record));
    }
    close_analyzer(analyzer, lexicon);
}
END_TEST

START_TEST(new_words_change_terms_and_fingerprint_together)
{
    struct lexicon *old, *new;
    struct analyzer *before_words = analyzer_with("", &old);
    struct analyzer *with_words = analyzer_with("甬江科创区\n", &new);
    make(before_words);
    ck_assert_uint_eq(having(old, "甬江科创区"), 0);

    ck_assert_msg(!reanalyse(with_words, NULL), "%s", error.message);
    ck_assert_uint_eq(having(new, "甬江科创区"), 6);
    ck_assert_uint_eq(having(new, "XTpassage"), 6);
    struct index_scan *scan = NULL;
    ck_assert_int_eq(index_scan_open(path, lexicon_fingerprint(old), &scan, &error),
                     STATUS_MISMATCH);
    CLEANUP(buffer_release) struct buffer words = BUFFER_INIT;
    ck_assert(!index_own_words(path, &words, &error));
    ck_assert(text_equal(buffer_text(&words), TEXT("甬江科创区 500\n")));
    close_analyzer(before_words, old);
    close_analyzer(with_words, new);
}
END_TEST

START_TEST(what_is_stopped_leaves_the_old_analysis)
{
    struct lexicon *old, *new;
    struct analyzer *before_words = analyzer_with("", &old);
    struct analyzer *with_words = analyzer_with("甬江科创区\n", &new);
    static volatile sig_atomic_t stop = 1;
    make(before_words);
    ck_assert_int_eq(reanalyse(with_words, &stop), STATUS_STOPPED);
    ck_assert_uint_eq(having(old, "XTpassage"), 6);
    ck_assert_uint_eq(having(old, "甬江科创区"), 0);
    close_analyzer(before_words, old);
    close_analyzer(with_words, new);
}
END_TEST

START_TEST(there_and_back_is_the_same_index)
{
    struct lexicon *old, *new;
    struct analyzer *before_words = analyzer_with("", &old);
    struct analyzer *with_words = analyzer_with("甬江科创区 900\n规上工业增\n", &new);
    make(before_words);
    size_t bigram = having(old, "XB科创"), word = having(old, "规上");
    ck_assert(!reanalyse(with_words, NULL));
    ck_assert(!reanalyse(before_words, NULL));
    ck_assert_uint_eq(having(old, "XB科创"), bigram);
    ck_assert_uint_eq(having(old, "规上"), word);
    struct index_counts counts;
    ck_assert(!index_check(path, lexicon_fingerprint(old), ignore_line, NULL, &counts, &error));
    ck_assert_uint_eq(counts.replies, 3);
    close_analyzer(before_words, old);
    close_analyzer(with_words, new);
}
END_TEST

START_TEST(learned_terms_are_kept_until_others_come)
{
    struct lexicon *lexicon;
    struct analyzer *analyzer = analyzer_with("", &lexicon);
    struct index_writer *writer;
    make(analyzer);
    ck_assert(!index_writer_open(path, lexicon_fingerprint(lexicon), false, &writer, &error));
    ck_assert(!index_writer_keep_learned(writer, TEXT("甬江科创区\t6\n"), &error));
    commit(writer);
    ck_assert(!index_writer_keep_learned(writer, TEXT(""), &error));
    commit(writer);
    index_writer_free(writer);
    close_analyzer(analyzer, lexicon);
}
END_TEST

START_TEST(a_missing_index_has_no_words)
{
    CLEANUP(buffer_release) struct buffer words = BUFFER_INIT;
    ck_assert_int_eq(index_own_words(path, &words, &error), STATUS_NOT_FOUND);
}
END_TEST

RUN_SUITE("reanalysis", before, after, records_give_the_entries_that_the_reply_gave,
          new_words_change_terms_and_fingerprint_together, what_is_stopped_leaves_the_old_analysis,
          there_and_back_is_the_same_index, learned_terms_are_kept_until_others_come,
          a_missing_index_has_no_words)
