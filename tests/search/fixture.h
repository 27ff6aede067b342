/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index of a test's own, made of replies that stand in a table: one line per passage. */
#ifndef DAFU_TESTS_SEARCH_FIXTURE_H
#define DAFU_TESTS_SEARCH_FIXTURE_H

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "indexer/index/index_writer.h"
#include "tests/search/run_suite.h"

struct sample_passage {
    const char *path, *text;
    enum passage_role role;
};

struct sample_reply {
    const char *id, *title, *issuer, *document_number, *proposal_number, *session, *area, *date;
    enum reply_body body;
    int term, meeting;
    struct sample_passage passages[8]; /* ended by one without text */
};

static char folder[PATH_MAX]; /* of this test */
static char index_path[PATH_MAX];
static struct arena arena, fixture_scratch;
static struct error error;
static struct lexicon *lexicon;
static struct analyzer *analyzer;

static inline void open_fixture(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof(folder), "%s/dafu-search.XXXXXX", parent ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(index_path, sizeof(index_path), "%.4000s/index", folder);
    arena_init(&arena, 0);
    arena_init(&fixture_scratch, 0);
    ck_assert_msg(!lexicon_open(NULL, &lexicon, &error), "%s", error.message);
    ck_assert(!analyzer_new(lexicon, &analyzer, &error));
}

static inline void close_fixture(void)
{
    char command[PATH_MAX + 16];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    analyzer_free(analyzer);
    lexicon_free(lexicon);
    arena_release(&arena);
    arena_release(&fixture_scratch);
}

static inline void put_reply(struct index_writer *writer, const struct sample_reply *sample)
{
    struct reply reply = {
        .id = text_of(sample->id),
        .stem = text_of(sample->id),
        .source = text_of(sample->id),
        .file = text_of(sample->id),
        .title = text_of(sample->title),
        .issuer = text_of(sample->issuer),
        .document_number = text_of(sample->document_number),
        .proposal_number = text_of(sample->proposal_number),
        .session = { text_of(sample->session), sample->body, text_of(sample->area), sample->term,
                     sample->meeting },
        .area = text_of(sample->area),
        .date = text_of(sample->date),
        .kind = sample->body == BODY_CPPCC ? KIND_PROPOSAL : KIND_SUGGESTION,
    };
    struct passage passages[8] = { { 0 } };
    struct paragraph paragraphs[8] = { { .kind = PARAGRAPH_BODY } };
    while (reply.passage_count < 8 && sample->passages[reply.passage_count].text) {
        const struct sample_passage *from = &sample->passages[reply.passage_count];
        struct passage *passage = &passages[reply.passage_count];
        passage->paragraph = reply.passage_count;
        passage->section = SECTION_NONE;
        passage->path = text_of(from->path);
        passage->text = paragraphs[reply.passage_count].text = text_of(from->text);
        passage->length = passage->text.length;
        passage->role = from->role;
        passage->source_offset = 100 * reply.passage_count;
        passage->source_length = passage->text.length;
        reply.passage_count++;
    }
    reply.passages = passages;
    reply.paragraphs = paragraphs;
    reply.paragraph_count = reply.passage_count;
    struct index_entries entries;
    bool replaced;
    ck_assert_msg(
        !index_entries_build(&reply, analyzer, &fixture_scratch, &arena, &entries, &error), "%s",
        error.message);
    ck_assert_msg(!index_writer_put(writer, &entries, &replaced, &error), "%s", error.message);
}

static inline void make_index(const struct sample_reply *samples, size_t count)
{
    struct index_writer *writer;
    ck_assert_msg(
        !index_writer_open(index_path, lexicon_fingerprint(lexicon), true, &writer, &error), "%s",
        error.message);
    for (size_t i = 0; i < count; i++)
        put_reply(writer, &samples[i]);
    ck_assert_msg(!index_writer_commit(writer, &error), "%s", error.message);
    index_writer_free(writer);
}

/* Three replies, two of them to proposals of the same number in different places. */
static const struct sample_reply SAMPLES[] = {
    { "ningbo",
      "市经信局关于市政协十六届五次会议第13号提案的答复",
      "宁波市经济和信息化局",
      "甬经信函〔2026〕9号",
      "13",
      "市政协十六届五次会议",
      "宁波市",
      "2026-06-08",
      BODY_CPPCC,
      16,
      5,
      { { "", "宁波市经济和信息化局文件", ROLE_HEAD },
        { "", "甬经信函〔2026〕9号", ROLE_HEAD },
        { "", "市经信局关于市政协十六届五次会议第13号提案的答复", ROLE_HEAD },
        { "", "您提出的《关于推动制造业发展的建议》（第13号提案）收悉。", ROLE_BACKGROUND },
        { "", "二、政策支持举措", ROLE_HEADING },
        { "二、政策支持举措", "一是深化数智转型升级。推动智改数转，给予政策支持和资金补贴。",
          ROLE_COMMITMENT },
        { "二、政策支持举措", "推进“一网通办”改革，实现一网统管，政务服务提速。",
          ROLE_COMMITMENT } } },
    { "anhe",
      "安河市交通局关于市政协九届三次会议第13号提案的答复",
      "安河市交通运输局",
      "安交函〔2025〕40号",
      "13",
      "市政协九届三次会议",
      "安河市",
      "2025-05-20",
      BODY_CPPCC,
      9,
      3,
      { { "", "关于市政协九届三次会议第13号提案的答复", ROLE_HEAD },
        { "一、停车供给", "新建停车泊位2136个，机关事业单位停车场错时共享，不再收费。", ROLE_DONE },
        { "二、停车管理", "停车收费标准实行政府指导价，今后将清理僵尸车。", ROLE_COMMITMENT } } },
    { "lingdong",
      "省民政厅对省十四届人大三次会议第213号建议的答复",
      "岭东省民政厅",
      "岭民案〔2025〕28号",
      "213",
      "省十四届人大三次会议",
      "岭东省",
      "2025-04-30",
      BODY_CONGRESS,
      14,
      3,
      { { "", "对省十四届人大三次会议第213号建议的答复", ROLE_HEAD },
        { "一、老年助餐", "發展老年食堂，８０歲以上老人每餐補貼３元。", ROLE_DONE } } },
};

#endif
