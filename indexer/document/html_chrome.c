/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of the phrases and class names that the content systems of government sites use. A line
 * is chrome when nothing is left after all phrases, digits and signs are taken out of it, so a
 * sentence that happens to hold such a word stays. */
#include "indexer/document/html_chrome.h"

#include <ctype.h>

#include "indexer/base/utf8.h"

/* Longer phrases before those that they begin with. */
static const struct text PHRASES[] = {
    TEXT_INIT("扫一扫在手机打开当前页"),
    TEXT_INIT("扫一扫在手机上查看当前页面"),
    TEXT_INIT("扫一扫手机浏览"),
    TEXT_INIT("扫一扫在手机查看"),
    TEXT_INIT("用手机扫一扫"),
    TEXT_INIT("手机扫一扫"),
    TEXT_INIT("扫码浏览"),
    TEXT_INIT("扫一扫"),
    TEXT_INIT("二维码"),
    TEXT_INIT("在手机打开当前页"),
    TEXT_INIT("打开当前页"),
    TEXT_INIT("下载二维码"),
    TEXT_INIT("打印本文"),
    TEXT_INIT("打印本页"),
    TEXT_INIT("打印此页"),
    TEXT_INIT("打印内容"),
    TEXT_INIT("打印页面"),
    TEXT_INIT("打印"),
    TEXT_INIT("关闭本页"),
    TEXT_INIT("关闭窗口"),
    TEXT_INIT("关闭页面"),
    TEXT_INIT("关闭"),
    TEXT_INIT("收藏本页"),
    TEXT_INIT("加入收藏"),
    TEXT_INIT("收藏"),
    TEXT_INIT("返回顶部"),
    TEXT_INIT("返回列表"),
    TEXT_INIT("返回上一页"),
    TEXT_INIT("返回首页"),
    TEXT_INIT("返回"),
    TEXT_INIT("分享到"),
    TEXT_INIT("分享至"),
    TEXT_INIT("我要分享"),
    TEXT_INIT("一键分享"),
    TEXT_INIT("分享"),
    TEXT_INIT("微信好友"),
    TEXT_INIT("微信"),
    TEXT_INIT("朋友圈"),
    TEXT_INIT("新浪微博"),
    TEXT_INIT("腾讯微博"),
    TEXT_INIT("微博"),
    TEXT_INIT("QQ空间"),
    TEXT_INIT("QQ好友"),
    TEXT_INIT("QQ"),
    TEXT_INIT("人人网"),
    TEXT_INIT("百度贴吧"),
    TEXT_INIT("字体大小"),
    TEXT_INIT("字号大小"),
    TEXT_INIT("文字大小"),
    TEXT_INIT("字体"),
    TEXT_INIT("字号"),
    TEXT_INIT("大"),
    TEXT_INIT("中"),
    TEXT_INIT("小"),
    TEXT_INIT("默认"),
    TEXT_INIT("超大"),
    TEXT_INIT("特大"),
    TEXT_INIT("放大"),
    TEXT_INIT("缩小"),
    TEXT_INIT("恢复"),
    TEXT_INIT("视力保护色"),
    TEXT_INIT("背景色"),
    TEXT_INIT("浏览次数"),
    TEXT_INIT("浏览量"),
    TEXT_INIT("浏览"),
    TEXT_INIT("阅读次数"),
    TEXT_INIT("阅读量"),
    TEXT_INIT("阅读人次"),
    TEXT_INIT("阅读"),
    TEXT_INIT("点击次数"),
    TEXT_INIT("点击数"),
    TEXT_INIT("点击率"),
    TEXT_INIT("点击量"),
    TEXT_INIT("点击"),
    TEXT_INIT("访问次数"),
    TEXT_INIT("访问量"),
    TEXT_INIT("人次"),
    TEXT_INIT("次"),
    TEXT_INIT("语音播报"),
    TEXT_INIT("语音朗读"),
    TEXT_INIT("朗读"),
    TEXT_INIT("无障碍浏览"),
    TEXT_INIT("无障碍"),
    TEXT_INIT("长者模式"),
    TEXT_INIT("适老版"),
    TEXT_INIT("纠错"),
    TEXT_INIT("我要纠错"),
    TEXT_INIT("下载本页"),
    TEXT_INIT("下载文字版"),
    TEXT_INIT("下载图片版"),
    TEXT_INIT("保存"),
    TEXT_INIT("复制链接"),
    TEXT_INIT("举报"),
    TEXT_INIT("点赞"),
    TEXT_INIT("评论"),
    TEXT_INIT("更多"),
    TEXT_INIT("相关文章"),
    TEXT_INIT("相关附件"),
    TEXT_INIT("相关链接"),
    TEXT_INIT("相关信息"),
    TEXT_INIT("相关阅读"),
    TEXT_INIT("相关稿件"),
    TEXT_INIT("附件下载"),
    TEXT_INIT("上一篇"),
    TEXT_INIT("下一篇"),
    TEXT_INIT("上一条"),
    TEXT_INIT("下一条"),
    TEXT_INIT("上一页"),
    TEXT_INIT("下一页"),
    TEXT_INIT("没有了"),
    TEXT_INIT("暂无"),
};

/* A line that begins so, and goes on with whatever, is chrome as a whole. */
static const struct text OPENINGS[] = {
    TEXT_INIT("上一篇："),     TEXT_INIT("下一篇："),       TEXT_INIT("上一条："),
    TEXT_INIT("下一条："),     TEXT_INIT("上一篇:"),        TEXT_INIT("下一篇:"),
    TEXT_INIT("上一条:"),      TEXT_INIT("下一条:"),        TEXT_INIT("当前位置"),
    TEXT_INIT("您的位置"),     TEXT_INIT("您当前的位置"),   TEXT_INIT("您现在的位置"),
    TEXT_INIT("您所在的位置"), TEXT_INIT("所在位置"),       TEXT_INIT("您当前所在位置"),
    TEXT_INIT("现在位置"),     TEXT_INIT("分享到："),       TEXT_INIT("相关文章："),
    TEXT_INIT("相关链接："),   TEXT_INIT("网站标识码"),     TEXT_INIT("版权所有"),
    TEXT_INIT("Copyright"),    TEXT_INIT("政府网站标识码"), TEXT_INIT("网站地图"),
    TEXT_INIT("【打印"),       TEXT_INIT("[打印"),
};

/* Words that only a site's foot has; a line with one of them is chrome. */
static const struct text FOOT_WORDS[] = {
    TEXT_INIT("网站标识码"), TEXT_INIT("公网安备"),   TEXT_INIT("ICP备"),
    TEXT_INIT("备案号："),   TEXT_INIT("备案编号"),   TEXT_INIT("备案序号"),
    TEXT_INIT("建议使用IE"), TEXT_INIT("技术支持："), TEXT_INIT("网站维护"),
    TEXT_INIT("版权所有"),
};

/* A line of nothing but pairs of such a label and its value, such as "来源：... 发布时间：...". */
static const struct text INFO_LABELS[] = {
    TEXT_INIT("发布时间"), TEXT_INIT("发布日期"), TEXT_INIT("发文时间"), TEXT_INIT("更新时间"),
    TEXT_INIT("信息来源"), TEXT_INIT("文章来源"), TEXT_INIT("稿件来源"), TEXT_INIT("来源"),
    TEXT_INIT("信息时间"), TEXT_INIT("日期"),     TEXT_INIT("时间"),     TEXT_INIT("添加时间"),
    TEXT_INIT("公开日期"), TEXT_INIT("作者"),     TEXT_INIT("责任编辑"), TEXT_INIT("编辑"),
    TEXT_INIT("录入者"),   TEXT_INIT("发布人"),   TEXT_INIT("发布者"),   TEXT_INIT("供稿"),
    TEXT_INIT("审核"),     TEXT_INIT("信息员"),   TEXT_INIT("撰稿"),
};

/* Words of a class or id, as a whole or between "-" and "_". */
static const char CHROME_WORDS[] =
    "nav navbar navigation breadcrumb breadcrumbs crumb crumbs bread mbx dqwz weizhi curpos "
    "location footer foot bottom copyright header topbar toolbar share sharebox bdsharebuttonbox "
    "bshare jiathis print related relate relevant xgwz xgyd xglj sidebar aside menu pager "
    "pagination pagenav prevnext prev next sxp syt qrcode ewm erweima hits font fontsize fontsizes "
    "function gongneng comment comments login search searchbox banner ad advert";

/* Chrome is short. A container is never dropped for its class alone: see html_measure.c. */

static bool is_filler(uint32_t codepoint)
{
    return codepoint < 0x80 ? !isalpha((int)codepoint)
                            : !utf8_is_han(codepoint) && (codepoint < 0x370);
}

static bool is_sign(uint32_t codepoint)
{
    return (codepoint >= 0x2000 && codepoint <= 0x303F && codepoint != 0x3005 &&
            codepoint != 0x3007) ||
           (codepoint >= 0xFF00 && codepoint <= 0xFF20) ||
           (codepoint >= 0xFF3B && codepoint <= 0xFF40) ||
           (codepoint >= 0xFF5B && codepoint <= 0xFF65);
}

static size_t phrase_at(struct text line)
{
    for (size_t i = 0; i < sizeof(PHRASES) / sizeof(PHRASES[0]); i++)
        if (text_starts_with(line, PHRASES[i]))
            return PHRASES[i].length;
    return 0;
}

static bool is_phrases_only(struct text line)
{
    bool any = false;
    for (size_t offset = 0; offset < line.length;) {
        size_t phrase = phrase_at(text_slice(line, offset, line.length - offset));
        offset += phrase;
        any = any || phrase > 0;
        if (phrase > 0)
            continue;
        uint32_t codepoint = utf8_next_valid(line.data, &offset);
        if (!is_filler(codepoint) && !is_sign(codepoint))
            return false;
    }
    return any;
}

static bool begins_with_any(struct text line, const struct text *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_starts_with(line, table[i]))
            return true;
    return false;
}

/* Length of a label of INFO_LABELS with its colon at the start of the text, or 0. */
static size_t info_label(struct text text)
{
    for (size_t i = 0; i < sizeof(INFO_LABELS) / sizeof(INFO_LABELS[0]); i++) {
        if (!text_starts_with(text, INFO_LABELS[i]))
            continue;
        struct text rest =
            text_slice(text, INFO_LABELS[i].length, text.length - INFO_LABELS[i].length);
        if (text_starts_with(rest, TEXT("：")))
            return INFO_LABELS[i].length + 3;
        if (text_starts_with(rest, TEXT(":")))
            return INFO_LABELS[i].length + 1;
    }
    return 0;
}

size_t html_date_length(struct text line)
{
    size_t length = 0, digits = 0, signs = 0;
    for (; length < line.length && strchr("0123456789-/: []", line.data[length]); length++) {
        digits += isdigit((unsigned char)line.data[length]) != 0;
        signs += line.data[length] == '-' || line.data[length] == '/';
    }
    return length <= 22 && digits >= 6 && signs >= 2 ? length : 0;
}

/* "发布时间：2025-06-25 来源：... 浏览次数：...": two labels at least, of which the first may be
 * left to the date itself. */
static bool is_info_line(struct text line)
{
    size_t date = html_date_length(line);
    if (line.length > 300 || !info_label(text_slice(line, date, line.length - date)))
        return false;
    size_t labels = date > 0;
    for (size_t offset = date; offset < line.length;) {
        struct text rest = text_slice(line, offset, line.length - offset);
        size_t label = info_label(rest);
        if (label == 0 &&
            (text_starts_with(rest, TEXT("浏览")) || text_starts_with(rest, TEXT("字号")) ||
             text_starts_with(rest, TEXT("字体")) || text_starts_with(rest, TEXT("点击")) ||
             text_starts_with(rest, TEXT("阅读")) || text_starts_with(rest, TEXT("访问"))))
            label = 6;
        labels += label > 0;
        offset += label > 0 ? label : utf8_length((unsigned char)line.data[offset]);
    }
    return labels >= 2;
}

bool html_is_chrome_line(struct text line)
{
    if (begins_with_any(line, OPENINGS, sizeof(OPENINGS) / sizeof(OPENINGS[0])))
        return line.length < 600;
    if (line.length < 400)
        for (size_t i = 0; i < sizeof(FOOT_WORDS) / sizeof(FOOT_WORDS[0]); i++)
            if (text_contains(line, FOOT_WORDS[i]))
                return true;
    return is_info_line(line) || (line.length < 600 && is_phrases_only(line));
}

struct text html_cut_chrome(struct text line)
{
    for (size_t i = 0; i < 8; i++) { /* 上一篇 to 下一条: */
        size_t at = text_find(line, OPENINGS[i]);
        if (at == TEXT_NONE || at == 0)
            continue;
        line = text_trim(text_slice(line, 0, at));
    }
    return line;
}

bool html_is_bare_date(struct text line)
{
    return line.length > 0 && html_date_length(line) == line.length;
}

bool html_is_info(struct text line)
{
    return line.length <= 150 && info_label(line) > 0 && !text_contains(line, TEXT("。"));
}

/* Style and class ------------------------------------------------------------------------------ */

/* Whether the style says `property: value`, with blanks or without. */
static bool style_says(struct text style, const char *wanted)
{
    char plain[512];
    size_t length = 0;
    for (size_t i = 0; i < style.length && length < sizeof(plain); i++)
        if (!isspace((unsigned char)style.data[i]))
            plain[length++] = (char)tolower((unsigned char)style.data[i]);
    return text_contains((struct text) { plain, length }, text_of(wanted));
}

bool html_is_hidden(const struct html_node *node)
{
    if (node->attribute_count == 0)
        return false;
    if (html_has_attribute(node, "hidden"))
        return true;
    struct text style = html_attribute(node, "style");
    if (style.length == 0)
        return false;
    /* what is invisible and has room is often shown by a script: WeChat's articles are so */
    bool no_room = style_says(style, "position:absolute") || style_says(style, "height:0") ||
                   style_says(style, "width:0");
    return style_says(style, "display:none") || style_says(style, "mso-hide:all") ||
           (style_says(style, "visibility:hidden") && no_room);
}

static bool has_chrome_word(struct text names)
{
    for (size_t i = 0; i < names.length;) {
        while (i < names.length && !isalnum((unsigned char)names.data[i]))
            i++;
        size_t start = i;
        while (i < names.length && isalnum((unsigned char)names.data[i]))
            i++;
        if (i > start && html_has_word(text_of(CHROME_WORDS), text_slice(names, start, i - start)))
            return true;
    }
    return false;
}

bool html_is_chrome(const struct html_node *node)
{
    return (node->flags & HTML_BLOCK) != 0 && (has_chrome_word(html_attribute(node, "class")) ||
                                               has_chrome_word(html_attribute(node, "id")));
}
