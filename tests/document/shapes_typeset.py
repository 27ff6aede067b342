# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages set by other people's typesetters: WeasyPrint, ReportLab, LibreOffice and Chromium.

Each shape takes a list of (paragraphs, facts) and returns as many PDFs: some of the programs are
slow to begin. Those in HELD are for totals: nobody looks at what they get wrong."""
import glob
import html
import io
import math
import os
import re
import shutil
import subprocess
import tempfile

from shapes_pages import NOTE, kind_of

SHAPES, HELD = {}, set()
e = html.escape


def shape(needs, held=False):
    def keep(function):
        if needs():
            SHAPES[function.__name__] = function
            if held:
                HELD.add(function.__name__)
        return function
    return keep


def weasyprint():
    try:
        import weasyprint  # noqa: F401
        return True
    except ImportError:
        return False


def reportlab():
    try:
        import reportlab  # noqa: F401
        return True
    except ImportError:
        return False


def soffice():
    return shutil.which("soffice")


def chromium():
    return shutil.which("chromium")


# --- pages of CSS -----------------------------------------------------------------------------------

STYLE = """
html { font-family: "AR PL SungtiL GB", "Noto Serif CJK SC"; font-size: 12pt; line-height: 1.6; }
p { margin: 0; text-align: justify; overflow-wrap: normal; }
p.body { text-indent: 2em; }
p.title { font-size: 1.5em; text-align: center; text-indent: 0; padding: 0 3em; }
p.head { font-size: 2.2em; text-align: center; color: red; }
p.centre { text-align: center; }
p.right { text-align: right; padding-right: 2em; }
p.flush { text-align: left; }
"""


def body_start(p, m):
    return next((i for i in range(1, len(p)) if kind_of(p, i, m) in ("body", "flush")), 1)


def wide(text):
    """Blanks as wide as in the fonts that agencies use: half a character or more, not a fifth."""
    return re.sub("(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "\u3000", text)


def ps(p, m, first=0, end=None):
    return "".join(f'<p class="{kind_of(p, i, m)}">{e(wide(p[i]))}</p>\n' for i in range(first, len(p) if end is None else end))


def in_columns(p, m, style=""):
    first = body_start(p, m)
    return f'{ps(p, m, 0, first)}<div class="columns" style="{style}">{ps(p, m, first)}</div>'


def page_of(css, body):
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><style>{STYLE}{css}</style></head><body>{body}</body></html>'


def printed(pages):
    import logging
    import weasyprint as w
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fonts = w.text.fonts.FontConfiguration()
    return [w.HTML(string=page).write_pdf(font_config=fonts) for page in pages]


@shape(weasyprint)
def w_columns(replies):
    css = '@page { size: A4; margin: 25mm 20mm; @bottom-center { content: "— " counter(page) " —" } } .columns { columns: 2; column-gap: 2em; font-size: 10.5pt }'
    return printed(page_of(css, in_columns(p, m)) for p, m in replies)


@shape(weasyprint)
def w_columns_narrow(replies):
    css = '@page { size: A4; margin: 20mm 18mm; @top-left { content: "政务公报"; font-size: 9pt } @top-right { content: "2026年第" counter(page) "页"; font-size: 9pt } } .columns { columns: 2; column-gap: 1.4em; font-size: 10pt; line-height: 1.4; column-fill: auto }'
    return printed(page_of(css, in_columns(p, m)) for p, m in replies)


@shape(weasyprint)
def w_columns_wide(replies):
    css = ('@page { size: A4; margin: 28mm 24mm; @bottom-left { content: "第" counter(page) "页　共" counter(pages) "页"; font-size: 9pt } }'
           '.columns { columns: 2; column-gap: 13mm; font-size: 11.5pt; line-height: 1.5 }')
    return printed(page_of(css, in_columns(p, m)) for p, m in replies)


@shape(weasyprint, held=True)
def w_columns_letterhead(replies):
    css = ('@page { size: A4; margin: 30mm 22mm 25mm; @bottom-right { content: "第" counter(page) "页 共" counter(pages) "页"; font-size: 10pt } }'
           '.letter { font-size: 30pt; text-align: center; color: red; border-bottom: 2px solid red } .columns { columns: 2; column-gap: 15mm; font-size: 11pt }')
    return printed(page_of(css, in_columns(p, m)) for p, m in replies)


@shape(weasyprint, held=True)
def w_columns_ragged_no_indents(replies):
    css = ('@page { size: A4; margin: 20mm 15mm; @bottom-center { content: counter(page) "/" counter(pages); font-size: 9pt } }'
           '.columns { columns: 2; column-gap: 10mm; font-size: 9.5pt } p.body { text-indent: 0; margin-bottom: .7em; text-align: left } p.flush { margin-bottom: .7em }')
    return printed(page_of(css, in_columns(p, m)) for p, m in replies)


@shape(weasyprint, held=True)
def w_all_in_columns(replies):
    css = '@page { size: A4 landscape; margin: 20mm; @bottom-center { content: "- " counter(page) " -"; font-size: 9pt } } .columns { columns: 2; column-gap: 12mm; font-size: 12pt; column-fill: auto }'
    return printed(page_of(css, f'<div class="columns">{ps(p, m)}</div>') for p, m in replies)


@shape(weasyprint)
def w_running(replies):
    return printed(page_of(f'@page {{ size: A4; margin: 30mm 28mm; @top-left {{ content: "{m["site"]}"; font-size: 9pt; border-bottom: 1px solid }} @top-right {{ content: "建议提案答复"; font-size: 9pt; border-bottom: 1px solid }}'
                           f'@bottom-left {{ content: "2026年10月"; font-size: 9pt }} @bottom-right {{ content: counter(page) " / " counter(pages); font-size: 9pt }} }} html {{ font-size: 14pt }}', ps(p, m)) for p, m in replies)


@shape(weasyprint, held=True)
def w_mirrored(replies):
    css = ('@page :left { margin: 25mm 35mm 25mm 20mm; @top-left { content: counter(page) "　建议提案办理选编"; font-size: 9pt } }'
           '@page :right { margin: 25mm 20mm 25mm 35mm; @top-right { content: "第三章　民生事业　" counter(page); font-size: 9pt } } @page { size: 170mm 240mm }')
    return printed(page_of(css, ps(p, m)) for p, m in replies)


@shape(weasyprint)
def w_footnotes(replies):
    css = '@page { size: A4; margin: 25mm } .note { float: footnote; font-size: 9pt; text-indent: 0 }'
    made = []
    for p, m in replies:
        middle = len(p) // 2
        body = ps(p, m, 0, middle) + f'<p class="{kind_of(p, middle, m)}">{e(wide(p[middle]))}</p><span class="note">{NOTE}</span>' + ps(p, m, middle + 1)
        made.append(page_of(css + '::footnote-call { content: "" }', body))
    return printed(made)


def ring(text, radius, em):
    """Characters around a circle, as a stamp has them."""
    span, out = math.radians(260), ""
    for i, char in enumerate(text):
        angle = -math.pi / 2 - span / 2 + span * i / max(1, len(text) - 1)
        x, y = radius * math.cos(angle) - em / 2, radius * math.sin(angle) - em / 2
        out += (f'<span style="position:absolute;left:{x:.2f}mm;top:{y:.2f}mm;font-size:{em}mm;line-height:1;color:red;'
                f'transform:rotate({math.degrees(angle) + 90:.1f}deg)">{char}</span>')
    return out


@shape(weasyprint)
def w_ring_over_signature(replies):
    css = '@page { size: A4; margin: 30mm 27mm } html { font-size: 16pt; line-height: 28pt }'
    made = []
    for p, m in replies:
        last = max((i for i in range(len(p)) if kind_of(p, i, m) == "right"), default=len(p) - 1)
        seal = f'<span style="position:absolute;right:35mm;top:0">{ring(m["issuer"], 18, 4.4)}<span style="position:absolute;left:-4mm;top:-4mm;font-size:8mm;line-height:1;color:red">★</span></span>'
        body = ps(p, m, 0, last) + f'<div style="position:relative"><p class="{kind_of(p, last, m)}">{e(wide(p[last]))}</p>{seal}</div>' + ps(p, m, last + 1)
        made.append(page_of(css, body))
    return printed(made)


@shape(weasyprint, held=True)
def w_vertical_in_margin(replies):
    css = '@page { size: A4; margin: 28mm 26mm 25mm 28mm; @bottom-center { content: "第 " counter(page) " 页" } } html { font-size: 14pt }'
    seal = '<div style="position:absolute;right:-14mm;top:55mm;width:1em;font-size:13pt;line-height:1.15;color:red;word-break:break-all">政务公开办公室审核章</div>'
    return printed(page_of(css, '<div style="position:relative">' + seal + ps(p, m) + "</div>") for p, m in replies)


@shape(weasyprint, held=True)
def w_square_seal(replies):
    """Four columns of characters in a square, over the last lines."""
    css = '@page { size: A4; margin: 28mm } html { font-size: 15pt }'
    seal = '<span style="position:absolute;right:20mm;top:-15mm;color:red;font-size:20pt;line-height:1.1;width:2.2em;word-break:break-all">办理专用之章</span>'
    return printed(page_of(css, ps(p, m, 0, len(p) - 1) + f'<div style="position:relative">{seal}{ps(p, m, len(p) - 1)}</div>') for p, m in replies)


# --- ReportLab ---------------------------------------------------------------------------------------

def report(replies, make):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = []
    for p, m in replies:
        file = io.BytesIO()
        make(file, p, m)
        out.append(file.getvalue())
    return out


def report_styles(size, leading, indent=2):
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    base = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    return {
        "body": ParagraphStyle("body", fontSize=size, leading=leading, firstLineIndent=indent * size, alignment=TA_JUSTIFY, **base),
        "flush": ParagraphStyle("flush", fontSize=size, leading=leading, alignment=TA_LEFT, **base),
        "centre": ParagraphStyle("centre", fontSize=size, leading=leading, alignment=TA_CENTER, **base),
        "right": ParagraphStyle("right", fontSize=size, leading=leading, alignment=TA_RIGHT, rightIndent=2 * size, **base),
        "title": ParagraphStyle("title", fontSize=18, leading=27, alignment=TA_CENTER, spaceAfter=8, **base),
        "head": ParagraphStyle("head", fontSize=28, leading=40, alignment=TA_CENTER, **base),
    }


def report_columns(file, p, m, size, leading, gap, banner, foot):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph
    width, height = A4
    left, right, top, bottom = 20 * mm, width - 20 * mm, height - 22 * mm, 22 * mm
    column = (right - left - gap) / 2

    def footer(canvas, document):
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(width / 2, 12 * mm, foot.format(document.page))

    def pair(name, ceiling):
        return [Frame(left + i * (column + gap), bottom, column, ceiling - bottom, 0, 0, 0, 0, id=f"{name}{i}") for i in range(2)]
    document = BaseDocTemplate(file, pagesize=A4)
    document.addPageTemplates([
        PageTemplate("first", [Frame(left, top - banner, right - left, banner, 0, 0, 0, 0, id="top")] + pair("f", top - banner), onPage=footer),
        PageTemplate("later", pair("l", top), onPage=footer)])
    styles, first = report_styles(size, leading), body_start(p, m)
    story = [NextPageTemplate("later")] + [Paragraph(e(wide(p[i]), quote=False), styles[kind_of(p, i, m)]) for i in range(first)] + [FrameBreak()]
    story += [Paragraph(e(wide(p[i]), quote=False), styles[kind_of(p, i, m)]) for i in range(first, len(p))]
    document.build(story)


@shape(reportlab)
def r_columns(replies):
    return report(replies, lambda file, p, m: report_columns(file, p, m, 10.5, 17, 24, 190, "- {} -"))


@shape(reportlab, held=True)
def r_columns_narrow(replies):
    return report(replies, lambda file, p, m: report_columns(file, p, m, 9, 13, 14, 210, "第{}页"))


@shape(reportlab, held=True)
def r_single(replies):
    def make(file, p, m):
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import Paragraph, SimpleDocTemplate

        def edges(canvas, document):
            canvas.setFont("STSong-Light", 9)
            canvas.drawString(72, A4[1] - 40, m["site"] + "建议提案办理系统")
            canvas.drawRightString(A4[0] - 72, A4[1] - 40, f"打印时间：2026-10-1{document.page % 10}")
            canvas.drawCentredString(A4[0] / 2, 36, f"第 {document.page} 页")
        styles = report_styles(14, 25)
        SimpleDocTemplate(file, pagesize=A4).build([Paragraph(e(wide(t), quote=False), styles[kind_of(p, i, m)]) for i, t in enumerate(p)], onFirstPage=edges, onLaterPages=edges)
    return report(replies, make)


@shape(reportlab, held=True)
def r_ring(replies):
    """A seal with a star, and a line below it, over the end of the last page."""
    def make(file, p, m):
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

        class Seal(Flowable):
            def wrap(self, width, height):
                return 0, 0

            def draw(self):
                c = self.canv
                c.setFillColorRGB(0.9, 0.1, 0.1)
                name = m["issuer"]
                span = math.radians(min(280, 26 * len(name)))
                for i, char in enumerate(name):
                    angle = math.pi / 2 + span / 2 - span * i / (len(name) - 1)
                    c.saveState()
                    c.translate(360 + 52 * math.cos(angle), 30 + 52 * math.sin(angle))
                    c.rotate(math.degrees(angle) - 90)
                    c.setFont("STSong-Light", 13)
                    c.drawCentredString(0, 0, char)
                    c.restoreState()
                c.setFont("STSong-Light", 30)
                c.drawCentredString(360, 20, "★")
        styles = report_styles(16, 28)
        SimpleDocTemplate(file, pagesize=A4).build([Paragraph(e(wide(t), quote=False), styles[kind_of(p, i, m)]) for i, t in enumerate(p)] + [Seal()])
    return report(replies, make)


# --- LibreOffice -------------------------------------------------------------------------------------

SPACES = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in [
    ("office", "office"), ("style", "style"), ("text", "text"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("draw", "drawing")])


def open_document(p, m, size, columns, gap, header, footer, pitch="150%"):
    def look(name, paragraph, text=""):
        return (f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:line-height="{pitch}" style:punctuation-wrap="simple" {paragraph}/>'
                f'<style:text-properties style:font-name-asian="Noto Serif CJK SC" style:font-name="Noto Serif CJK SC" fo:font-size="{size}pt" style:font-size-asian="{size}pt" {text}/></style:style>')
    larger = 'fo:font-size="{0}pt" style:font-size-asian="{0}pt"'
    first = body_start(p, m)
    styles = "".join([
        look("body", f'fo:text-align="justify" fo:text-indent="{2 * size}pt"'), look("flush", 'fo:text-align="start"'), look("centre", 'fo:text-align="center"'),
        look("right", f'fo:text-align="end" fo:margin-right="{2 * size}pt"'),
        look("title", 'fo:text-align="center"').replace(f'{size}pt"', f'{size * 1.5}pt"'), look("head", 'fo:text-align="center"').replace(f'{size}pt"', f'{size * 2.2}pt"')])
    edge = '<style:style style:name="edge" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt" style:font-name-asian="Noto Serif CJK SC"/></style:style>'
    sections = f'<style:style style:name="two" style:family="section"><style:section-properties><style:columns fo:column-count="{columns}" fo:column-gap="{gap}mm"/></style:section-properties></style:style>'

    def lines(a, b):
        return "".join(f'<text:p text:style-name="{kind_of(p, i, m)}">{e(wide(p[i]))}</text:p>' for i in range(a, b))
    master = (f'<style:master-page style:name="Standard" style:page-layout-name="sheet"><style:header><text:p text:style-name="edge">{header}</text:p></style:header>'
              f'<style:footer><text:p text:style-name="edge">{footer}</text:p></style:footer></style:master-page>')
    sheet = ('<style:page-layout style:name="sheet"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="15mm" fo:margin-bottom="15mm" fo:margin-left="25mm" fo:margin-right="25mm"/>'
             '<style:header-style><style:header-footer-properties fo:min-height="10mm" fo:margin-bottom="5mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="10mm" fo:margin-top="5mm"/></style:footer-style></style:page-layout>')
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:font-face-decls><style:font-face style:name="Noto Serif CJK SC" svg:font-family="&apos;Noto Serif CJK SC&apos;"/></office:font-face-decls>'
            f'<office:styles>{edge}</office:styles><office:automatic-styles>{styles}{sections}{sheet}</office:automatic-styles><office:master-styles>{master}</office:master-styles>'
            f'<office:body><office:text>{lines(0, first)}<text:section text:name="s" text:style-name="two">{lines(first, len(p))}</text:section></office:text></office:body></office:document>')


def converted(documents):
    with tempfile.TemporaryDirectory() as folder:
        for i, document in enumerate(documents):
            with open(os.path.join(folder, f"{i:03}.fodt"), "w", encoding="utf-8") as file:
                file.write(document)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder]
                       + sorted(glob.glob(folder + "/*.fodt")), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [open(name, "rb").read() for name in sorted(glob.glob(folder + "/*.pdf"))]


NUMBER, PAGES = '<text:page-number text:select-page="current"/>', "<text:page-count/>"


@shape(soffice)
def l_columns(replies):
    return converted([open_document(p, m, 10.5, 2, 8, e(m["site"]), f"— {NUMBER} —") for p, m in replies])


@shape(soffice, held=True)
def l_columns_wide(replies):
    return converted([open_document(p, m, 12, 2, 14, "", f"第{NUMBER}页 共{PAGES}页", "130%") for p, m in replies])


@shape(soffice, held=True)
def l_single(replies):
    return converted([open_document(p, m, 16, 1, 0, e(m["issuer"]) + "文件", f"{NUMBER}/{PAGES}", "28pt") for p, m in replies])


@shape(soffice)
def l_single_dense(replies):
    return converted([open_document(p, m, 12, 1, 0, "建议提案办理　内部资料", f"- {NUMBER} -", "120%") for p, m in replies])


# --- Chromium ----------------------------------------------------------------------------------------

def from_chromium(pages, *options):
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for i, page in enumerate(pages):
            source, target = os.path.join(folder, f"{i}.html"), os.path.join(folder, f"{i}.pdf")
            with open(source, "w", encoding="utf-8") as file:
                file.write(page)
            subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/user", *options, f"--print-to-pdf={target}", "file://" + source],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            out.append(open(target, "rb").read())
    return out


@shape(chromium, held=True)
def c_columns(replies):
    css = '@page { size: A4; margin: 20mm } .columns { columns: 2; column-gap: 9mm; font-size: 11pt }'
    return from_chromium([page_of(css, in_columns(p, m)) for p, m in replies], "--no-pdf-header-footer")


@shape(chromium, held=True)
def c_printed_page(replies):
    css = 'p.body { margin-bottom: 1em }'
    return from_chromium([page_of(css, f"<title>{e(m['title'])}</title>" + ps(p, m)) for p, m in replies])


@shape(chromium)
def c_vertical_writing(replies):
    css = '@page { size: A4 landscape; margin: 20mm } html { writing-mode: vertical-rl; font-size: 14pt; line-height: 1.9 } p.right { padding: 0 0 2em 0 } p.title { padding: 3em 0 }'
    return from_chromium([page_of(css, ps(p, m)) for p, m in replies], "--no-pdf-header-footer")
