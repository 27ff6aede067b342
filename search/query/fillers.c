/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A closed class of words, listed in full: interrogatives, modal questions, requests, particles. */
#include "search/query/fillers.h"

static const struct text FILLERS[] = {
    /* what, how, why, which */
    TEXT_INIT("什么"),
    TEXT_INIT("什么样"),
    TEXT_INIT("什么时候"),
    TEXT_INIT("为什么"),
    TEXT_INIT("为何"),
    TEXT_INIT("如何"),
    TEXT_INIT("怎么"),
    TEXT_INIT("怎么办"),
    TEXT_INIT("怎么样"),
    TEXT_INIT("怎样"),
    TEXT_INIT("咋样"),
    TEXT_INIT("咋办"),
    TEXT_INIT("哪些"),
    TEXT_INIT("哪里"),
    TEXT_INIT("哪儿"),
    TEXT_INIT("哪个"),
    TEXT_INIT("哪种"),
    TEXT_INIT("何时"),
    TEXT_INIT("几种"),
    TEXT_INIT("多少"),
    TEXT_INIT("多久"),
    TEXT_INIT("多长时间"),
    TEXT_INIT("是什么"),
    TEXT_INIT("有什么"),
    TEXT_INIT("有哪些"),
    /* whether */
    TEXT_INIT("能不能"),
    TEXT_INIT("能否"),
    TEXT_INIT("可不可以"),
    TEXT_INIT("可以不可以"),
    TEXT_INIT("会不会"),
    TEXT_INIT("有没有"),
    TEXT_INIT("有无"),
    TEXT_INIT("是不是"),
    TEXT_INIT("是否"),
    TEXT_INIT("要不要"),
    TEXT_INIT("该不该"),
    TEXT_INIT("需不需要"),
    TEXT_INIT("行不行"),
    /* requests and courtesies */
    TEXT_INIT("请问"),
    TEXT_INIT("请教"),
    TEXT_INIT("请教一下"),
    TEXT_INIT("问一下"),
    TEXT_INIT("请问一下"),
    TEXT_INIT("想问"),
    TEXT_INIT("想问一下"),
    TEXT_INIT("我想问"),
    TEXT_INIT("我想问一下"),
    TEXT_INIT("我想知道"),
    TEXT_INIT("我想了解"),
    TEXT_INIT("我想了解一下"),
    TEXT_INIT("想知道"),
    TEXT_INIT("想了解"),
    TEXT_INIT("想了解一下"),
    TEXT_INIT("麻烦问一下"),
    TEXT_INIT("麻烦您"),
    TEXT_INIT("查一下"),
    TEXT_INIT("查一查"),
    TEXT_INIT("帮我查一下"),
    TEXT_INIT("帮我查"),
    TEXT_INIT("帮我找"),
    TEXT_INIT("告诉我"),
    TEXT_INIT("请告诉我"),
    TEXT_INIT("谢谢"),
    TEXT_INIT("谢谢您"),
    TEXT_INIT("您好"),
    TEXT_INIT("你好"),
};

static const struct text FINALS[] = { TEXT_INIT("吗"), TEXT_INIT("呢"), TEXT_INIT("吧"),
                                      TEXT_INIT("么"), TEXT_INIT("嘛"), TEXT_INIT("啊"),
                                      TEXT_INIT("呀") };

size_t filler_find(struct text text, bool (*fits)(void *context, size_t length), void *context)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof(FILLERS) / sizeof(*FILLERS); i++)
        if (FILLERS[i].length > longest && text_starts_with(text, FILLERS[i]) &&
            (!fits || fits(context, FILLERS[i].length)))
            longest = FILLERS[i].length;
    return longest;
}

size_t filler_final(struct text text)
{
    for (size_t i = 0; i < sizeof(FINALS) / sizeof(*FINALS); i++)
        if (text_starts_with(text, FINALS[i]))
            return FINALS[i].length;
    return 0;
}
