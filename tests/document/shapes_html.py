# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages as the content systems of agencies make them, around the paragraphs of a reply.

Each function takes a list of paragraphs and a dictionary (title, site, issuer, number, date, index)
and returns the page as bytes, or as a string (then UTF-8)."""
import html
import random
import re

SHAPES = {}


def shape(function):
    SHAPES[function.__name__] = function
    return function


e = html.escape


def page(head, body, charset='<meta charset="utf-8">'):
    return f"<!DOCTYPE html>\n<html><head>{charset}{head}</head>\n<body>{body}</body></html>"


def labels(m):
    return "".join(f'<meta name="{k}" content="{e(v)}">\n' for k, v in [
        ("SiteName", m["site"]), ("ColumnName", "建议提案办理"), ("ArticleTitle", m["title"]),
        ("PubDate", m["published"] + " 09:30"), ("ContentSource", m["issuer"])])


def navigation(m):
    return (f'<div class="header"><a href="/">{m["site"]}</a><ul class="nav"><li><a href="/zwgk/">政务公开</a></li>'
            '<li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>'
            '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; '
            '<a href="/jyta/">建议提案办理</a></div>')


def footer(m):
    return (f'<div class="footer"><p>主办：{m["site"]}　承办：政务服务和数据管理局</p><p>网站标识码：3300000001　'
            '浙ICP备05000001号　浙公网安备33000002000001号</p><p><a href="/map">网站地图</a> | <a href="/about">关于我们</a></p></div>')


def split_runs(text, seed):
    """Runs of one to six characters, as editors leave them; digits and letters on their own."""
    rng = random.Random(seed)
    runs = []
    for piece in re.findall(r"[0-9A-Za-z.%]+|[^0-9A-Za-z.%]+", text):
        while piece:
            n = rng.randint(1, 6)
            runs.append(piece[:n])
            piece = piece[n:]
    return runs


@shape
def word_html(p, m):
    """Saved by Word as a web page, in GBK."""
    head = ('<meta http-equiv=Content-Type content="text/html; charset=gb2312">\n<meta name=Generator content="Microsoft Word 15 (filtered)">'
            f'<title>{e(m["title"])}</title>\n<!--[if gte mso 9]><xml>\n <o:DocumentProperties><o:Author>user</o:Author></o:DocumentProperties>\n'
            '<w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n<style>\n<!--\n @font-face{font-family:仿宋_GB2312;}\n'
            ' p.MsoNormal{margin:0cm;mso-pagination:none;}\n-->\n</style>')
    body = []
    for i, text in enumerate(p):
        runs = "".join(
            f"<span lang=EN-US style='font-size:16.0pt;font-family:仿宋_GB2312'>{e(r)}</span>" if re.match("[0-9A-Za-z]", r)
            else f"<span style='font-size:16.0pt;font-family:\n仿宋_GB2312'>{e(r)}</span>" for r in split_runs(text, i))
        body.append(f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0;line-height:\n28.0pt'>{runs}"
                    "<span lang=EN-US><o:p></o:p></span></p>\n\n")
    return ("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w=\"urn:schemas-microsoft-com:office:word\">\n<head>"
            + head + "</head>\n<body lang=ZH-CN style='tab-interval:21.0pt'>\n<div class=WordSection1 style='layout-grid:15.6pt'>\n\n"
            + "".join(body) + "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\n</div></body></html>").encode("gb18030")


@shape
def spans_per_run(p, m):
    body = "".join("<p>" + "".join(f'<span style="font-family: 仿宋; font-size: 21px;"><font color="#333">{e(r)}</font></span>'
                                   for r in split_runs(t, i)) + "</p>" for i, t in enumerate(p))
    return page(labels(m) + f"<title>{e(m['title'])}_{m['site']}</title>",
                navigation(m) + f'<h1 class="title">{e(m["title"])}</h1><div class="TRS_Editor">{body}</div>' + footer(m))


@shape
def nbsp_and_breaks(p, m):
    body = "<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + e(t) for t in p)
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<div id="zoom">{body}</div>' + footer(m))


@shape
def wide_blanks_and_breaks(p, m):
    body = "<br/>\n".join("　　" + e(t) for t in p)
    return page(f"<title>{e(m['title'])}-{m['site']}</title>", navigation(m) + f'<div class="content"><p>{body}</p></div>' + footer(m))


@shape
def strong_headings(p, m):
    body = "".join(f'<p style="text-align:center"><strong><span>{e(t)}</span></strong></p>' if t == m["title"] else
                   re.sub(r"^([一二三四五六七八九十]+、[^。]{2,30})$", r"<p><strong>\1</strong></p>", e(t)) if re.match("[一二三四五六七八九十]+、[^。]{2,30}$", t) else
                   "<p>" + re.sub(r"^(（[一二三四五六七八九十]）[^。]*。)", r"<b>\1</b>", e(t)) + "</p>" for t in p)
    return page(labels(m), navigation(m) + f'<div class="article-content">{body}</div>' + footer(m))


@shape
def a_div_per_paragraph(p, m):
    body = "".join(f"<div>{e(t)}</div><div><br></div>" for t in p)
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<div class="view">{body}</div>' + footer(m))


@shape
def trs(p, m):
    body = "".join(f'<p class="Custom_UnionStyle" style="text-indent: 2em">{e(t)}</p>' for t in p)
    return page(labels(m) + f"<title>{e(m['title'])}</title>", navigation(m) + f'''<div class="xl-main"><h2>{e(m["title"])}</h2>
<div class="info"><span>发布时间：{m["published"]}</span><span>来源：{m["issuer"]}</span><span>浏览次数：<script>hits()</script>128</span>
<span>字号：[ <a>大</a> <a>中</a> <a>小</a> ]</span></div>
<div class=TRS_Editor><div class="TRS_PreAppend">{body}</div></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div><div><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div></div>''' + footer(m))


@shape
def hanweb_jpage(p, m):
    body = "".join(f'<p style="text-indent:2em;">{e(t)}</p>' for t in p)
    return page(labels(m), navigation(m) + f'''<table width="100%" id="c"><tr><td class="title"><!--<$[标题名称(html)]>begin-->{e(m["title"])}<!--<$[标题名称(html)]>end--></td></tr>
<tr><td>发布日期：{m["published"]}　来源：{m["issuer"]}　字体：[<a>大</a> <a>中</a> <a>小</a>]</td></tr>
<tr><td class="bt_content"><div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{body}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div></td></tr>
<tr><td align="center"><a onclick="window.print()">打印</a> | <a onclick="window.close()">关闭</a></td></tr></table>''' + footer(m))


@shape
def gov_cn(p, m):
    body = "".join(f'<p style="text-indent: 2em; font-family: 宋体; font-size: 12pt;">{e(t)}</p>' for t in p)
    return page(f'<meta name="lanmu" content="建议提案"><meta name="firstpublishedtime" content="{m["published"]}-09:30:00"><title>{e(m["title"])}_{m["site"]}</title>',
                navigation(m) + f'<div class="pages_content" id="UCAP-CONTENT"><div class="trs_editor_view TRS_UEDITOR trs_paper_default">{body}</div></div>' + footer(m))


@shape
def old_tables_gbk_undeclared(p, m):
    body = "<BR><BR>\n".join("　　" + e(t) for t in p)
    menu = "".join(f"<TR><TD height=24><A href=/{i}.asp>{t}</A></TD></TR>" for i, t in enumerate(["机构职能", "政策法规", "建议提案", "统计信息"]))
    return f'''<HTML><HEAD><TITLE>{e(m["title"])}</TITLE></HEAD><BODY bgColor=#ffffff><TABLE width=960 align=center><TR><TD><IMG src=top.jpg></TD></TR>
<TR><TD><TABLE width="100%"><TR><TD width=180 vAlign=top><TABLE>{menu}</TABLE></TD><TD><TABLE width="100%"><TR><TD align=center><FONT size=4><B>{e(m["title"])}</B></FONT></TD></TR>
<TR><TD><TABLE cellSpacing=0><TR><TD class=p14><FONT size=3>{body}</FONT></TD></TR></TABLE></TD></TR></TABLE></TD></TR></TABLE></TD></TR>
<TR><TD align=center>版权所有：{m["site"]} 技术支持：信息中心</TD></TR></TABLE></BODY></HTML>'''.encode("gbk")


@shape
def index_table(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    rows = f'''<tr><th>索 引 号：</th><td>{m["index"]}</td><th>主题分类：</th><td>建议提案</td></tr><tr><th>发布机构：</th><td>{m["issuer"]}</td><th>发布日期：</th><td>{m["published"]}</td></tr>
<tr><th>标　　题：</th><td colspan="3">{e(m["title"])}</td></tr><tr><th>文　　号：</th><td>{m["number"]}</td><th>有 效 性：</th><td>有效</td></tr>'''
    return page(labels(m), navigation(m) + f'<table class="xxgk_table">{rows}</table><div class="xxgk_content">{body}</div>' + footer(m))


@shape
def index_list(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    items = "".join(f'<li><span class="name">{k}：</span><span class="val">{e(v)}</span></li>' for k, v in [
        ("索引号", m["index"]), ("发文机关", m["issuer"]), ("文号", m["number"]), ("标题", m["title"]), ("发布时间", m["published"])])
    return page("", navigation(m) + f'<div class="detail"><ul class="headInfo">{items}</ul><div class="news_content">{body}</div></div>' + footer(m))


@shape
def index_definitions(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    items = "".join(f'<dt>{k}</dt><dd>{e(v)}</dd>' for k, v in [
        ("索引号", m["index"]), ("发布机构", m["issuer"]), ("发文字号", m["number"]), ("发布日期", m["published"])])
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<main><dl class="meta">{items}</dl><h1>{e(m["title"])}</h1><article>{body}</article></main>' + footer(m))


@shape
def wechat(p, m):
    body = "".join(f'<section style="margin: 0 8px;"><p style="text-indent: 2em;"><span style="letter-spacing: 0.544px;" leaf="">{e(t)}</span></p></section>' for t in p)
    return page(f'<meta property="og:title" content="{e(m["title"])}"><meta property="og:site_name" content="微信公众平台"><title></title>', f'''<script>var msg_title = '{e(m["title"])}';</script>
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name">{e(m["title"])}</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link">原创</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">{m["site"]}发布</a></span><em id="publish_time" class="rich_media_meta">{m["published"]} 09:30</em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">{body}<p style="text-align:center"><img data-src="https://mmbiz.qpic.cn/x"></p></div></div></div></div></div>
<div id="js_pc_qr_code" class="qr_code_pc_outer"><p>微信扫一扫<br>关注该公众号</p></div><div class="rich_media_tool"><span>阅读原文</span><span>阅读 1024</span><span>在看</span></div>''')


@shape
def noscript_and_frames(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(labels(m), f'<noscript>您的浏览器不支持脚本，请开启后浏览。</noscript><iframe src="/top.html"><p>您的浏览器不支持内嵌框架</p></iframe>' + navigation(m)
                + f'<h1>{e(m["title"])}</h1><div id="content">{body}</div><iframe src="/bottom.html"></iframe>' + footer(m))


@shape
def html5_article(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(labels(m), f'<header><nav><a href="/">首页</a><a href="/zwgk">政务公开</a></nav></header><main><article><header><h1>{e(m["title"])}</h1><time datetime="{m["published"]}">{m["published"]}</time></header>{body}</article></main><aside><h3>相关阅读</h3><ul><li><a href="/1">关于其他提案的答复</a></li><li><a href="/2">关于又一提案的答复</a></li></ul></aside><footer>{footer(m)}</footer>')


@shape
def chrome_lines_inside(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(labels(m), navigation(m) + f'''<div class="con_con"><p>【字体：<a>大</a> <a>中</a> <a>小</a>】</p><p>来源：{m["issuer"]}　发布时间：{m["published"]}　浏览次数：96次</p>{body}
<p>分享到：</p><p>【打印本页】　【关闭窗口】</p><p>扫一扫在手机打开当前页</p><p>上一篇：<a href="a.html">关于城区停车问题的答复</a></p><p>下一篇：<a href="b.html">没有了</a></p></div>''' + footer(m))


@shape
def preformatted(p, m):
    body = "\n\n".join("　　" + e(t) for t in p)
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<div id="content"><pre style="white-space:pre-wrap">{body}</pre></div>' + footer(m))


@shape
def a_row_per_paragraph(p, m):
    body = "".join(f"<tr><td>{e(t)}</td></tr>" for t in p)
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<table class="content" width="90%"><tbody>{body}</tbody></table>' + footer(m))


@shape
def numeric_entities(p, m):
    def encode(text):
        named = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "·": "&middot;", "…": "&hellip;", "－": "&#xFF0D;"}
        return "".join(named.get(c, f"&#{ord(c)};" if ord(c) > 127 else e(c)) for c in text)
    body = "".join(f"<p>&emsp;&emsp;{encode(t)}</p>" for t in p)
    return page(f"<title>{encode(m['title'])}</title>", f'<div id="News_Body_Txt_A">{body}</div>', "").encode("ascii")


@shape
def a_fragment_with_open_paragraphs(p, m):
    return f"<title>{e(m['title'])}</title>\n<h2>{e(m['title'])}</h2>\n" + "\n".join("<p>　　" + e(t) for t in p)


@shape
def capitals_and_attributes(p, m):
    body = "".join(f"<P ALIGN=JUSTIFY STYLE='TEXT-INDENT:2EM'><FONT FACE=仿宋 SIZE=4>{e(t)}</FONT></P>" for t in p)
    return page(f"<TITLE>{e(m['title'])}</TITLE>", f"<DIV CLASS=Article_content>{body}</DIV>", '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=GBK">').encode("gb18030")


@shape
def hidden_copies(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(labels(m) + f'<meta name="description" content="{e(p[4][:80])}">', f'<div style="display:none">{e(m["title"])}{e(p[4])}</div>' + navigation(m)
                + f'<input type="hidden" value="{e(p[4])}"><textarea style="display:none">{e(p[4])}</textarea><h1>{e(m["title"])}</h1><div class="detail_content">{body}</div>' + footer(m))


@shape
def attachments_below(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(labels(m), navigation(m) + f'<h1>{e(m["title"])}</h1><div class="article-content">{body}</div><div class="fujian"><h3>相关附件</h3><ul><li><a href="P020.docx">{e(m["title"])}.docx</a></li><li><a href="P021.pdf">{e(m["title"])}.pdf</a></li></ul></div>' + footer(m))


@shape
def xhtml_gb2312_declared_in_xml(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return ('<?xml version="1.0" encoding="gb2312"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{e(m["title"])}</title></head><body><div id="ivs_content">{body}</div></body></html>').encode("gb18030")


@shape
def utf16(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(f"<title>{e(m['title'])}</title>", f'<div id="zoom">{body}</div>', '<meta charset="utf-16">').encode("utf-16")


@shape
def invisible_characters(p, m):
    body = "".join("<p>" + "\u200b".join(e(t[i:i + 7]) for i in range(0, len(t), 7)) + "\ufeff</p>" for t in p)
    return page(f"<title>{e(m['title'])}</title>", f'<div id="zoom">{body.replace("，", "，<wbr>")}</div>')


@shape
def signature_in_one_paragraph(p, m):
    body, i = [], 0
    while i < len(p):
        last = i + 1 < len(p) and re.fullmatch(r"[^，。]{2,20}(局|委员会|办公室|厅|政府)", p[i]) and re.fullmatch(r"\d{4}年\d+月\d+日", p[i + 1])
        body.append(f'<p style="text-align:right">{e(p[i])}<br>{e(p[i + 1])}</p>' if last else f"<p>{e(p[i])}</p>")
        i += 2 if last else 1
    return page(labels(m), navigation(m) + f'<div id="zoom">{"".join(body)}</div>' + footer(m))


@shape
def title_of_two_lines(p, m):
    cut = len(m["title"]) // 2
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page(labels(m), navigation(m) + f'<h1>{e(m["title"][:cut])}<br>{e(m["title"][cut:])}</h1><div class="pages_content">{body}</div>' + footer(m))


@shape
def scripts_and_comments_inside(p, m):
    body = "".join("<p>" + e(t[:9]) + "<!-- 版式 --><script>var a='<p>不是正文</p>';</script>" + e(t[9:]) + "</p><style>.a{}</style>" for t in p)
    return page(labels(m), navigation(m) + f'<div class="TRS_UEDITOR">{body}</div>' + footer(m))


@shape
def unknown_container(p, m):
    body = "".join(f'<p class="x{i % 3}">{e(t)}</p>' for i, t in enumerate(p))
    links = "".join(f'<li><a href="/{i}.html">关于县政协提案第{i}号的答复</a><span>2025-0{i}-11</span></li>' for i in range(1, 9))
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<div class="left-3"><h3>热点推荐</h3><ul>{links}</ul></div><div class="r7"><div class="b2">{body}</div></div>' + footer(m))


@shape
def ueditor_nested_sections(p, m):
    body = "".join(f"<section><section><section><p><span><span>{e(t)}</span></span></p></section></section></section>" for t in p)
    return page(labels(m), navigation(m) + f'<div class="ueditor-content">{body}</div>' + footer(m))


@shape
def nested_tables_in_forms(p, m):
    body = "".join(f"<p>{e(t)}</p>" for t in p)
    return page("", f'<form id="form1"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK"><table><tr><td><table><tr><td>{navigation(m)}</td></tr></table></td></tr><tr><td><table><tr><td><span id="lblTitle">{e(m["title"])}</span></td></tr><tr><td><span id="lblContent">{body}</span></td></tr></table></td></tr><tr><td>{footer(m)}</td></tr></table></form>')


@shape
def lines_wrapped_in_the_source(p, m):
    def wrap(text):
        return re.sub("(.{25,}?[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", r"\1\n        ", e(text))
    body = "".join(f"<p>\n        {wrap(t)}\n    </p>\n" for t in p)
    return page(labels(m), navigation(m) + f'<div class="content">{body}</div>' + footer(m))


@shape
def list_items(p, m):
    body = "<ul>" + "".join(f"<li>{e(t)}</li>" for t in p) + "</ul>"
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<div class="article-con">{body}</div>' + footer(m))


# --- text that a script shows ----------------------------------------------------------------------

def ps_of(p):
    return "".join(f"<p>{e(t)}</p>" for t in p)


@shape
def textarea_escaped(p, m):
    return page(labels(m) + f'<title>{e(m["title"])}</title>', navigation(m) + '<div id="show"></div><textarea id="src" style="display:none">' + e(ps_of(p)) + "</textarea>"
                '<script>document.getElementById("show").innerHTML=document.getElementById("src").value;</script>' + footer(m))


@shape
def textarea_with_markup(p, m):
    return page(f'<title>{e(m["title"])}</title>', f'<div class="title">{e(m["title"])}</div><div id="con"></div><textarea rows=1 cols=1>' + "".join(f"<p>　　{e(t)}</p>\n" for t in p) + "</textarea>")


@shape
def json_in_a_script(p, m):
    import json
    data = json.dumps({"code": 200, "data": {"title": m["title"], "publishTime": m["published"], "source": m["issuer"], "content": ps_of(p)}}, ensure_ascii=True).replace("</", "<\\/")
    return page(f'<title>{e(m["title"])}</title>', '<div id="app"></div><script>window.__INITIAL_STATE__ = ' + data + ";(function(){var s;// don't keep\nif(window.a)delete window.a}());</script><noscript>您的浏览器没有启用脚本，请启用后刷新本页。</noscript>")


@shape
def json_of_paragraphs(p, m):
    import json
    data = json.dumps({"props": {"article": {"paragraphs": [t for t in p]}}}, ensure_ascii=False)
    return page(labels(m), '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">' + data + "</script>")


@shape
def script_template(p, m):
    return page(labels(m), navigation(m) + '<div id="main">正在加载……</div><script type="text/template" id="t"><div class="con">' + ps_of(p) + "</div></script>" + footer(m))


@shape
def only_in_noscript(p, m):
    return page(labels(m), "<script>load('/api/content?id=8812')</script><noscript>" + ps_of(p) + "</noscript>" + footer(m))


# --- odd bodies --------------------------------------------------------------------------------------

@shape
def tables_four_deep(p, m):
    inner = "".join(f"<tr><td>{e(t)}<br><br></td></tr>" if i % 2 else f'<tr><td><font face="仿宋" size="4">{e(t)}</font></td></tr>' for i, t in enumerate(p))
    for n in range(4):
        inner = f'<tr><td width="2%">&nbsp;</td><td><table width="9{n}%" border=0 cellspacing=0>{inner}</table></td><td>&nbsp;</td></tr>'
    return f'<HTML><HEAD><TITLE>{e(m["title"])}</TITLE></HEAD><BODY><TABLE><TR><TD><A href="/">首页</A></TD><TD><A href="/zw">政务</A></TD></TR></TABLE><TABLE>{inner}</TABLE><CENTER>版权所有：{m["site"]}</CENTER></BODY></HTML>'


@shape
def emsp_and_double_breaks(p, m):
    return page(labels(m), '<div class="box"><div>' + "<br/><br/>".join("&emsp;&emsp;" + e(t) for t in p) + "</div></div>" + footer(m))


@shape
def fonts_and_open_paragraphs(p, m):
    out = ""
    for i, t in enumerate(p):
        cut = len(t) // 2
        out += f'<P align=left><FONT size=3><SPAN lang=EN-US style="FONT-FAMILY: 宋体">&nbsp;&nbsp;&nbsp; </SPAN><B>{e(t[:cut])}</B></FONT><font color="#000000">{e(t[cut:])}<o:p></o:p></font>\n'
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{e(m["title"])}</title></head><body bgcolor=#ffffff><div align=center>{out}</div></body></html>'.encode("gb18030")


@shape
def utf16_without_mark(p, m):
    return page(labels(m).replace("utf-8", "utf-16"), "<div>" + ps_of(p) + "</div>", "").encode("utf-16-le")


@shape
def desk_and_mobile(p, m):
    body = ps_of(p)
    return page(labels(m), navigation(m) + f'<div class="pc"><div class="article">{body}</div></div><div class="wap mobile-only" style="display: none"><div class="article">{body}</div></div>' + footer(m))


@shape
def zoom_beside_lists(p, m):
    side = "".join(f'<li><a href="/art/{i}.html">关于市政协第{i}号提案的答复</a><span>2026-0{i}-11</span></li>' for i in range(1, 9))
    return page("", navigation(m) + f'<div class="left"><h1>{e(m["title"])}</h1><div class="info">发布日期：{m["published"]}　来源：{m["issuer"]}　浏览次数：<span id="hits">1</span>　字号：[<a>大</a> <a>中</a> <a>小</a>]</div>'
                f'<div id=zoom>{ps_of(p)}</div><div class="share">分享到：<a>微信</a><a>微博</a><img src="qr.png" alt="扫一扫在手机打开当前页">扫一扫在手机打开当前页</div><div><a href="javascript:print()">打印本页</a>　<a href="javascript:close()">关闭窗口</a></div></div>'
                f'<div class="right"><h3>推荐阅读</h3><ul>{side}</ul><h3>相关信息</h3><ul>{side}</ul></div>' + footer(m))


@shape
def odd_labels(p, m):
    rows = [("名 称", m["title"]), ("索 引 号", m["index"]), ("文 号", m["number"] or "无"), ("公开责任部门", m["issuer"]), ("生成日期", m["published"]), ("公开范围", "面向全社会"), ("有 效 性", "有效"), ("主 题 词", "提案 答复")]
    table = "".join(f"<tr><th>{a}：</th><td>{e(b)}</td><th>{c}：</th><td>{e(d)}</td></tr>" for (a, b), (c, d) in zip(rows[::2], rows[1::2]))
    return page("", f'<table class="bt">{table}</table><div class="nr">' + ps_of(p) + "</div>" + footer(m))


@shape
def images_with_words(p, m):
    out = "".join(f'<p style="text-indent:2em">{e(t)}</p>' + (f'<p align="center"><img src="/upload/{i}.jpg" alt="图片说明：{e(m["site"])}办理现场" title="点击查看大图"></p>' if i == 5 else "") for i, t in enumerate(p))
    return page(labels(m), f'<div class="detail"><div class="txt">{out}</div><p><a class="bshare" href="#">分享</a><input type="button" value="打印"><button>收藏</button></p></div>' + footer(m))


@shape
def frameset_with_text(p, m):
    return f'<html><head><title>{e(m["title"])}</title></head><frameset cols="200,*"><frame src="left.htm"><frame src="right.htm"><noframes><body>{ps_of(p)}</body></noframes></frameset></html>'.encode("gb18030")


@shape
def xhtml_with_prefix(p, m):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh-CN">'
            f'<head><title>{e(m["title"])}</title></head><body><div id="mainText"><st1:chsdate xmlns:st1="urn:schemas-microsoft-com:office:smarttags">' + "".join(f"<p><span>{e(t)}</span><br /></p>" for t in p) + "</st1:chsdate></div></body></html>")


@shape
def gbk_among_letters(p, m):
    """Few Chinese characters among many letters, and nothing declared."""
    junk = "".join(f".c{i}{{margin:0 auto;padding:{i}px;background:url(/images/bg{i}.png) no-repeat}}\n" for i in range(300))
    return (f"<html><head><style>{junk}</style><script>{'var a=0;' * 400}</script><title>{e(m['title'])}</title></head><body><div>" + "<br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + e(t) for t in p) + "</div></body></html>").encode("gb18030")


@shape
def divs_and_blank_paragraphs(p, m):
    return page(labels(m), "<div class='wrap'><div class='wz'>" + "".join(f"<div><div><span>{e(t)}</span></div></div><p>&nbsp;</p><div><br></div>" for t in p) + "</div></div>" + footer(m))


@shape
def office_junk(p, m):
    out = "".join(f'<!--[if !supportLists]--><!--[endif]--><p class="MsoNormal" style="margin-left:0cm;text-indent:32.0pt;mso-char-indent-count:2.0"><a name="OLE_LINK{i}"></a><span style=\'font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:仿宋_GB2312\'>{e(t)}<span lang="EN-US"><o:p></o:p></span></span></p>' for i, t in enumerate(p))
    return page("", '<div class="Section0" style="layout-grid:15.6pt"><!--StartFragment--><xml><w:data>08D0C9EA79F9BACE</w:data></xml><style>p.MsoNormal{mso-style-name:正文;mso-style-parent:""}</style>' + out + "<!--EndFragment--></div>")
