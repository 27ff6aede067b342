# SPDX-License-Identifier: GPL-2.0-or-later
"""Word documents (ECMA-376) as Word, WPS and document systems save them, written by hand."""
import io
import random
import re
import zipfile
from xml.sax.saxutils import escape as e

SHAPES = {}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def shape(function):
    SHAPES[function.__name__] = function
    return function


def pack(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def package(body, main="word/document.xml", space=W, prefix="w", extra=None, more=""):
    declared = " ".join([f'xmlns:{prefix}="{space}"', 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
                         'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"', 'xmlns:v="urn:schemas-microsoft-com:vml"',
                         'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"', 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'])
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    document = f"{head}<w:document {declared}><w:body>{body}<w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr></w:body></w:document>"
    if prefix != "w":
        document = re.sub(r"<(/?)w:", lambda k: f"<{k.group(1)}{prefix}:", document)
        document = re.sub(r"([ <])w:(\w+=)", lambda k: f"{k.group(1)}{prefix}:{k.group(2)}", document)
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{main}"/></Relationships>',
        main: document,
    }
    parts.update({name: f"{head}{content}" for name, content in (extra or {}).items()})
    return pack(parts)


def paragraph(runs, properties=""):
    return f"<w:p>{'<w:pPr>' + properties + '</w:pPr>' if properties else ''}{runs}</w:p>"


def run(text, properties=""):
    return f'<w:r>{"<w:rPr>" + properties + "</w:rPr>" if properties else ""}<w:t xml:space="preserve">{e(text)}</w:t></w:r>'


INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


@shape
def plain(p, m):
    return package("".join(paragraph(run(t), INDENT) for t in p))


@shape
def runs_everywhere(p, m):
    rng, out = random.Random(1), []
    for text in p:
        runs = "<w:proofErr w:type='spellStart'/><w:bookmarkStart w:id='0' w:name='_GoBack'/>"
        while text:
            n = rng.randint(1, 5)
            runs += run(text[:n], "<w:rFonts w:hint='eastAsia' w:eastAsia='仿宋_GB2312'/><w:sz w:val='32'/>") + "<w:bookmarkEnd w:id='0'/>"
            text = text[n:]
        out.append(f'<w:p w14:paraId="7F000001" w:rsidR="00AB">{runs}</w:p>')
    return package("".join(out))


@shape
def breaks_only(p, m):
    return package(paragraph("<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">　　{e(t)}</w:t>' for t in p) + "</w:r>"))


LEVELS = [(r"[一二三四五六七八九十]+、", "chineseCountingThousand", "%1、"), (r"（[一二三四五六七八九十]+）", "chineseCountingThousand", "（%2）"),
          (r"\d+\.", "decimal", "%3."), (r"（\d+）", "decimal", "（%4）")]


def take_numbers(p):
    """(level, text) where the number is what counting gives, else (None, text)."""
    chinese = "一二三四五六七八九十"
    counts, out = [0] * len(LEVELS), []
    for text in p:
        found = None
        for level, (pattern, kind, _) in enumerate(LEVELS):
            match = re.match(pattern, text)
            if not match:
                continue
            number = re.sub(r"[^\d一二三四五六七八九十]", "", match.group())
            value = int(number) if kind == "decimal" else chinese.find(number) + 1
            if value == counts[level] + 1 and len(number) < 3:
                found = (level, text[match.end():])
                counts[level] = value
                counts[level + 1:] = [0] * (len(LEVELS) - level - 1)
            break
        out.append(found or (None, text))
    return out


def numbering(levels):
    rows = "".join(f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>' for i, (_, kind, text) in enumerate(levels))
    return f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{rows}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'


@shape
def automatic_numbers(p, m):
    body = "".join(paragraph(run(t), INDENT if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>{INDENT}') for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": numbering(LEVELS)})


@shape
def automatic_numbers_by_style(p, m):
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="H{i}"><w:name w:val="heading {i + 1}"/><w:pPr><w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' for i in range(len(LEVELS)))
    body = "".join(paragraph(run(t), "" if level is None else f'<w:pStyle w:val="H{level}"/>') for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": numbering(LEVELS), "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'})


@shape
def content_controls(p, m):
    body = "".join(f'<w:sdt><w:sdtPr><w:alias w:val="正文"/></w:sdtPr><w:sdtContent>{paragraph("<w:sdt><w:sdtContent>" + run(t[:6]) + "</w:sdtContent></w:sdt>" + run(t[6:]))}</w:sdtContent></w:sdt>' for t in p)
    return package(body)


@shape
def tracked_changes(p, m):
    body = "".join(paragraph(run(t[:4]) + '<w:del w:id="1" w:author="a"><w:r><w:delText>删掉的话</w:delText></w:r></w:del>'
                             + f'<w:ins w:id="2" w:author="a">{run(t[4:9])}</w:ins>' + run(t[9:]) + '<w:moveFrom w:id="3"><w:r><w:t>移走的话</w:t></w:r></w:moveFrom>') for t in p)
    return package(body)


@shape
def text_box_twice(p, m):
    box = f'<w:txbxContent>{paragraph(run("印章"))}</w:txbxContent>'
    first = f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run(p[0])}</w:p>'
    return package(first + "".join(paragraph(run(t)) for t in p[1:]))


@shape
def in_a_table(p, m):
    """A red-headed document as templates make it: everything in the cells of a table."""
    rows = "".join(f'<w:tr><w:tc><w:tcPr><w:tcW w:w="9000"/></w:tcPr>{paragraph(run(t))}</w:tc></w:tr>' for t in p)
    return package(f"<w:tbl>{rows}</w:tbl>")


@shape
def nested_tables(p, m):
    inner = "".join(paragraph(run(t)) for t in p)
    return package(f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>")


@shape
def header_footer_and_notes(p, m):
    body = "".join(paragraph(run(t) + ('<w:r><w:footnoteReference w:id="1"/></w:r>' if i == 6 else "")) for i, t in enumerate(p))
    return package(body, extra={
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph(run(m["site"] + "文件"))}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{paragraph(run("— 1 —"))}</w:ftr>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{paragraph(run("请核对"))}</w:comment></w:comments>',
        "word/settings.xml": f'<w:settings xmlns:w="{W}"/>'})


@shape
def fields(p, m):
    def link(text):
        return (run(text[:5]) + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "http://a.gov.cn" </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(text[5:8]) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                + f'<w:hyperlink r:id="rId9">{run(text[8:10])}</w:hyperlink><w:fldSimple w:instr=" DATE ">{run(text[10:12])}</w:fldSimple>' + run(text[12:]))
    return package("".join(paragraph(link(t)) for t in p))


@shape
def strict(p, m):
    return package("".join(paragraph(run(t)) for t in p), space=STRICT)


@shape
def another_prefix(p, m):
    return package("".join(paragraph(run(t)) for t in p), prefix="ns0")


@shape
def second_main_part(p, m):
    """As Word for the web saves it."""
    return package("".join(paragraph(run(t)) for t in p), main="word/document2.xml")


@shape
def hidden_text_and_marks(p, m):
    return package("".join(paragraph(run("隐藏", "<w:vanish/>") + "<w:r><w:tab/></w:r>" + run(t[:7]) + "<w:r><w:softHyphen/></w:r><w:r><w:lastRenderedPageBreak/></w:r>" + run(t[7:])) for t in p))


@shape
def smart_tags_and_ruby(p, m):
    return package("".join(paragraph(f'<w:smartTag w:uri="u" w:element="chsdate">{run(t[:8])}</w:smartTag><w:customXml w:element="x">{run(t[8:11])}</w:customXml>' + run(t[11:])) for t in p))


def lists(abstract, nums):
    return f'<w:numbering xmlns:w="{W}">{abstract}{nums}</w:numbering>'


def level_xml(i, kind, text, more=""):
    return f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'


@shape
def numbers_by_a_linked_list_style(p, m):
    """The levels are those of a list style, which the list of the paragraphs names."""
    rows = "".join(level_xml(i, kind, text) for i, (_, kind, text) in enumerate(LEVELS))
    numbers = lists(f'<w:abstractNum w:abstractNumId="4"><w:styleLink w:val="L"/>{rows}</w:abstractNum><w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>',
                    '<w:num w:numId="3"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>')
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="numbering" w:styleId="L"><w:name w:val="公文"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>'
    body = "".join(paragraph(run(t), INDENT if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr>') for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": numbers, "word/styles.xml": styles})


@shape
def a_list_for_each_section(p, m):
    """Every run of numbers is a list of its own, which begins anew by an override."""
    rows = "".join(level_xml(i, kind, text.replace(f"%{i + 1}", "%1")).replace(f'ilvl="{i}"', 'ilvl="0"') for i, (_, kind, text) in enumerate(LEVELS[:1]))
    abstracts = "".join(f'<w:abstractNum w:abstractNumId="{i}">{level_xml(0, kind, text.replace(f"%{i + 1}", "%1"))}</w:abstractNum>' for i, (_, kind, text) in enumerate(LEVELS))
    body, nums, number, open_lists = rows[:0], "", 0, {}
    for level, t in take_numbers(p):
        if level is None:
            body += paragraph(run(t), INDENT)
            continue
        for deeper in [k for k in open_lists if k > level]:
            del open_lists[deeper]
        if level not in open_lists:
            number += 1
            open_lists[level] = number
            nums += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{level}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        body += paragraph(run(t), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{open_lists[level]}"/></w:numPr>')
    return package(body, extra={"word/numbering.xml": lists(abstracts, nums)})


@shape
def levels_replaced_in_an_instance(p, m):
    rows = "".join(level_xml(i, "upperLetter", f"%{i + 1})") for i in range(4))
    over = "".join(f'<w:lvlOverride w:ilvl="{i}">{level_xml(i, kind, text)}</w:lvlOverride>' for i, (_, kind, text) in enumerate(LEVELS))
    body = "".join(paragraph(run(t), INDENT if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>') for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": lists(f'<w:abstractNum w:abstractNumId="0">{rows}</w:abstractNum>', f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{over}</w:num>')})


@shape
def counting_in_other_words(p, m):
    """chineseCounting and japaneseCounting write the small numbers alike."""
    kinds = ["chineseCounting", "japaneseCounting", "decimal", "decimal"]
    rows = "".join(level_xml(i, kinds[i], text, '<w:pStyle w:val="S%d"/>' % i) for i, (_, _, text) in enumerate(LEVELS))
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="S{i}"><w:basedOn w:val="B{i}"/></w:style><w:style w:type="paragraph" w:styleId="B{i}"><w:pPr><w:numPr>{f"<w:ilvl w:val=%s{i}%s/>" % (chr(34), chr(34)) if i else ""}<w:numId w:val="1"/></w:numPr></w:pPr></w:style>' for i in range(4))
    body = "".join(paragraph(run(t), "" if level is None else f'<w:pStyle w:val="S{level}"/>') for level, t in take_numbers(p))
    return package(body, extra={"word/numbering.xml": lists(f'<w:abstractNum w:abstractNumId="0">{rows}</w:abstractNum>', '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
                                "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'})


@shape
def deleted_paragraphs_and_marks(p, m):
    """Text moved and struck out by somebody who had changes tracked; one paragraph cut in two and joined again."""
    gone = paragraph('<w:del w:id="5" w:author="a"><w:r><w:delText>整段删除的话。</w:delText></w:r></w:del>', '<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>')
    moved = paragraph('<w:moveFrom w:id="7" w:author="a"><w:r><w:t>移走的整段话。</w:t></w:r></w:moveFrom>', '<w:rPr><w:moveFrom w:id="6" w:author="a"/></w:rPr>')
    body = ""
    for i, t in enumerate(p):
        half = len(t) // 2
        if i % 4 == 2:
            body += paragraph(run(t[:half]), '<w:rPr><w:del w:id="8" w:author="a"/></w:rPr>') + paragraph(run(t[half:]))
        else:
            body += paragraph(f'<w:moveTo w:id="9" w:author="a">{run(t)}</w:moveTo>' if i % 5 == 3 else run(t))
        body += gone + moved if i == 3 else ""
    return package(body)


@shape
def table_of_contents(p, m):
    """A field over several paragraphs, in a content control, as Word makes it."""
    lines = [t for t in p if re.match("[一二三四五六七八九十]、", t)] or ["正文"]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    rows = "".join(paragraph((begin if i == 0 else "") + f'<w:hyperlink w:anchor="_Toc{i}">{run(t)}<w:r><w:tab/></w:r>{run(str(i + 1))}</w:hyperlink>', '<w:pStyle w:val="TOC1"/>') for i, t in enumerate(lines))
    toc = f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{paragraph(run("目录"))}{rows}{paragraph("<w:r><w:fldChar w:fldCharType=%send%s/></w:r>" % (chr(34), chr(34)))}</w:sdtContent></w:sdt>'
    return package(paragraph(run(p[0])) + toc + "".join(paragraph(run(t)) for t in p[1:]))
