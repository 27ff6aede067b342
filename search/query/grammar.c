/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query/grammar.h"

const char GRAMMAR_INTRODUCTION[] =
    "A query is words, and marks that say more about them. What cannot be read as a mark is "
    "searched as words, and a line on standard error says so and names the column. Operators are "
    "written in capitals; blanks, colons, quotation marks and "
    "parentheses may be full-width. A line may have "
    "262,144 bytes, of which the first 511 words and marks are read one by one.";

static const struct grammar_row WORDS[] = {
    { "停车 补贴标准", "any of the words in any order; passages with more and rarer ones first",
      "(seq 停车 补贴标准)" },
    { "企业能不能自己办托儿所",
      "a question: its words, without those that only ask (能不能, 如何, 请问)",
      "(seq 企业能不能自己办托儿所)" },
    { "投入3.5亿元",
      "an amount is also found as others write it: 3.5 亿元, 35000万元, 三亿五千万元; 1.2万户 as "
      "12000户, 12公里 as 12km, 5% as 百分之五, 二〇二五年 as 2025年; 3.5亿 with any unit",
      "(seq 投入3.5亿元)" },
    { "zhigai shuzhuan",
      "pinyin, also with tones (zhì gǎi), its initials (zgsz), or with characters among it "
      "(zhi改), when the index has no such Latin words",
      "(seq zhigai shuzhuan)" },
    { 0 },
};

static const struct grammar_row EXACT[] = {
    { "\"一网通办\"",
      "exactly this must occur: \"…\", and “…”, 「…」, 『…』 or 《…》 that stands "
      "apart; of its characters only the costume may differ (traditional, full width, blanks, "
      "commas), of names the short form, and of amounts how they are written",
      "(seq (exact 一网通办))" },
    { "什么是“一网通办”率", "Chinese marks inside a sentence are part of it",
      "(seq 什么是“一网通办”率)" },
    { 0 },
};

static const struct grammar_row WILDCARDS[] = {
    { "digit*",
      "a word that begins so must occur: of the words of the index, at most 256, "
      "and 768 of all that a query has",
      "(seq (prefix digit))" },
    { "养老*",
      "of Chinese, which has no blanks: 养老 must occur, whatever stands around it: 养老院, "
      "养老金, 居家养老; *养老 is the same",
      "(seq (prefix 养老))" },
    { "文号:苏教*", "a value that begins so; of 标题 and 机关 also a word of it: 委员:张*",
      "(seq (field number* 苏教))" },
    { "机关:*教育局", "a value that ends so; 机关:*教育* has it anywhere",
      "(seq (field *issuer 教育局))" },
    { 0 },
};

static const struct grammar_row OPERATORS[] = {
    { "停车 -收费", "without this", "(seq 停车 (not 收费))" },
    { "停车 NOT \"错时共享\"", "the same", "(seq 停车 (not (exact 错时共享)))" },
    { "停车 AND 补贴", "both must occur", "(seq (and 停车 补贴))" },
    { "停车 OR 车位", "one of them must occur", "(seq (or 停车 车位))" },
    { "养老 停车 AND 补贴", "AND binds closer than OR, OR closer than words side by side",
      "(seq 养老 (and 停车 补贴))" },
    { "(停车 OR 车位) AND 共享", "parentheses, at most 32 deep",
      "(seq (and (seq (or 停车 车位)) 共享))" },
    { "养老 -(收费 OR 补贴)", "none of these", "(seq 养老 (not (seq (or 收费 补贴))))" },
    { 0 },
};

static const struct grammar_row FIELDS[] = {
    { "标题:停车", "NAME:VALUE, also with a blank behind the colon: only what has it there",
      "(seq (field title 停车))" },
    { "标题： 停车 难", "a value ends at a blank: 难 is a word of its own",
      "(seq (field title 停车) 难)" },
    { "标题:\"停车 难\"", "a value with blanks; of a title exactly this",
      "(seq (field title= 停车 难))" },
    { "标题:(养老 OR 托育)", "for all in the parentheses; 标题:(养老 托育) has both",
      "(seq (seq (or (field title 养老) (field title 托育))))" },
    { "委员:张某某", "who proposed it, a member or a body: all fields are listed below",
      "(seq (field member 张某某))" },
    { "-机关:经信局", "fields go with all operators", "(seq (not (field issuer 经信局)))" },
    { "年份:2024..2026",
      "a range; either end may be missing: 2024.. or ..2026; also 2024-2026, 2024年至2026年, "
      ">=2024, <2024, 2024年以来",
      "(seq (field year 2024..2026))" },
    { "年份:2024、2026", "any of them; also of all fields but 标题, 文号 and 日期",
      "(seq (field year 2024、2026))" },
    { "日期:2024-03..2025",
      "likewise of dates: a year, a month or a day, also as 2024年3月; 2024年3月至9月",
      "(seq (field date 2024-03..2025))" },
    { 0 },
};

static const struct grammar_row CITATIONS[] = {
    { "甬经信函[2026] 9号", "a document number, in brackets of any kind: its reply comes first",
      "(seq 甬经信函[2026] 9号)" },
    { "文号:〔2026〕9号",
      "whoever's number it is; also 文号:9号, and 文号:甬经信函 for all of theirs",
      "(seq (field number 〔2026〕9号))" },
    { "市政协十六届五次会议第13号提案", "a proposal, with or without its session: likewise",
      "(seq 市政协十六届五次会议第13号提案)" },
    { 0 },
};

const struct grammar_section GRAMMAR[] = {
    { "Words", WORDS },
    { "Exactly", EXACT },
    { "Wildcards", WILDCARDS },
    { "Operators", OPERATORS },
    { "Fields and ranges", FIELDS },
    { "Citations", CITATIONS },
    { 0 },
};
