/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/facts.h"

#include "indexer/base/utf8.h"

#define VALUE_BYTES_MAX 600
#define LABEL_BYTES_MAX 48

static const struct {
    const char *labels; /* blank-separated */
    const char *key;
    bool common;
} FACTS[] = {
    { "索引号 索引编号 信息索引号 信息索引", "table_index", false },
    { "发文机关 发布机构 发文机构 发文单位 发布机关 公开机构 责任部门 公开部门 制发机关 信息来源 "
      "公开单位 信息公开单位 发布单位 成文机关 信息提供单位 公开责任部门 公文发文单位 制作单位 "
      "发布部门",
      "table_issuer", false },
    { "发文字号 文号 文件编号 发文文号 公文编号 文件字号 公文文号 发文号 文件号 公开文号",
      "table_doc_number", false },
    { "成文日期 成文时间 发文日期 发文时间 公文时效日期 生成日期 信息生成日期 产生日期 制发日期 "
      "形成日期 公文日期 签发日期",
      "table_date", false },
    { "发布日期 发布时间 公开日期 公开时间 发文公开日期 信息发布日期 主动公开日期",
      "table_published", false },
    { "名称 标题 信息名称 公文名称 文件名称 信息标题", "table_title", true },
    { "主题分类 分类 信息分类 所属主题 主题 类别 组配分类 体裁分类 信息类别 主题类别",
      "table_topic", true },
    { "公开方式 公开属性 公开形式 公开类型 信息公开方式", "table_publicity", false },
    { "主题词 关键词 有效性 效力状态 时效性 生效日期 失效日期 废止日期 公开范围 公开时限 内容概述 "
      "信息格式 语种 服务对象 体裁 公开目录 有效期 是否有效 统一登记号 所属机构 载体类型 来源 "
      "访问量 "
      "浏览次数 审核 状态 公文时效 生命周期 面向对象",
      NULL, true },
};
#define FACT_COUNT (sizeof(FACTS) / sizeof(FACTS[0]))
_Static_assert(FACT_COUNT < FACT_KINDS_MAX, "facts fit into a set of bits");

static bool has_word(struct text list, struct text word)
{
    struct text item;
    while (text_split(&list, TEXT(" "), &item))
        if (text_equal(item, word))
            return true;
    return false;
}

static bool is_signless(uint32_t codepoint)
{
    return codepoint > ' ' && codepoint != 0x3000 && codepoint != 0xA0 && codepoint != 0x3010 &&
           codepoint != 0x3011 && codepoint != '[' && codepoint != ']' && codepoint != '*';
}

/* The label without signs, in `plain`, and what stands behind its colon. */
static struct text plain_label(struct text text, char plain[LABEL_BYTES_MAX], struct text *value)
{
    size_t length = 0;
    *value = (struct text) { NULL, 0 };
    for (size_t offset = 0; offset < text.length;) {
        size_t start = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        if (codepoint == ':' || codepoint == 0xFF1A) {
            *value = text_trim(text_slice(text, offset, text.length - offset));
            break;
        }
        if (!is_signless(codepoint))
            continue;
        if (length + (offset - start) > LABEL_BYTES_MAX)
            return (struct text) { NULL, 0 };
        memcpy(plain + length, text.data + start, offset - start);
        length += offset - start;
    }
    return (struct text) { plain, length };
}

size_t fact_find(struct text text, struct text *value)
{
    char plain[LABEL_BYTES_MAX];
    struct text wanted = plain_label(text, plain, value);
    for (size_t i = 0; i < FACT_COUNT && wanted.length > 0; i++)
        if (has_word(text_of(FACTS[i].labels), wanted))
            return i;
    return FACT_NONE;
}

const char *fact_key(size_t fact)
{
    return FACTS[fact].key;
}

bool fact_is_common(size_t fact)
{
    return FACTS[fact].common;
}

bool fact_is_value(struct text value)
{
    static const char NOTHING[] = "无 - -- — —— / 暂无 空 null 无文号 none";
    return value.length > 0 && value.length <= VALUE_BYTES_MAX &&
           !has_word(text_of(NOTHING), value);
}

/* -- rows of tables --------------------------------------------------------------------------- */

#define CELLS_MAX 8

struct pair {
    const char *key; /* NULL: of no use */
    struct text value;
};

/* On a page these words are those of the site's foot; in a table they say who answered. */
static const char *own_key(struct text label, bool *known)
{
    char plain[LABEL_BYTES_MAX];
    struct text value;
    struct text wanted = plain_label(label, plain, &value);
    size_t fact = fact_find(label, &value);
    *known = fact != FACT_NONE && value.length == 0;
    if (*known)
        return fact_key(fact);
    *known =
        wanted.length > 0 && value.length == 0 &&
        has_word(TEXT("承办单位 承办部门 主办单位 办理单位 答复单位 承办机关 主办部门"), wanted);
    return *known ? "table_issuer" : NULL;
}

/* The pairs of a row that has nothing else; 0 for any other text. */
static size_t pairs_of(struct text row, struct pair pairs[CELLS_MAX / 2])
{
    struct text cells[CELLS_MAX], cell;
    size_t count = 0;
    if (row.length > VALUE_BYTES_MAX)
        return 0;
    while (text_split(&row, TEXT(" | "), &cell)) {
        if (count == CELLS_MAX)
            return 0;
        cells[count++] = text_trim(cell);
    }
    for (size_t i = 0; i + 1 < count; i += 2) {
        bool known;
        pairs[i / 2] = (struct pair) { own_key(cells[i], &known), cells[i + 1] };
        if (!known)
            return 0;
    }
    return count % 2 == 0 ? count / 2 : 0;
}

static bool is_label_alone(struct text row)
{
    bool known;
    own_key(row, &known);
    return known;
}

static bool declare_pairs(struct document *document, struct arena *arena, const struct pair *pairs,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].key && fact_is_value(pairs[i].value) &&
            document_declared(document, pairs[i].key).length == 0 &&
            !document_declare(document, arena, pairs[i].key, pairs[i].value))
            return false;
    return true;
}

/* "某某局办公室 | 2025年8月6日印发": one line whose halves stand apart. */
static bool join_print_line(struct block *block, struct arena *arena)
{
    size_t bar = text_find(block->text, TEXT(" | "));
    if (bar == TEXT_NONE || block->text.length > VALUE_BYTES_MAX ||
        !text_ends_with(block->text, TEXT("印发")) ||
        text_find_last(block->text, TEXT(" | ")) != bar)
        return true;
    block->text = arena_printf(arena, "%.*s  %.*s", (int)bar, block->text.data,
                               (int)(block->text.length - bar - 3), block->text.data + bar + 3);
    return block->text.data != NULL;
}

bool facts_take_rows(struct document *document, struct arena *arena)
{
    struct block *blocks = document->blocks;
    const size_t count = document->block_count;
    struct pair pairs[CELLS_MAX / 2];
    size_t kept = 0;
    for (size_t first = 0, end; first < count; first = end) {
        size_t found = 0, row;
        for (end = first; end < count && ((row = pairs_of(blocks[end].text, pairs)) > 0 ||
                                          (found && is_label_alone(blocks[end].text)));
             end++)
            found += row;
        bool facts = end - first < count && (found >= 2 || (found && (first == 0 || end == count)));
        for (size_t i = first; facts && i < end; i++)
            if (!declare_pairs(document, arena, pairs, pairs_of(blocks[i].text, pairs)))
                return false;
        end = end > first ? end : first + 1;
        for (size_t i = first; !facts && i < end; i++) {
            if (!join_print_line(&blocks[i], arena))
                return false;
            blocks[kept++] = blocks[i];
        }
    }
    document->block_count = kept;
    return true;
}
