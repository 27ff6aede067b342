/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One row per field. */
#include "search/query/fields.h"

#include <strings.h>

const struct query_field_row QUERY_FIELDS[QUERY_FIELD_COUNT] = {
    [QUERY_FIELD_TITLE] = { { "标题", "title", "题名" },
                            "words of the title or of the proposal's subject" },
    [QUERY_FIELD_ISSUER] = { { "机关", "issuer", "发文机关", "agency", "单位", "部门", "承办单位" },
                             "words of the agency's name" },
    [QUERY_FIELD_DOCUMENT_NUMBER] = { { "文号", "number", "发文字号" },
                                      "document number, in brackets of any kind" },
    [QUERY_FIELD_PROPOSAL_NUMBER] = { { "编号", "proposal", "提案号", "建议号", "提案编号" },
                                      "number of the proposal: 13" },
    [QUERY_FIELD_MEMBER] = { { "委员", "member", "代表", "提案人" },
                             "who proposed it: a member or a body that is answered: 张某某" },
    [QUERY_FIELD_YEAR] = { { "年份", "year", "年" }, "2026, or 2024..2026" },
    [QUERY_FIELD_DATE] = { { "日期", "date", "发文日期", "成文日期" },
                           "2026-06-08, 2026年6月, 2026, or 2024-01..2026" },
    [QUERY_FIELD_SESSION] = { { "届次", "session" }, "十六届五次, 政协16-5, or all of 十六届" },
    [QUERY_FIELD_KIND] = { { "类型", "type", "kind" }, "提案, 建议 or 议案" },
    [QUERY_FIELD_ROLE] = { { "部分", "part", "role", "段落性质" }, "下步, 已做, 背景, 其他" },
    [QUERY_FIELD_CLASS] = { { "类别", "class", "分类", "办理类别", "办理结果" }, "A, B, C or D" },
    [QUERY_FIELD_AREA] = { { "地区", "area", "place", "地方" }, "宁波市, or 宁波" },
};

bool query_field_find(struct text name, enum query_field *out)
{
    for (size_t field = 0; field < QUERY_FIELD_COUNT; field++)
        for (const char *const *alias = QUERY_FIELDS[field].names; *alias; alias++)
            if (strlen(*alias) == name.length && strncasecmp(*alias, name.data, name.length) == 0) {
                *out = (enum query_field)field;
                return true;
            }
    return false;
}
