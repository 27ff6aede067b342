/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Only what is asked in so many words: 计划 alone is in the name of many a plan, 未来 in 未来社区. */
#include "search/ranking/intent.h"

#include <stddef.h>

static const struct {
    struct text cue;
    enum passage_role role;
} CUES[] = {
    { TEXT_INIT("下一步"), ROLE_COMMITMENT },       { TEXT_INIT("下步"), ROLE_COMMITMENT },
    { TEXT_INIT("今后"), ROLE_COMMITMENT },         { TEXT_INIT("接下来"), ROLE_COMMITMENT },
    { TEXT_INIT("打算"), ROLE_COMMITMENT },         { TEXT_INIT("将如何"), ROLE_COMMITMENT },
    { TEXT_INIT("将怎样"), ROLE_COMMITMENT },       { TEXT_INIT("将采取"), ROLE_COMMITMENT },
    { TEXT_INIT("准备如何"), ROLE_COMMITMENT },     { TEXT_INIT("准备怎么"), ROLE_COMMITMENT },
    { TEXT_INIT("准备怎样"), ROLE_COMMITMENT },     { TEXT_INIT("准备采取"), ROLE_COMMITMENT },
    { TEXT_INIT("有什么计划"), ROLE_COMMITMENT },   { TEXT_INIT("有何计划"), ROLE_COMMITMENT },
    { TEXT_INIT("有无计划"), ROLE_COMMITMENT },     { TEXT_INIT("有没有计划"), ROLE_COMMITMENT },
    { TEXT_INIT("是否计划"), ROLE_COMMITMENT },     { TEXT_INIT("后续安排"), ROLE_COMMITMENT },
    { TEXT_INIT("后续措施"), ROLE_COMMITMENT },     { TEXT_INIT("工作打算"), ROLE_COMMITMENT },
    { TEXT_INIT("承诺"), ROLE_COMMITMENT },         { TEXT_INIT("什么时候能"), ROLE_COMMITMENT },
    { TEXT_INIT("什么时候可以"), ROLE_COMMITMENT }, { TEXT_INIT("何时能"), ROLE_COMMITMENT },
    { TEXT_INIT("何时可以"), ROLE_COMMITMENT },     { TEXT_INIT("做了什么"), ROLE_DONE },
    { TEXT_INIT("做了哪些"), ROLE_DONE },           { TEXT_INIT("做过什么"), ROLE_DONE },
    { TEXT_INIT("做过哪些"), ROLE_DONE },           { TEXT_INIT("采取了什么"), ROLE_DONE },
    { TEXT_INIT("采取了哪些"), ROLE_DONE },         { TEXT_INIT("出台了什么"), ROLE_DONE },
    { TEXT_INIT("出台了哪些"), ROLE_DONE },         { TEXT_INIT("进展如何"), ROLE_DONE },
    { TEXT_INIT("进展怎样"), ROLE_DONE },           { TEXT_INIT("进展怎么样"), ROLE_DONE },
    { TEXT_INIT("进展情况"), ROLE_DONE },           { TEXT_INIT("有什么进展"), ROLE_DONE },
    { TEXT_INIT("落实情况"), ROLE_DONE },           { TEXT_INIT("完成情况"), ROLE_DONE },
    { TEXT_INIT("推进情况"), ROLE_DONE },           { TEXT_INIT("开展情况"), ROLE_DONE },
    { TEXT_INIT("取得了什么"), ROLE_DONE },         { TEXT_INIT("取得了哪些"), ROLE_DONE },
    { TEXT_INIT("什么成效"), ROLE_DONE },           { TEXT_INIT("哪些成效"), ROLE_DONE },
    { TEXT_INIT("效果如何"), ROLE_DONE },           { TEXT_INIT("效果怎么样"), ROLE_DONE },
    { TEXT_INIT("为什么"), ROLE_BACKGROUND },       { TEXT_INIT("为何"), ROLE_BACKGROUND },
    { TEXT_INIT("什么原因"), ROLE_BACKGROUND },     { TEXT_INIT("原因是"), ROLE_BACKGROUND },
    { TEXT_INIT("哪些原因"), ROLE_BACKGROUND },     { TEXT_INIT("哪些问题"), ROLE_BACKGROUND },
    { TEXT_INIT("什么问题"), ROLE_BACKGROUND },     { TEXT_INIT("哪些困难"), ROLE_BACKGROUND },
    { TEXT_INIT("什么困难"), ROLE_BACKGROUND },
};

enum passage_role intent_role(struct text query)
{
    enum passage_role found = ROLE_COUNT;
    for (size_t i = 0; i < sizeof(CUES) / sizeof(*CUES); i++) {
        if (!text_contains(query, CUES[i].cue))
            continue;
        if (found != ROLE_COUNT && found != CUES[i].role)
            return ROLE_COUNT;
        found = CUES[i].role;
    }
    return found;
}
