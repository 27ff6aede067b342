# SPDX-License-Identifier: GPL-2.0-or-later
"""More shapes, written down before anything was done for them: README.md has the score of their first
run. Name: (extension, function of paragraphs and facts)."""
import base64
import io
import math
import quopri
import re
import zipfile
import zlib

from shapes_docx import INDENT, LEVELS, W, lists, level_xml, numbering, package, paragraph, run, take_numbers
from shapes_html import e, footer, labels, navigation, page, split_runs
from shapes_pages import (HEIGHT, POINT, WIDTH, Ofd, Pdf, Setter, add_numbers, advance, break_text, centred, extent, kind_of, ofd_main, pdf_lines, show,
                          steps_of, suwell_object)

SHAPES, REFUSED = {}, {}


def shape(extension):
    def keep(function):
        SHAPES[function.__name__] = (extension, function)
        return function
    return keep


# --- HTML -------------------------------------------------------------------------------------------

def ps(p, more=""):
    return "".join(f"<p{more}>{e(t)}</p>" for t in p)


@shape(".html")
def h_a_cell_per_section(p, m):
    parts, cells = [[]], ""
    for t in p:
        if re.match("[一二三四五六七八九十]、", t):
            parts.append([])
        parts[-1].append(t)
    for part in parts:
        cells += f'<tr><td width="20"></td><td><table width="100%"><tr><td class="txt">{"<br>".join("　　" + e(t) for t in part)}</td></tr></table></td><td width=20></td></tr>'
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<table width="1000" align="center"><tr><td><table>{cells}</table></td></tr></table>' + footer(m))


@shape(".htm")
def h_four_byte_characters(p, m):
    """GB18030 that declares nothing; zero-width characters have four bytes in it."""
    body = "<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;<font size=3>" + "\u200b".join(re.findall("(?s).{1,9}", e(t)) if "&" not in e(t) else [e(t)]) + "</font>" for t in p)
    return f"<html><head><title>{e(m['title'])}</title></head><body><center><table width=760><tr><td>{body}</td></tr></table></center></body></html>".encode("gb18030")


@shape(".html")
def h_print_version(p, m):
    return page(f"<title>打印 - {e(m['title'])}</title>", f'<div style="text-align:right"><a href="javascript:doPrint()">打印</a> <a href="javascript:window.close()">关闭</a></div><hr>'
                f'<div id="printArea"><h3 align="center">{e(m["title"])}</h3><div align="center">{m["published"]} 来源：{m["issuer"]}</div><hr size="1">{ps(p)}</div><hr><div>打印时间：2026-11-20 10:12</div>')


@shape(".html")
def h_mobile_version(p, m):
    body = "".join(f"<section><p><span>{e(t)}</span></p></section>" for t in p)
    return page('<meta name="viewport" content="width=device-width">' + f"<title>{e(m['title'])}</title>",
                f'<div class="m-header"><a href="/m/">返回</a><span>{m["site"]}</span></div><div class="m-article"><h2>{e(m["title"])}</h2><div class="m-info"><span>{m["published"]}</span><span>来源：{m["issuer"]}</span></div>'
                f'<div class="m-con">{body}</div></div><div class="m-tool"><a>字号</a><a>收藏</a><a>分享</a></div><div class="m-footer"><a href="/">首页</a><a href="/zw">政务</a><a href="/fw">服务</a><a href="/hd">互动</a></div>')


@shape(".html")
def h_ucap_with_empty_paragraphs(p, m):
    body = "".join(f'<p style="text-indent:2em"><span style="font-size:12pt">{e(t)}</span></p><p>&nbsp;</p>' for t in p)
    return page(labels(m), navigation(m) + f'<div class="article"><h1>{e(m["title"])}</h1><div class="pages-date">{m["published"]} 09:30 <span class="font">来源： {m["issuer"]}</span><span class="font printIco">【字体：<b>大</b> <b>中</b> <b>小</b>】</span></div>'
                f'<div id="UCAP-CONTENT">{body}</div><div class="editor">责任编辑：王某</div><div class="ewm">扫一扫在手机打开当前页</div></div>' + footer(m))


@shape(".html")
def h_wanhu(p, m):
    body = "".join(f'<div style="line-height:2">{e(t)}</div>' for t in p)
    return page(labels(m), navigation(m) + f'<div class="articleDetail"><div class="articleTit">{e(m["title"])}</div><div class="articleInfo"><i>作者：管理员</i><i>点击：<em id="hits">31</em></i><i>日期：{m["published"]}</i></div>'
                f'<div class="articleCon" id="divContent"><div class="conTxt" id="BodyLabel">{body}</div></div><div class="pageTurn"><dl><dt>上一篇：</dt><dd><a href="1">关于路灯的答复</a></dd></dl><dl><dt>下一篇：</dt><dd><a href="2">关于公园的答复</a></dd></dl></div></div>' + footer(m))


@shape(".html")
def h_dahan_barrier_free(p, m):
    body = "".join(f'<p style="text-align:justify;text-indent:2em"><span style="font-family:宋体">{e(t)}</span></p>' for t in p)
    return page(labels(m), navigation(m) + f'<div id="barrierfree_container"><div class="main-fl-tit">{e(m["title"])}</div><ul class="main-xx"><li>发布日期：{m["published"]}</li><li>浏览次数：<script src="/hits"></script></li><li><a>语音播报</a></li><li><a>收藏</a></li></ul>'
                f'<div class="main-txt" id="main"><!--<$[信息内容]>begin-->{body}<!--<$[信息内容]>end--></div><div class="main-fj">附件：<ul><li><a href="a.pdf">办理情况一览表.pdf</a></li></ul></div></div>' + footer(m))


@shape(".htm")
def h_word_lists(p, m):
    out = []
    for level, t in take_numbers(p):
        mark = LEVELS[level][2] if level is not None else ""
        number = next(iter(re.findall(r"^（?[一二三四五六七八九十\d]+[、.）]", p[len(out)])), "") if mark else ""
        out.append(f"<p class=MsoListParagraph style='margin-left:32.0pt;text-indent:0cm;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>{number}<span style='font:7.0pt \"Times New Roman\"'></span></span></span><![endif]>"
                   f"<b><span>{e(t)}</span></b></p>" if number else f"<p class=MsoNormal style='text-indent:32.0pt'><span>{e(p[len(out)])}</span></p>")
    return f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><title>{e(m['title'])}</title></head><body lang=ZH-CN><div class=Section1>{''.join(out)}</div></body></html>".encode("gbk", errors="xmlcharrefreplace")


@shape(".html")
def h_a_span_per_character(p, m):
    body = "".join("<p class='p0' style='text-indent:28pt;mso-layout-grid-align:none'>" + "".join(f'<span style="mso-spacerun:\'yes\';font-family:仿宋;font-size:14pt"><font face="仿宋">{e(c)}</font></span>' for c in t) + "<o:p></o:p></p>" for t in p)
    return page("", f'<!--StartFragment--><div class="Section0">{body}</div><!--EndFragment-->')


@shape(".html")
def h_spacer_cells(p, m):
    rows = "".join(f'<tr><td width="30">&nbsp;</td><td>{e(t)}</td><td width="30">&nbsp;</td></tr><tr><td colspan="3" height="8"></td></tr>' for t in p)
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<table width="900" border="0">{rows}</table>' + footer(m))


@shape(".html")
def h_facts_and_text_in_one_table(p, m):
    return page("", navigation(m) + f'<table border="1" width="95%"><tr><td>索引号</td><td>{m["index"]}</td><td>发布机构</td><td>{m["issuer"]}</td></tr><tr><td>名称</td><td colspan="3">{e(m["title"])}</td></tr><tr><td>文号</td><td>{m["number"] or "无"}</td><td>发布日期</td><td>{m["published"]}</td></tr>'
                f'<tr><td>内容概述</td><td colspan="3">&nbsp;</td></tr><tr><td colspan="4" style="padding:10px">{ps(p)}</td></tr></table>' + footer(m))


@shape(".html")
def h_many_blanks_and_breaks(p, m):
    body = ""
    for i, t in enumerate(p):
        kind = kind_of(p, i, m)
        pad = "&nbsp;" * (50 if kind == "right" else 30 if kind in ("title", "head", "centre") else 0 if kind == "flush" else 8)
        body += pad + (f"<b>{e(t)}</b>" if kind == "body" and len(t) < 30 else e(t)) + "<br>\r\n"
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<table><tr><td class="content_text"><p>{body}</p></td></tr></table>' + footer(m))


@shape(".html")
def h_inside_of_a_frame(p, m):
    return "<style>span{font-size:16px}</style>\n" + "<br />".join(f"<span>　　{e(t)}</span>" for t in p)


@shape(".html")
def h_section_headings(p, m):
    body = "".join(f"<h3>{e(t)}</h3>" if re.match("[一二三四五六七八九十]、", t) and len(t) < 30 else f"<h4>{e(t)}</h4>" if re.match("（[一二三四五六七八九十]）", t) and len(t) < 30 else f"<p>{e(t)}</p>" for t in p)
    return page(labels(m), navigation(m) + f'<div class="wrap"><div class="left-nav"><h3>政务公开</h3><ul><li><a href="1">法定主动公开内容</a></li><li><a href="2">政府信息公开指南</a></li></ul></div><div class="right-con"><h2>{e(m["title"])}</h2>{body}</div></div>' + footer(m))


@shape(".aspx.html")
def h_asp_form(p, m):
    body = "<br />".join("&nbsp; &nbsp; " + e(t) for t in p)
    return page(f"<title>{e(m['title'])}</title>", f'<form name="form1" method="post" action="show.aspx?id=1"><input type="hidden" name="__VIEWSTATE" value="{"dDwtMTI3OTMz" * 40}"><div id="top">{navigation(m)}</div><span id="lblTitle">{e(m["title"])}</span>'
                f'<span id="lblDate">{m["published"]}</span><span id="lblContent">{body}</span><select><option>--友情链接--</option><option>省政府网站</option></select></form>' + footer(m))


@shape(".html")
def h_comments_below(p, m):
    return page(labels(m), navigation(m) + f'<div class="show"><h1>{e(m["title"])}</h1>{ps(p)}</div><div class="comment"><h4>网友评论</h4><ul><li>张先生：希望尽快落实。</li><li>李女士：办得很好，感谢。</li></ul><textarea>我来说两句</textarea><button>提交</button></div>'
                '<div class="related"><h4>相关信息</h4><ul><li><a href="1">关于市政协第15号提案的答复</a></li><li><a href="2">关于市人大第16号建议的答复</a></li></ul></div>' + footer(m))


@shape(".html")
def h_wrong_charset(p, m):
    return page(f"<title>{e(m['title'])}</title>", navigation(m) + f'<div id="zoom">{ps(p)}</div>' + footer(m)).encode("gb18030")


@shape(".html")
def h_bold_runs_and_links(p, m):
    body = "".join("<p>" + "".join(f"<a href='javascript:void(0)' class='kw'>{e(r)}</a>" if i % 5 == 4 else f"<strong>{e(r)}</strong>" if i % 3 == 0 else f"<em></em>{e(r)}" for i, r in enumerate(split_runs(t, len(t)))) + "</p>" for t in p)
    return page(labels(m), navigation(m) + f'<div class="article_con">{body}</div>' + footer(m))


def mime(html_bytes, coding, charset):
    code = quopri.encodestring(html_bytes) if coding == "quoted-printable" else base64.encodebytes(html_bytes)
    return (b'From: "Saved by Windows Internet Explorer 11"\r\nSubject: =?gb2312?B?tPC4tA==?=\r\nDate: Thu, 12 Nov 2026 09:12:22 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----=_NextPart_000_0000_01D8"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n'
            b'------=_NextPart_000_0000_01D8\r\nContent-Type: text/html;\r\n\tcharset="' + charset + b'"\r\nContent-Transfer-Encoding: ' + coding.encode() + b'\r\nContent-Location: http://www.tongjiang.gov.cn/a.html\r\n\r\n' + code.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            + b'\r\n------=_NextPart_000_0000_01D8\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://www.tongjiang.gov.cn/a.gif\r\n\r\nR0lGODlhAQABAAAAACw=\r\n\r\n------=_NextPart_000_0000_01D8--\r\n')


@shape(".mht")
def h_mht_gb(p, m):
    return mime(page(labels(m), navigation(m) + f'<div id="zoom">{ps(p)}</div>' + footer(m), '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">').encode("gb18030"), "quoted-printable", b"gb2312")


@shape(".doc")
def h_mht_of_word(p, m):
    return mime(("<html><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'></head><body><div class=WordSection1>" + ps(p, " class=MsoNormal") + "</div></body></html>").encode(), "base64", b"utf-8")


@shape(".doc")
def h_html_as_doc(p, m):
    return ("<html xmlns:w='urn:schemas-microsoft-com:office:word'><head><meta charset='utf-8'></head><body>" + ps(p) + "</body></html>").encode()


# --- Word -------------------------------------------------------------------------------------------

def chunked(p, name, content, head=3):
    """The first paragraphs in the document itself, the others in a part that it takes in."""
    data = package("".join(paragraph(run(t)) for t in p[:head]) + '<w:altChunk r:id="rIdC"/>')
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdC" '
                         f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{name}"/></Relationships>')
        archive.writestr(f"word/{name}" if name[0] != "/" else name[1:], content)
    return out.getvalue()


@shape(".docx")
def d_chunk_of_html(p, m):
    return chunked(p, "afchunk1.html", "<html><head><meta charset='utf-8'></head><body>" + ps(p[3:]) + "</body></html>")


@shape(".docx")
def d_chunk_of_mht(p, m):
    return chunked(p, "/word/afchunk.mht", mime(("<html><head><meta charset='utf-8'></head><body>" + ps(p[3:]) + "</body></html>").encode(), "quoted-printable", b"utf-8"))


@shape(".docx")
def d_chunk_of_word(p, m):
    return chunked(p, "afchunk.docx", package("".join(paragraph(run(t)) for t in p[3:])))


@shape(".docx")
def d_numbers_cancelled(p, m):
    """The style has the number; paragraphs without one say numId 0."""
    styles = f'<w:style w:type="paragraph" w:styleId="N"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = "".join(paragraph(run(t), '<w:pStyle w:val="N"/>' + ('<w:numPr><w:numId w:val="0"/></w:numPr>' if level is None else "" if level == 1 else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')) for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": numbering(LEVELS), "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'})


@shape(".docx")
def d_levels_of_other_levels(p, m):
    """Every number of the second level is put together of two, of which the first is not shown by vanishing: "%2" only; a restart is forbidden at the third."""
    rows = "".join(level_xml(i, kind, text, '<w:lvlRestart w:val="%d"/>' % i if i else "") for i, (_, kind, text) in enumerate(LEVELS))
    body = "".join(paragraph(run(t), INDENT if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>') for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": lists(f'<w:abstractNum w:abstractNumId="2">{rows}</w:abstractNum>', '<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>')})


@shape(".docx")
def d_head_in_a_box(p, m):
    box = f'<w:txbxContent>{paragraph(run(p[0]), "<w:jc w:val=%scenter%s/>" % (chr(34), chr(34)))}</w:txbxContent>'
    drawing = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    return package(f"<w:p>{drawing}{run(p[1])}</w:p>" + "".join(paragraph(run(t)) for t in p[2:]))


@shape(".docx")
def d_whole_text_in_a_box(p, m):
    box = f'<w:txbxContent>{"".join(paragraph(run(t)) for t in p)}</w:txbxContent>'
    return package(f'<w:p><w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r></w:p><w:p/>')


@shape(".docx")
def d_head_and_foot_in_tables(p, m):
    """Letterhead, and copies with the print line, in tables; what stands apart by blanks has cells of its own."""
    body, table = "", lambda cells: "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(run(c))}</w:tc>" for c in cells) + "</w:tr></w:tbl>"
    for i, t in enumerate(p):
        kind = kind_of(p, i, m)
        body += table(re.split("[ 　]{2,}", t)) if kind in ("head", "centre") or t.startswith("抄送") or t.endswith("印发") else paragraph(run(t), INDENT)
    return package(body)


@shape(".docx")
def d_footnotes_and_comments(p, m):
    more = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="3"/></w:r>'
    body = "".join(paragraph(more.format(run(t[:4])) + run(t[4:])) for t in p)
    return package(body, extra={"word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{paragraph(run("此处改一下"))}</w:comment></w:comments>', "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{paragraph("<w:r><w:separator/></w:r>")}</w:footnote></w:footnotes>'})


@shape(".docx")
def d_controls_around_rows(p, m):
    rows = "".join(f'<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph(run(t))}</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>' for t in p)
    return package(f"<w:tbl>{rows}</w:tbl>")


@shape(".docx")
def d_nested_fields(p, m):
    f = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    code = f("begin") + '<w:r><w:instrText> IF </w:instrText></w:r>' + f("begin") + '<w:r><w:instrText> PAGE </w:instrText></w:r>' + f("separate") + run("7") + f("end") + '<w:r><w:instrText> = 1 "甲" "乙" </w:instrText></w:r>' + f("separate")
    return package("".join(paragraph(run(t[:3]) + code + run(t[3:6]) + f("end") + run(t[6:])) for t in p))


@shape(".docx")
def d_tabs_sections_and_empty_paragraphs(p, m):
    body = "".join(paragraph("<w:r><w:tab/></w:r>" * (3 if kind_of(p, i, m) == "right" else 0) + run(t), '<w:sectPr><w:type w:val="continuous"/></w:sectPr>' if i == 5 else "") + "<w:p/><w:p><w:pPr><w:spacing w:line='560'/></w:pPr></w:p>" for i, t in enumerate(p))
    return package(body)


@shape(".wps")
def d_characters_in_runs_with_hints(p, m):
    return package("".join(paragraph("".join(run(c, "<w:rFonts w:hint='eastAsia' w:ascii='仿宋_GB2312'/><w:spacing w:val='-4'/>") for c in t), INDENT) for t in p))


def rtf_text(text, unicode):
    if unicode:
        return "".join(c if ord(c) < 128 and c not in "\\{}" else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" if ord(c) > 127 else "\\" + c for c in text)
    return "".join(c if ord(c) < 128 else "".join(f"\\'{b:02x}" for b in c.encode("gbk", errors="replace")) for c in text)


RTF = r"{\rtf1\ansi\ansicpg936\deff0\deflang1033\deflangfe2052{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}{\info{\author user}}"


@shape(".rtf")
def t_rtf_of_wordpad(p, m):
    return (RTF + r"\viewkind4\uc2\pard\lang2052\f0\fs24 " + "".join(rtf_text(t, False) + "\\par\r\n" for t in p) + "}").encode("ascii")


@shape(".doc")
def t_rtf_with_list_texts(p, m):
    out = ""
    for (level, t), whole in zip(take_numbers(p), p):
        out += r"{\pard\plain\ltrpar\fi640\ls1 " + (r"{\listtext\pard\plain\f0 " + rtf_text(whole[:len(whole) - len(t)], True) + "}" if level is not None else "") + r"{\rtlch\fcs1 \af0\ltrch\fcs0 \f0\loch\af0\hich\dbch " + rtf_text(t, True) + "}\\par}\n"
    return (RTF + r"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc39{\leveltext\'02\'00\'a1\'a2;}}}}{\header\pard " + rtf_text("内部资料", True) + r"\par}\uc1 " + out + "}").encode("ascii")


@shape(".wps")
def t_rtf_with_rows(p, m):
    rows = "".join(r"\trowd\cellx9000\pard\intbl " + rtf_text(t, True) + "\\cell\\row\n" for t in p)
    return (RTF + r"\uc1 " + rows + r"\pard }").encode("ascii")


# --- OFD --------------------------------------------------------------------------------------------

def ofd_file(pages, objects, ofd=None, areas="<~PhysicalBox>0 0 210 297</~PhysicalBox>", front=lambda n: "", before="", bodies=None, extra=None):
    ofd = ofd or Ofd()
    entries = ""
    ofd.parts["OFD.xml"] = ofd_main(ofd, bodies or ["Doc_0/Document.xml"])
    for n, pieces in enumerate(pages):
        entries += f'<~Page ID="{ofd.id()}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
        ofd.parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = ofd.xml("Page", f"<~Area>{areas}</~Area>{front(n)}<~Content>{objects(ofd, pieces)}</~Content>")
    ofd.parts["Doc_0/Document.xml"] = ofd.xml("Document", f"<~CommonData><~MaxUnitID>99999</~MaxUnitID><~PageArea>{areas}</~PageArea>{before}</~CommonData><~Pages>{entries}</~Pages>")
    ofd.parts.update({name: ofd.xml(*content) for name, content in (extra or {}).items()})
    return ofd.bytes()


def layer(ofd, objects, kind=""):
    return f'<~Layer ID="{ofd.id()}"{kind}>{objects}</~Layer>'


def bare_object(ofd, piece):
    """Without DeltaX: the font's own widths."""
    x, y, em, text, _, steps = piece
    return f'<~TextObject ID="{ofd.id()}" Boundary="{x:.3f} {y - em * 0.86:.3f} {sum(steps_of(piece)):.3f} {em * 1.1:.3f}" Font="3" Size="{em:.3f}"><~TextCode X="0" Y="{em * 0.86:.3f}">{e(text, quote=False)}</~TextCode></~TextObject>'


@shape(".ofd")
def o_without_deltas(p, m):
    setter = Setter()
    setter.justify = False
    return ofd_file(add_numbers(setter.set(p, m), "— {0} —"), lambda ofd, pieces: layer(ofd, "".join(bare_object(ofd, piece) for piece in pieces)))


@shape(".ofd")
def o_foreground_templates(p, m):
    pages = Setter().set(p, m)
    ofd = Ofd(prefix="ofd:")
    ofd.parts["Doc_0/Tpls/T/Content.xml"] = ofd.xml("Page", f"<~Content>{layer(ofd, suwell_object(ofd, centred(18, 3.7, m['site'] + '公文交换平台')))}</~Content>")
    return ofd_file(pages, lambda o, pieces: layer(o, "".join(suwell_object(o, piece) for piece in pieces)), ofd=ofd,
                    front=lambda n: '<~Template TemplateID="77" ZOrder="Foreground"/>', before='<~TemplatePage ID="77" BaseLoc="Tpls/T/Content.xml" ZOrder="Foreground"/>')


@shape(".ofd")
def o_layers_and_blocks(p, m):
    def objects(ofd, pieces):
        thirds = [pieces[i::3] for i in range(3)]
        return "".join(layer(ofd, f'<~PageBlock ID="{ofd.id()}">{"".join(suwell_object(ofd, piece) for piece in reversed(third))}</~PageBlock>', kind) for third, kind in zip(thirds, (' Type="Foreground"', ' Type="Body"', ' Type="Background"')))
    return ofd_file(Setter(em=4.9, pitch=8.6).set(p, m), objects)


@shape(".ofd")
def o_moved_box_and_scaled_text(p, m):
    """The page's box does not begin at nought; every object has a matrix that makes it half as large."""
    def scaled(ofd, piece):
        x, y, em, text, _, _ = piece
        steps = " ".join(f"{s * 2:.3f}" for s in steps_of(piece)[:-1])
        return (f'<~TextObject ID="{ofd.id()}" Boundary="{x + 10:.3f} {y + 20 - em * 0.86:.3f} {extent(text) * em + 40:.3f} {em * 1.2:.3f}" Font="3" Size="{em * 2:.3f}" CTM="0.5 0 0 0.5 0 0">'
                f'<~TextCode X="0" Y="{em * 1.72:.3f}"' + (f' DeltaX="{steps}"' if steps else "") + f'>{e(text, quote=False)}</~TextCode></~TextObject>')
    return ofd_file(add_numbers(Setter().set(p, m), "{0}"), lambda ofd, pieces: layer(ofd, "".join(scaled(ofd, piece) for piece in pieces)), areas="<~PhysicalBox>10 20 210 297</~PhysicalBox>")


@shape(".ofd")
def o_stamps_and_notes(p, m):
    ofd = Ofd(prefix="ofd:")
    extra = {"Doc_0/Annots/Page_0/Annotation.xml": ("PageAnnot", f'<~Annot ID="5" Type="Stamp"><~Appearance Boundary="100 200 40 40">{suwell_object(ofd, (100, 210, 6, "已核对无误", 0, None))}</~Appearance></~Annot>'),
             "Doc_0/Signs/Sign_0/Signature.xml": ("Signature", "<~SignedInfo><~Provider ProviderName='某公司'/></~SignedInfo>")}
    return ofd_file(Setter(em=5.3, pitch=9.2).set(p, m), lambda o, pieces: layer(o, "".join(suwell_object(o, piece) for piece in pieces)), ofd=ofd, extra=extra)


@shape(".ofd")
def o_number_runs(p, m):
    """DeltaX of everything in one run, also where the text has blanks; DeltaY of noughts; X and Y of the page."""
    def run_object(ofd, piece):
        x, y, em, text, _, steps = piece
        deltas = f' DeltaX="g {len(text) - 1} {em:.4f}" DeltaY="g {len(text) - 1} 0"' if len(text) > 1 and all(advance(c) == 1 for c in text) and not steps else f' DeltaX="{" ".join(f"{s:.4f}" for s in steps_of(piece)[:-1])}"' if len(text) > 1 else ""
        return f'<~TextObject ID="{ofd.id()}" Boundary="0 0 210 297" Font="3" Size="{em:.4f}"><~TextCode X="{x:.4f}" Y="{y:.4f}"{deltas}>{e(text, quote=False)}</~TextCode></~TextObject>'
    return ofd_file(add_numbers(Setter().set(p, m), "- {0} -"), lambda ofd, pieces: layer(ofd, "".join(run_object(ofd, piece) for piece in pieces)))


# --- PDF --------------------------------------------------------------------------------------------

class Columns(Setter):
    """Columns of any widths, which may begin anew below what stands over all of them."""
    def __init__(self, widths, gutter=8, **more):
        super().__init__(**more)
        self.widths, self.gap_x, self.wide = widths, gutter, True

    def span(self):
        self.y = max(self.y, getattr(self, "deepest", self.y))
        self.wide, self.columns, self.column = True, 1, 0

    def begin(self, space=4):
        self.wide, self.columns, self.column = False, len(self.widths), 0
        self.column_top = self.y = self.y + space
        self.deepest = self.y

    def width(self):
        return self.right - self.left if self.wide else (self.right - self.left - self.gap_x * (len(self.widths) - 1)) * self.widths[self.column]

    def origin(self):
        room = self.right - self.left - self.gap_x * (len(self.widths) - 1)
        return self.left if self.wide else self.left + sum(room * w + self.gap_x for w in self.widths[:self.column])

    def paragraph(self, text, kind):
        """Line by line: the column may be another one before the paragraph ends."""
        if self.wide or kind in ("title", "head", "centre", "right"):
            super().paragraph(text, kind)
            return
        indent = self.indent if kind == "body" else 0
        while text:
            y = self.advance_line(self.pitch)
            line = break_text(text, self.width() / self.em, indent)[0]
            text = text[len(line):]
            spare = (self.width() - (extent(line) + indent) * self.em) / (len(line) - 1) if text and len(line) > 8 else None
            self.put(self.origin() + indent * self.em, y, self.em, line, [advance(c) * self.em + spare for c in line] if spare is not None else None)
            indent = 0

    def advance_line(self, pitch):
        before = len(self.pages)
        y = super().advance_line(pitch)
        self.deepest = max(y, getattr(self, "deepest", 0)) if len(self.pages) == before else y
        return y


def body_range(p, m):
    first = next((i for i in range(1, len(p)) if kind_of(p, i, m) in ("body", "flush")), 1)
    last = next((i for i in range(len(p) - 1, 0, -1) if kind_of(p, i, m) == "body" and len(p[i]) > 60), len(p) - 1)
    return first, last + 1


def in_columns(p, m, setter, tail=False):
    first, last = body_range(p, m)
    for i, t in enumerate(p):
        if i == first:
            setter.begin()
        if tail and i == last:
            setter.span()
            setter.y += 4
        setter.paragraph(t, kind_of(p, i, m))
    return setter.pages


NARROW = {"em": 3.7, "pitch": 6.3, "left": 20, "right": 190, "top": 25, "bottom": 268}


@shape(".pdf")
def p_unequal_columns(p, m):
    return pdf_lines(add_numbers(in_columns(p, m, Columns([0.6, 0.4], **NARROW)), "— {0} —"))


@shape(".pdf")
def p_three_columns(p, m):
    return pdf_lines(add_numbers(in_columns(p, m, Columns([1 / 3] * 3, gutter=6, **dict(NARROW, em=3.2, pitch=5.3))), "{0}"))


@shape(".pdf")
def p_headings_across(p, m):
    """Each section has two columns of its own below its heading. The columns are as long as each other."""
    setter = Columns([0.5, 0.5], **NARROW)
    first, last = body_range(p, m)
    for i in range(first):
        setter.paragraph(p[i], kind_of(p, i, m))
    i = first
    while i < last:
        end = next((k for k in range(i + 1, last) if re.match("[一二三四五六七八九十]、", p[k]) and len(p[k]) < 30), last)
        if re.match("[一二三四五六七八九十]、", p[i]) and len(p[i]) < 30:
            setter.paragraph(p[i], "flush")
            i += 1
        rows = sum(math.ceil(extent(t) * setter.em / 80 + 0.2) for t in p[i:end])
        bottom, setter.bottom = setter.bottom, min(setter.bottom, setter.y + 4 + (rows / 2 + 1) * setter.pitch)
        if setter.bottom - setter.y < 4 * setter.pitch:
            setter.pages.append([])
            setter.y, setter.bottom = setter.top, setter.top + (rows / 2 + 2) * setter.pitch
        setter.begin()
        for t in p[i:end]:
            setter.paragraph(t, "body")
        setter.bottom = bottom
        setter.span()
        setter.y += 3
        i = end
    for k in range(last, len(p)):
        setter.paragraph(p[k], kind_of(p, k, m))
    return pdf_lines(setter.pages)


@shape(".pdf")
def p_columns_then_whole_width(p, m):
    return pdf_lines(add_numbers(in_columns(p, m, Columns([0.5, 0.5], **dict(NARROW, em=4.2, pitch=7.2)), tail=True), "- {0} -"))


@shape(".pdf")
def p_two_pages_on_a_sheet(p, m):
    pages, sheets = add_numbers(Setter().set(p, m), "— {0} —"), []
    pdf = Pdf()
    for i in range(0, len(pages), 2):
        content = b"".join(b"q .7071 0 0 .7071 %d 0 cm " % (k * 421) + b"".join(show(piece) for piece in one) + b"Q\n" for k, one in enumerate(pages[i:i + 2]))
        pdf.page(content, box=(0, 0, 841.89, 595.28))
    return pdf.bytes()


@shape(".pdf")
def p_sideways(p, m):
    """The text lies on its side, and the page does not say so."""
    pdf = Pdf()
    for one in Setter().set(p, m):
        pdf.page(b"q 0 1 -1 0 841.89 0 cm\n" + b"".join(show(piece) for piece in one) + b"Q", box=(0, 0, 841.89, 595.28))
    return pdf.bytes()


@shape(".pdf")
def p_vertical_writing(p, m):
    """From top to bottom, from right to left, each character a piece."""
    em, pages, x, y = 4.6, [[]], 186.0, 0.0
    for i, t in enumerate(p):
        y = 30 + (2 * em if kind_of(p, i, m) == "body" else 0)
        for c in t:
            if y > 265:
                x, y = x - em * 1.7, 30
                if x < 22:
                    pages.append([])
                    x = 186.0
            if c not in " \u3000":
                pages[-1].append((x, y + em, em, c, 0, None))
            y += em
        x -= em * 1.7
        if x < 22:
            pages.append([])
            x = 186.0
    return pdf_lines(pages)


@shape(".pdf")
def p_spaced_title(p, m):
    pages = Setter().set(p, m)
    title = [t for t in m["title"]]
    out = [[(x - 0.25 * em * len(text), y, em, text, a, [advance(c) * em * 1.0 + em * 0.5 for c in text]) if em > 7 and len(text) > 3 and len(text) < 20 and text[0] in title else (x, y, em, text, a, s) for x, y, em, text, a, s in one] for one in pages]
    return pdf_lines(out)


@shape(".pdf")
def p_print_line_at_both_ends(p, m):
    pages, out = add_numbers(Setter().set(p, m), "— {0} —"), []
    for one in pages:
        out.append([])
        for piece in one:
            x, y, em, text, a, s = piece
            parts = re.split("[ 　]{2,}", text)
            if text.endswith("印发") and len(parts) == 2:
                out[-1] += [(28, y, em, parts[0], 0, None), (184 - extent(parts[1]) * em, y, em, parts[1], 0, None)]
            else:
                out[-1].append(piece)
    return pdf_lines(out)


@shape(".pdf")
def p_square_seal(p, m):
    """Over the end of the letter, in characters twice as large as the text's."""
    pages = Setter().set(p, m)
    name, y = (m["issuer"] + "印")[-9:], min(pages[-1][-1][1], 240)
    for i, c in enumerate(name):
        pages[-1].append((150 - (i // 3) * 11, y - 15 + (i % 3) * 11, 10.5, c, 0, None))
    return pdf_lines(pages)


@shape(".pdf")
def p_vertical_seal_over_text(p, m):
    pages = Setter().set(p, m)
    for i, c in enumerate("办公室校对章"):
        pages[-1].append((120, 60 + i * 6.4, 6, c, 0, None))
    return pdf_lines(add_numbers(pages, "第{0}页"))


@shape(".pdf")
def p_spine_and_corner_number(p, m):
    pages = Setter(left=34, right=190).set(p, m)
    for n, one in enumerate(pages):
        for i, c in enumerate("装订线内不得书写"):
            one.append((14, 60 + i * 22, 4, c, 0, None))
        one.append((190, 15, 4, str(n + 1), 0, None))
    return pdf_lines(pages)


@shape(".pdf")
def p_head_and_foot_of_a_platform(p, m):
    pages = Setter(em=5, pitch=9).set(p, m)
    for n, one in enumerate(pages):
        one.insert(0, (20, 12, 3.2, "https://oa.tongjiang.gov.cn/print.do?id=88213&page=%d" % (n + 1), 0, None))
        one.append((150, 12, 3.2, "2026/11/20 上午9:%02d" % (12 + n), 0, None))
        one.append((20, 287, 3.2, m["site"] + "协同办公平台", 0, None))
        one.append((170, 287, 3.2, f"第{n + 1}页，共{len(pages)}页", 0, None))
    return pdf_lines(pages)


# --- on its side, from top to bottom ------------------------------------------------------------------

@shape(".pdf")
def p_sideways_clockwise(p, m):
    pdf = Pdf()
    for one in add_numbers(Setter(em=4.9, pitch=8.6).set(p, m), "- {0} -"):
        pdf.page(b"q 0 -1 1 0 0 595.28 cm\n" + b"".join(show(piece) for piece in one) + b"Q", box=(0, 0, 841.89, 595.28))
    return pdf.bytes()


@shape(".pdf")
def p_sideways_title_on_its_feet(p, m):
    """The letter lies on its side between a running header and a page number that do not."""
    pdf, pages = Pdf(), Setter().set(p, m)
    for n, one in enumerate(pages):
        edge = [(28, 12, 3.6, m["site"] + "答复汇编", 0, None), (100, 290, 3.6, f"— {n + 1} —", 0, None)]
        turned = b"q 0 .7 -.7 0 580 130 cm\n" + b"".join(show(piece) for piece in one) + b"Q"
        pdf.page(turned + b"".join(show(piece) for piece in edge))
    return pdf.bytes()


def downwards(p, m, em, pitch, top, bottom, right, left):
    """Lines from top to bottom, from right to left: pages of (x, y, em, text), y where the line begins."""
    pages, x = [[]], right
    for i, t in enumerate(p):
        kind = kind_of(p, i, m)
        t, rows, lines = "　　" + t if kind == "body" else t, int((bottom - top) / em), []
        while t:
            end = rows + (t[rows:rows + 1] in tuple("，。、；：）》”"))
            lines, t = lines + [t[:end]], t[end:]
        for line in lines:
            if x < left:
                pages.append([])
                x = right
            first = top + (len(line) - len(line.lstrip("　"))) * em + (bottom - top - len(line) * em if kind == "right" else 0)
            pages[-1].append((x, first, em, line.strip("　")))
            x -= em * pitch
    return pages


@shape(".pdf")
def p_vertical_font(p, m):
    """Written with the vertical encoding of the font, a line a piece."""
    pdf = Pdf()
    pdf.objects[2] = pdf.objects[2].replace(b"UniGB-UTF16-H", b"UniGB-UTF16-V")
    for one in downwards(p, m, 5, 1.8, 32, 262, 185, 25):
        content = b"".join(f"BT /F {em * POINT:.3f} Tf 1 0 0 1 {(x + em / 2) * POINT:.3f} {(HEIGHT - y) * POINT:.3f} Tm <{t.encode('utf-16-be').hex()}>Tj ET\n".encode() for x, y, em, t in one)
        pdf.page(content)
    return pdf.bytes()


@shape(".pdf")
def p_vertical_tight(p, m):
    """A character a piece, lines close to each other, digits in the middle of their column."""
    pages = []
    for one in downwards(p, m, 5.2, 1.4, 30, 265, 185, 25):
        pages.append([(x + (1 - advance(c)) * em / 2, y + (i + 0.86) * em, em, c, 0, None) for x, y, em, t in one for i, c in enumerate(t) if c not in " \u3000"])
    return pdf_lines(pages)


@shape(".ofd")
def o_vertical_writing(p, m):
    def column(ofd, piece):
        x, y, em, t = piece
        deltas = f' DeltaX="g {len(t) - 1} 0" DeltaY="g {len(t) - 1} {em:.3f}"' if len(t) > 1 else ""
        return (f'<~TextObject ID="{ofd.id()}" Boundary="{x:.3f} {y:.3f} {em:.3f} {len(t) * em:.3f}" Font="3" Size="{em:.3f}">'
                f'<~TextCode X="0" Y="{em * 0.86:.3f}"{deltas}>{e(t, quote=False)}</~TextCode></~TextObject>')
    return ofd_file(downwards(p, m, 5, 1.7, 32, 262, 185, 25), lambda ofd, pieces: layer(ofd, "".join(column(ofd, piece) for piece in pieces)))


@shape(".ofd")
def o_sideways(p, m):
    """Every object is turned by its matrix; the page stays upright."""
    def turned(ofd, piece):
        x, y, em, text, _, _ = piece
        deltas = f' DeltaX="{" ".join(f"{s:.3f}" for s in steps_of(piece)[:-1])}"' if len(text) > 1 else ""
        return (f'<~TextObject ID="{ofd.id()}" Boundary="{y:.3f} {WIDTH - x - 60:.3f} {em:.3f} 60" Font="3" Size="{em:.3f}" CTM="0 -1 1 0 0 60">'
                f'<~TextCode X="0" Y="0"{deltas}>{e(text, quote=False)}</~TextCode></~TextObject>')
    return ofd_file(Setter().set(p, m), lambda ofd, pieces: layer(ofd, "".join(turned(ofd, piece) for piece in pieces)), areas="<~PhysicalBox>0 0 297 210</~PhysicalBox>")


@shape(".pdf")
def p_sideways_in_the_margin(p, m):
    pages = add_numbers(Setter().set(p, m), "— {0} —")
    for one in pages:
        one.append((201, 200, 4, m["site"] + "公报　2026年第3期", 90, None))
        one.insert(0, (12, 60, 5, "档案专用", -90, None))
    return pdf_lines(pages)


# --- drawn, but not written: these must be refused in one line ------------------------------------------

def refused(extension, message):
    def keep(function):
        REFUSED[function.__name__] = message
        return shape(extension)(function)
    return keep


def numbered_glyphs(pages):
    """Glyph -> number in the order of use, as programs that make subsets of fonts number them."""
    numbers = {}
    for one in pages:
        for piece in one:
            for c in piece[3]:
                numbers.setdefault(c, len(numbers) + 3)
    return numbers


def without_unicode(pages, font, code):
    pdf, numbers = Pdf(), numbered_glyphs(pages)
    pdf.objects[2:4] = font
    for one in pages:
        pdf.page(b"".join(f"BT /F {em * POINT:.3f} Tf 1 0 0 1 {x * POINT:.3f} {(HEIGHT - y) * POINT:.3f} Tm <{''.join(code(numbers[c]) for c in text)}>Tj ET\n".encode()
                          for x, y, em, text, _, _ in one))
    return pdf.bytes()


@refused(".pdf", "fonts do not tell which characters")
def p_glyph_numbers(p, m):
    return without_unicode(Setter().set(p, m), [
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+FangSong/Encoding/Identity-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000>>"], "{:04x}".format)


@refused(".pdf", "fonts do not tell which characters")
def p_glyph_numbers_of_the_whole_font(p, m):
    return without_unicode(Setter().set(p, m), [
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000>>"], lambda n: f"{1000 + n * 37 % 18000:04x}")


@refused(".pdf", "fonts do not tell which characters")
def p_glyph_names(p, m):
    names = " ".join(f"/g{i}" for i in range(33, 256))
    return without_unicode(Setter().set(p, m), [
        f"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+FangSong/FirstChar 33/LastChar 255/Widths[{'1000 ' * 223}]/Encoding<</Type/Encoding/Differences[33 {names}]>>/FontDescriptor 5 0 R>>".encode(),
        b"null"], lambda n: f"{33 + n % 220:02x}")


@refused(".pdf", "fonts do not tell which characters")
def p_glyphs_below_a_readable_header(p, m):
    """The running header is in another font, which tells its characters."""
    pages = Setter().set(p, m)
    pdf, numbers = Pdf(), numbered_glyphs(pages)
    pdf.objects.append(b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+FangSong/Encoding/Identity-H/DescendantFonts[7 0 R]>>")
    pdf.objects.append(b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000>>")
    for one in pages:
        glyphs = b"".join(f"BT /G {em * POINT:.3f} Tf 1 0 0 1 {x * POINT:.3f} {(HEIGHT - y) * POINT:.3f} Tm <{''.join('%04x' % numbers[c] for c in text)}>Tj ET\n".encode() for x, y, em, text, _, _ in one)
        pdf.page(show((28, 18, 3.7, m["site"] + "答复汇编", 0, None)) + glyphs, "", "", (0, 0, 595.28, 841.89))
        pdf.objects[-1] = pdf.objects[-1].replace(b"/F 3 0 R", b"/F 3 0 R/G 6 0 R")
    return pdf.bytes()


def glyph_object(ofd, piece, text):
    x, y, em, drawn, _, _ = piece
    glyphs = " ".join(str(300 + ord(c) % 5000) for c in drawn)
    return (f'<~TextObject ID="{ofd.id()}" Boundary="{x:.3f} {y - em * .86:.3f} {extent(drawn) * em:.3f} {em:.3f}" Font="3" Size="{em:.3f}"><~CGTransform CodePosition="0" CodeCount="{len(drawn)}" GlyphCount="{len(drawn)}"><~Glyphs>{glyphs}</~Glyphs></~CGTransform>'
            f'<~TextCode X="0" Y="{em * .86:.3f}">{text}</~TextCode></~TextObject>')


@refused(".ofd", "glyphs only")
def o_glyphs_only(p, m):
    return ofd_file(Setter().set(p, m), lambda ofd, pieces: layer(ofd, "".join(glyph_object(ofd, piece, "") for piece in pieces)))


@refused(".ofd", "glyphs only")
def o_glyphs_and_a_header(p, m):
    return ofd_file(Setter().set(p, m), lambda ofd, pieces: layer(ofd, suwell_object(ofd, centred(18, 3.7, m["site"] + "公文")) + "".join(glyph_object(ofd, piece, " ") for piece in pieces)))


@refused(".ofd", "fonts do not tell which characters")
def o_private_characters(p, m):
    return ofd_file(Setter().set(p, m), lambda ofd, pieces: layer(ofd, "".join(glyph_object(ofd, piece, "".join(chr(0xE000 + ord(c) % 6000) for c in piece[3])) for piece in pieces)))


# --- with files beside it: (the page, {name: bytes}) ----------------------------------------------------

def own_name(p, m):
    """So that pages of one folder do not share their files."""
    return f"{zlib.crc32((m['title'] + p[-1]).encode()):08x}"


def pointer(m, inner):
    return page(labels(m), navigation(m) + f'<div class="article"><h1>{e(m["title"])}</h1><div class="con">{inner}</div></div>' + footer(m))


@shape(".html")
def b_text_in_a_frame_beside(p, m):
    name = f"content_{own_name(p, m)}.html"
    frame = page("", f'<div class="txt">{ps(p)}</div>')
    return pointer(m, f'<iframe id="contentFrame" src="{name}" width="100%" frameborder="0" onload="setHeight()"></iframe>'), {name: frame}


@shape(".html")
def b_frame_saved_by_a_browser(p, m):
    folder = f"{own_name(p, m)}_files"
    frame = page("", "".join(f"　　{e(t)}<br>" for t in p)).encode("gb18030")
    return (pointer(m, f'<iframe src="./{folder}/top.html"></iframe><iframe src="./{folder}/saved_resource(1).html"></iframe>'),
            {f"{folder}/saved_resource(1).html": frame, f"{folder}/top.html": page("", '<ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul>')})


@shape(".html")
def b_frameset(p, m):
    name = own_name(p, m)
    return (f'<html><head><title>{e(m["title"])}</title></head><frameset rows="80,*"><frame src="{name}_top.htm"><frameset cols="200,*"><frame src="{name}_menu.htm"><frame name="main" src="{name}_main.htm"></frameset></frameset></html>',
            {name + "_top.htm": page("", navigation(m)), name + "_menu.htm": page("", '<a href="a.htm">办理结果</a><br><a href="b.htm">统计</a>'), name + "_main.htm": page("", ps(p))})


def word_file(p):
    return package("".join(paragraph(run(t)) for t in p))


@shape(".html")
def b_attachment_of_a_download_page(p, m):
    """The name of the file is in the query of the address."""
    name = own_name(p, m) + ".docx"
    return pointer(m, f'<p>答复全文见附件。</p><p><a href="/module/download/downfile.jsp?classid=0&showname=%E7%AD%94%E5%A4%8D.docx&filename={name}">答复.docx</a></p>'), {name: word_file(p)}


@shape(".html")
def b_attachment_named_by_its_link(p, m):
    """The browser saved it under the name that the link shows."""
    name = f"{own_name(p, m)}号答复.docx"
    return pointer(m, f'<p>详见附件：</p><p><a href="http://www.tongjiang.gov.cn/attach/0/af2b8c.docx" title="{name}">附件：{name}</a></p>'), {name: word_file(p)}


@shape(".html")
def b_attachment_by_title_of_link(p, m):
    name = f"{own_name(p, m)} 复文.rtf"
    rtf = "{\\rtf1\\ansi " + "".join("".join(c if c.isascii() and c not in "\\{}" else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in t) + "\\par " for t in p) + "}"
    return pointer(m, f'<p><a class="att" href="/api/file/10023" download="{name}"><img src="rtf.png">下载</a></p>'), {name: rtf}


@shape(".html")
def b_attachment_in_embed(p, m):
    name = own_name(p, m) + ".pdf"
    return pointer(m, f'<div id="pdf"><object data="{name}" type="application/pdf" width="800" height="1000"><p>您的浏览器不支持</p></object></div>'), {name: pdf_lines(Setter().set(p, m))}


@shape(".html")
def b_attachment_of_a_viewer(p, m):
    name = own_name(p, m) + ".pdf"
    return pointer(m, f'<iframe src="/pdfjs/web/viewer.html?file=/zwgk/{name}" width="100%" height="900"></iframe>'), {name: pdf_lines(Setter().set(p, m))}
