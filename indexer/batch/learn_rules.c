/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of words by what they may not do in a term. Written from general knowledge of the genre,
 * then completed after reading what was found in the sample corpus and in a collection of laws. */
#include "indexer/batch/learn_rules.h"

/* In no place: particles, prepositions, pronouns, modal verbs. Each list is searched for " word ". */
static const char NOWHERE[] =
    " 的 了 和 与 或 或者 较 个 以及 及 等 在 是 之 其 应 应当 不得 未 未经 您 "
    "我 你 他 它 们 各 本 该 此 这 那 这些 "
    "按 按照 根据 依照 依据 有关 相关 其他 其它 可以 可能 必须 需要 由 "
    "把 被 向 从 对 对于 关于 因 因为 由于 "
    "如 如果 但 但是 而 并 并且 且 若 则 即可 也 就 又 都 已 已经 将 让 "
    "使 所 给 着 过 仍 尚 还 均 仅 予 予以 "
    "给予 进行 何 某 某某 哪 能 会 于 以 至 到 时 时候 之间 之一 之日 "
    "感谢 如下 届 贵 贵会 我局 我市 我省 我县 "
    "我区 现 ";

/* Not first. */
static const char NOT_FIRST[] =
    /* verbs that govern what follows */
    " 加强 推进 推动 促进 开展 落实 完善 健全 建立 制定 制订 优化 强化 提升 提高 加大 加快 实施 "
    "实行 鼓励 支持 "
    "引导 确保 明确 确定 采取 采用 采取有效 违反 责令 处以 处 并处 接受 提出 提请 报 报送 报请 "
    "列入 纳入 打造 "
    "构建 形成 实现 具有 具备 符合 属于 包括 涉及 取得 获得 做好 搞好 严禁 禁止 要求 规定 设立 "
    "设置 享受 享有 "
    "承担 履行 执行 遵守 维护 防止 防范 避免 减少 增加 扩大 依托 利用 使用 造成 引起 导致 发生 "
    "发现 收到 接到 "
    "超过 不足 达到 低于 高于 参与 参加 配合 协助 会同 听取 征求 召开 举办 举行 认为 表示 予 不予 "
    "适应 适用 经过 "
    "结合 协调 统筹 回答 发表 说明 提起 受 泄露 危害 燃放 恪守 赔偿损失 退出 裁定 破坏 损害 侵犯 "
    "妨碍 影响 "
    "坚持 压实 "
    "挖掘 推广 运用 注重 恳请 问计 成立 入选 拓 拓展 拓宽 每年 累计 力争 保留 扎实 畅通 聚焦 围绕 "
    "突出 发挥 "
    "严格 严厉 依法 努力 积极 切实 认真 充分 大力 继续 全面 深入 持续 逐步 有效 及时 定期 直接 "
    "不断 进一步 "
    "擅自 如实 自行 另行 统一 一并 分别 共同 必要 适当 具体 合理 可 可以 有 有权 无 没有 暂 拟 先 "
    "再 最 更 较 很 "
    "十分 非常 比较 主要 重要 重大 一般 特别 高度 充足 明显 显著 衷心 再次 宝贵 经 经商 专此 "
    /* measure words and numbers */
    "个 种 项 条 款 章 节 日 月 年 号 次 家 户 名 人 元 万元 亿元 倍 份 批 期 级 起 米 公里 平方米 "
    "个月 周 天 "
    "今年 去年 明年 近年 近年来 以来 底 前 后 内 中 里 间 外 以上 以下 以内 以外 期间 过程 情况 "
    "方面 问题 工作 "
    "一定 一些 一批 部分 全部 任何 所有 若干 多 少 大 小 高 低 好 全 总 区 两 每 每人 来 去 做 "
    "作为 通过 称 "
    "委员 代表 同志 局 乱 占 约 达 为了 提供 书面 同时 确 确需 上一 便于 加以 一律 ";

/* Not last. */
static const char NOT_LAST[] =
    " 加强 推进 推动 促进 开展 落实 完善 健全 建立 制定 制订 优化 强化 "
    "提升 提高 加大 加快 实施 实行 鼓励 支持 "
    "确保 明确 采取 违反 责令 处以 处 提出 提请 报送 列入 纳入 打造 "
    "构建 形成 实现 具有 具备 符合 属于 包括 涉及 "
    "取得 获得 做好 禁止 要求 规定 设立 设置 享受 享有 承担 履行 执行 "
    "遵守 造成 发生 发现 超过 不足 达到 低于 "
    "高于 参与 参加 配合 协助 会同 召开 举办 认为 表示 公布 发布 施行 "
    "解决 安排 考虑 改正 作出 完成 说明 领导 "
    "一致 合格 驳回 现有 只 称 约 近 占 达 有 无 可 有权 以来 的话 "
    "个 种 项 条 款 章 节 日 月 年 次 家 户 名 元 万元 亿元 倍 份 批 "
    "期间 过程 情况 方面 问题 工作 内 中 里 间 外 "
    "后 前 以上 以下 以内 以外 起 来 去 上 下 底 届 为 不 要 办理 如下 "
    "实际 关心 指导 帮助 理解 重视 意见 时限 "
    "做法 措施 渠道 成果 程度 会议 严重 较大 巨大 较轻 较重 轻微 恶劣 废止 编制 便利 方便 规范 ";

/* First or last only in quotation marks or among single characters. */
static const char WEAK[] =
    " 一 二 三 四 五 六 七 八 九 十 第 新 大 小 高 低 好 多 少 上 下 不 为 要 自 非 点 ";

/* Rows of the genre's frame: letterhead, closing, entry into force. */
static const char *const FRAME[] = {
    "施行",   "答复",           "收悉", "函复",       "提案", "建议", "公告",
    "会议",   "常务委员会会议", "通过", "第一次修正", "修正", "修订", "印发",
    "联系人", "联系电话",       "届",   "号",         "令",
};

static bool is_in(const char *list, struct text word)
{
    const char *rest = list;
    while ((rest = strstr(rest, " ")) && rest[1]) {
        rest++;
        if (strncmp(rest, word.data, word.length) == 0 && rest[word.length] == ' ')
            return true;
    }
    return false;
}

static bool is_frame(const struct text *words, size_t count)
{
    for (size_t i = 0; i < sizeof(FRAME) / sizeof(FRAME[0]); i++) {
        struct text frame = text_of(FRAME[i]);
        if (text_equal(words[0], frame) || text_equal(words[count - 1], frame))
            return true;
    }
    return false;
}

static bool is_single(struct text word)
{
    return word.length <= 4 && (unsigned char)word.data[0] >= 0xE0;
}

size_t learn_rules_singles(const struct text *words, size_t count)
{
    size_t singles = 0;
    for (size_t i = 0; i < count; i++)
        singles += is_single(words[i]);
    return singles;
}

/* 川市: the end of several names of places. */
static bool is_bare_place(const struct text *words, size_t count)
{
    return count == 2 && is_single(words[0]) && is_in(" 市 县 区 省 州 镇 乡 村 ", words[1]);
}

bool learn_rules_allow(const struct text *words, size_t count, bool quoted)
{
    for (size_t i = 0; i < count; i++) {
        if (is_in(NOWHERE, words[i]))
            return false;
    }
    bool unknown = learn_rules_singles(words, count) >= 3;
    struct text first = words[0], last = words[count - 1];
    if (is_frame(words, count) || is_bare_place(words, count))
        return false;
    if (is_in(NOT_FIRST, first) || is_in(NOT_LAST, last))
        return quoted && unknown;
    return quoted || unknown || !(is_in(WEAK, first) || is_in(WEAK, last));
}
