# SPDX-License-Identifier: GPL-2.0-or-later
"""Typeset pages: how printed replies look, and how producers of PDF and OFD write that down.

A layout takes paragraphs and facts and returns pages of pieces (x, baseline, em, text, angle), in
millimetres from the upper left corner; a writer makes a file of the pages."""
import io
import math
import re
import zipfile
from xml.sax.saxutils import escape

LAYOUTS, WRITERS = {}, {}
WIDTH, HEIGHT = 210.0, 297.0
NOTE = "本文所称全口径统计数据，均以主管部门年度报表为准。"


def layout(function):
    LAYOUTS[function.__name__] = function
    return function


def writer(function):
    WRITERS[function.__name__] = function
    return function


def advance(char):
    return 0.5 if ord(char) < 0x2000 and char not in "·×∶" else 1.0


def extent(text):
    return sum(map(advance, text))


def break_text(text, room, indent):
    """No closing mark at a line's start, no opening one at its end, numbers and words in one piece."""
    atoms = re.findall(r"[（《“‘〔【(\[]*(?:[A-Za-z0-9.,%/:@-]+|.)[。，、；：）》”’！？％%)\]〕】]*", text)
    lines, line, used = [], "", indent
    for atom in atoms:
        if line and used + extent(atom) > room + 1e-9:
            lines.append(line)
            line, used = "", 0
        line += atom
        used += extent(atom)
    return lines + [line]


def kind_of(p, i, m):
    text = p[i]
    if m["title"] in text and len(text) < len(m["title"]) + 24:
        return "title"
    if i == 0 and re.search(r"(文件|局|厅|委员会|政府|办公室)$", text) and len(text) < 24:
        return "head"
    if i < 6 and re.fullmatch(r"[^，。：]{2,14}[〔\[【（(]\d{4}[〕\]】）)]\d+号", text):
        return "centre"
    if i < 8 and text.endswith("：") and len(text) < 60:
        return "flush"
    if i > 4 and len(text) < 26 and re.search(r"^[^，。：]+(局|厅|委员会|政府|办公室)$|^\d{4}年\d+月\d+日$|^二〇", text):
        return "right"
    if text.startswith("抄送") or text.endswith("印发") or i < 8 and "：" in text[:8]:
        return "flush"
    return "body"


class Setter:
    def __init__(self, em=5.6, pitch=10.0, left=28, right=184, top=37, bottom=262, indent=2, gap=0, columns=1, gutter=8):
        self.em, self.pitch, self.left, self.right, self.top, self.bottom = em, pitch, left, right, top, bottom
        self.indent, self.gap, self.columns, self.gutter = indent, gap, columns, gutter
        self.pages, self.y, self.column, self.column_top, self.justify = [[]], top, 0, top, True
        self.floor = {}  # page: y of its foot

    def width(self):
        return (self.right - self.left - self.gutter * (self.columns - 1)) / self.columns

    def origin(self):
        return self.left + self.column * (self.width() + self.gutter)

    def advance_line(self, pitch):
        if self.y + pitch > self.floor.get(len(self.pages), self.bottom):
            self.column += 1
            if self.column >= self.columns:
                self.pages.append([])
                self.column, self.column_top = 0, self.top
            self.y = self.column_top
        self.y += pitch
        return self.y

    def put(self, x, y, em, text, steps=None):
        self.pages[-1].append((x, y, em, text, 0, steps))

    def paragraph(self, text, kind):
        em, pitch = self.em, self.pitch
        if kind in ("title", "head"):
            scale = 1.4 if kind == "title" else 2.0
            em, pitch = self.em * scale, self.pitch * scale
        room = self.width() / em
        indent = self.indent if kind == "body" else 0
        lines = break_text(text, room if kind != "title" else room - 6, indent)
        for n, line in enumerate(lines):
            y = self.advance_line(pitch)
            first = indent * em if n == 0 else 0
            x, size = self.origin() + first, extent(line) * em
            steps = None
            if kind in ("title", "head", "centre"):
                x = self.origin() + (self.width() - size) / 2
            elif kind == "right":
                x = self.origin() + self.width() - size - 2 * em
            elif self.justify and n + 1 < len(lines) and len(line) > 8:
                spare = (self.width() - first - size) / (len(line) - 1)
                steps = [advance(c) * em + spare for c in line]
            self.put(x, y, em, line, steps)
        self.y += self.gap

    def set(self, p, m):
        for i, text in enumerate(p):
            self.paragraph(text, kind_of(p, i, m))
        return self.pages


def centred(y, em, text, x0=0, x1=WIDTH):
    return ((x0 + x1 - extent(text) * em) / 2, y, em, text, 0, None)


def add_numbers(pages, form):
    for n, page in enumerate(pages):
        page.append(centred(280, 4.2, form.format(n + 1, len(pages))))
    return pages


@layout
def plain(p, m):
    return Setter().set(p, m)


@layout
def numbered(p, m):
    return add_numbers(Setter().set(p, m), "— {0} —")


@layout
def running_header(p, m):
    pages = add_numbers(Setter().set(p, m), "第 {0} 页 共 {1} 页")
    for page in pages:
        page.insert(0, centred(18, 3.7, m["site"] + "2026年度建议提案办理答复汇编"))
    return pages


@layout
def running_header_in_body_size(p, m):
    pages = Setter(em=4.2, pitch=7.4).set(p, m)
    for page in pages:
        page.insert(0, (28, 15, 4.2, m["site"], 0, None))
    return add_numbers(pages, "{0}")


@layout
def headers_left_and_right(p, m):
    pages = Setter().set(p, m)
    for n, page in enumerate(pages):
        text = m["site"] + "公报" if n % 2 else "提案办理 2026年第3期"
        page.append((28 if n % 2 else 184 - extent(text) * 3.5, 17, 3.5, text, 0, None))
        page.append((184 - 3.5 if n % 2 else 28, 17, 3.5, str(n + 21), 0, None))
    return pages


@layout
def printed_by_a_browser(p, m):
    pages = Setter(em=4.2, pitch=7.6, left=15, right=195, top=18, bottom=280, gap=2).set(p, m)
    for n, page in enumerate(pages):
        page.insert(0, (10, 9, 2.8, "2026/10/12 09:30", 0, None))
        page.insert(1, centred(9, 2.8, m["site"] + "门户网站"))
        page.append((10, 290, 2.8, "https://www.tongjiang.gov.cn/jyta/art_1229.html", 0, None))
        page.append((192, 290, 2.8, f"{n + 1}/{len(pages)}", 0, None))
    return pages


@layout
def two_columns(p, m):
    setter = Setter(em=4.2, pitch=7.0, left=20, right=190, top=25, bottom=270)
    first = next((i for i in range(len(p)) if kind_of(p, i, m) in ("body", "flush") and i > 0), 1)
    for i in range(first):
        setter.paragraph(p[i], kind_of(p, i, m))
    setter.columns, setter.column_top = 2, setter.y + 4
    setter.y = setter.column_top
    for i in range(first, len(p)):
        setter.paragraph(p[i], kind_of(p, i, m))
    return add_numbers(setter.pages, "· {0} ·")


@layout
def no_indents(p, m):
    return Setter(indent=0, gap=6).set(p, m)


@layout
def ragged_right(p, m):
    setter = Setter(em=4.9, pitch=9)
    setter.justify = False
    return setter.set(p, m)


@layout
def small_pages(p, m):
    return add_numbers(Setter(em=3.7, pitch=6.2, left=20, right=128, top=20, bottom=180).set(p, m), "- {0} -")


@layout
def dense(p, m):
    return Setter(em=4.2, pitch=5.4).set(p, m)


@layout
def vertical_seal(p, m):
    pages = add_numbers(Setter().set(p, m), "- {0} -")
    for i, char in enumerate("政务信息公开专用章"):
        pages[0].append((176, 70 + i * 7.2, 6.4, char, 0, None))
    return pages


@layout
def square_seal(p, m):
    """Over the end of the letter, in larger characters, from right to left."""
    pages = Setter().set(p, m)
    name, y = (m["issuer"] + "之印")[-9:], min(pages[-1][-1][1], 240)
    for i, c in enumerate(name):
        pages[-1].append((150 - (i // 3) * 9.4, y - 13 + (i % 3) * 9.4, 9, c, 0, None))
    return pages


@layout
def ring_seal(p, m):
    """Around the signature: the name on a circle, as a stamp has it."""
    pages = Setter().set(p, m)
    text, radius, cx, cy = m["issuer"], 19.0, 150, min(pages[-1][-1][1], 250)
    span = math.radians(250)
    for i, char in enumerate(text):
        angle = -math.pi / 2 - span / 2 + span * i / (len(text) - 1)  # 0 is to the right, y downwards
        x, y, turn = cx + radius * math.cos(angle), cy + radius * math.sin(angle), angle + math.pi / 2
        em = 4.6
        # the middle of the glyph on the circle, its foot towards the centre
        pages[-1].append((x - em / 2 * math.cos(turn) - em * 0.36 * math.sin(turn),
                          y - em / 2 * math.sin(turn) + em * 0.36 * math.cos(turn), em, char, -math.degrees(turn), None))
    return pages


@layout
def footnotes(p, m):
    setter = Setter()
    setter.floor = {1: 240}
    pages = setter.set(p, m)
    pages[0].append((28, 256, 3.7, "① " + NOTE, 0, None))
    return add_numbers(pages, "— {0} —")


@layout
def watermark(p, m):
    pages = Setter().set(p, m)
    for page in pages:
        for i, char in enumerate("内部资料注意保存"):
            page.insert(0, (40 + i * 16, 220 - i * 16, 14, char, 45, None))
    return pages


@layout
def large_watermark(p, m):
    pages = Setter().set(p, m)
    for page in pages:
        page.append((25, 160, 26, "政务公开", 0, None))
    return pages


# --- PDF ------------------------------------------------------------------------------------------

class Pdf:
    """Chinese text in an Adobe-GB1 font that is not embedded, as old exports have it."""
    WIDTHS = "[1[" + " ".join(["500"] * 95) + "]]"

    def __init__(self):
        self.objects = [b"", b"",
                        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
                        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 5 0 R/DW 1000/W {self.WIDTHS}>>".encode(),
                        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"]
        self.kids = []

    def add(self, body):
        self.objects.append(body)
        return len(self.objects)

    def stream(self, content, dictionary=""):
        return self.add(f"<<{dictionary}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream")

    def page(self, content, resources="", extra="", box=(0, 0, 595.28, 841.89)):
        stream = self.stream(content)
        self.kids.append(self.add((f"<</Type/Page/Parent 2 0 R/MediaBox[{' '.join(map(str, box))}]/Contents {stream} 0 R"
                                   f"/Resources<</Font<</F 3 0 R>>{resources}>>{extra}>>").encode()))

    def bytes(self):
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
        self.objects[1] = f"<</Type/Pages/Count {len(self.kids)}/Kids[{' '.join(f'{k} 0 R' for k in self.kids)}]>>".encode()
        out, places = io.BytesIO(), []
        out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        for number, body in enumerate(self.objects, 1):
            places.append(out.tell())
            out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
        start = out.tell()
        out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{p:010} 00000 n \n".encode() for p in places))
        out.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()


POINT = 72 / 25.4


def show(piece):
    """A piece as PDF operators: TJ with the steps where they are not the glyphs' own."""
    x, y, em, text, angle, steps = piece
    turn = math.radians(angle)
    matrix = f"{math.cos(turn):.5f} {math.sin(turn):.5f} {-math.sin(turn):.5f} {math.cos(turn):.5f} {x * POINT:.3f} {(HEIGHT - y) * POINT:.3f}"
    size = em * POINT
    if steps:
        parts = "".join(f"<{c.encode('utf-16-be').hex()}>{-(s - advance(c) * em) / em * 1000:.1f}" for c, s in zip(text, steps))
        shown = f"[{parts}]TJ"
    else:
        shown = f"<{text.encode('utf-16-be').hex()}>Tj"
    return f"BT /F {size:.3f} Tf {matrix} Tm {shown} ET\n".encode()


def pieces_of(piece):
    """Each character on its own."""
    x, y, em, text, angle, steps = piece
    out, at = [], 0.0
    for i, char in enumerate(text):
        turn = math.radians(-angle)
        out.append((x + at * math.cos(turn), y + at * math.sin(turn), em, char, angle, None))
        at += steps[i] if steps else advance(char) * em
    return [piece for piece in out if piece[3] not in " \u3000"]


@writer
def pdf_lines(pages):
    pdf = Pdf()
    for page in pages:
        pdf.page(b"".join(show(piece) for piece in page))
    return pdf.bytes()


@writer
def pdf_glyphs_backwards(pages):
    pdf = Pdf()
    for page in pages:
        pdf.page(b"".join(show(glyph) for piece in reversed(page) for glyph in reversed(pieces_of(piece))))
    return pdf.bytes()


@writer
def pdf_in_a_form(pages):
    pdf = Pdf()
    for page in pages:
        form = pdf.stream(b"".join(show(piece) for piece in page), "/Type/XObject/Subtype/Form/BBox[0 0 596 842]/Resources<</Font<</F 3 0 R>>>>")
        pdf.page(b"q 1 0 0 1 0 0 cm /X Do Q", f"/XObject<</X {form} 0 R>>")
    return pdf.bytes()


@writer
def pdf_turned(pages):
    """The sheet lies on its side and the page says so."""
    pdf = Pdf()
    for page in pages:
        pdf.page(b"q 0 1 -1 0 841.89 0 cm\n" + b"".join(show(piece) for piece in page) + b"Q", extra="/Rotate 90", box=(0, 0, 841.89, 595.28))
    return pdf.bytes()


@writer
def pdf_cropped(pages):
    pdf = Pdf()
    for page in pages:
        pdf.page(b"q 1 0 0 1 100 50 cm\n" + b"".join(show(piece) for piece in page) + b"Q", extra="/CropBox[100 50 695.28 891.89]", box=(0, 0, 795.28, 941.89))
    return pdf.bytes()


# --- OFD ------------------------------------------------------------------------------------------

def runs_of(steps):
    """DeltaX of all but the last step; repetitions as "g count value"."""
    out, i = [], 0
    steps = [f"{s:.4f}".rstrip("0").rstrip(".") for s in steps]
    while i < len(steps):
        n = 1
        while i + n < len(steps) and steps[i + n] == steps[i]:
            n += 1
        out.append(f"g {n} {steps[i]}" if n > 1 else steps[i])
        i += n
    return " ".join(out)


def steps_of(piece):
    return piece[5] or [advance(c) * piece[2] for c in piece[3]]


class Ofd:
    def __init__(self, prefix="ofd:", root="Doc_0", absolute=True):
        self.prefix, self.root, self.absolute = prefix, root, absolute
        self.parts, self.ids = {}, 100

    def id(self):
        self.ids += 1
        return self.ids

    def xml(self, name, content, attributes=""):
        space = f'xmlns:{self.prefix[:-1]}' if self.prefix else "xmlns"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{self.prefix}{name} {space}="http://www.ofdspec.org/2016"{attributes}>{self.fix(content)}</{self.prefix}{name}>'

    def fix(self, content):
        return re.sub(r"<(/?)~", lambda k: f"<{k.group(1)}{self.prefix}", content)

    def bytes(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return out.getvalue()


def ofd_main(ofd, bodies):
    return ofd.xml("OFD", "".join(f"<~DocBody><~DocInfo><~DocID>{i:032}</~DocID><~Title>答复</~Title><~CreationDate>2026-10-12</~CreationDate><~Creator>WPS</~Creator></~DocInfo><~DocRoot>{body}</~DocRoot></~DocBody>"
                                  for i, body in enumerate(bodies)), ' Version="1.0" DocType="OFD"')


@writer
def ofd_suwell(pages):
    """Absolute places, a TextObject per line, DeltaX with g, CGTransform, header and number in templates."""
    ofd = Ofd()
    root = "/Doc_0"
    ofd.parts["OFD.xml"] = ofd_main(ofd, [root + "/Document.xml"])
    templates = entries = ""
    for n, page in enumerate(pages):
        entries += f'<~Page ID="{ofd.id()}" BaseLoc="{root}/Pages/Page_{n}/Content.xml"/>'
        edge = [p for p in page if p[1] < 20 or p[1] > 275]
        body = [p for p in page if p not in edge]
        template = ""
        if edge:
            number = ofd.id()
            templates += f'<~TemplatePage ID="{number}" BaseLoc="{root}/Tpls/Tpl_{n}/Content.xml"/>'
            template = f'<~Template TemplateID="{number}" ZOrder="Background"/>'
            ofd.parts[f"Doc_0/Tpls/Tpl_{n}/Content.xml"] = ofd.xml("Page", f"<~Content><~Layer ID=\"{ofd.id()}\">{''.join(map(lambda p: suwell_object(ofd, p), edge))}</~Layer></~Content>")
        ofd.parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = ofd.xml(
            "Page", f"<~Area><~PhysicalBox>0 0 210 297</~PhysicalBox></~Area>{template}<~Content><~Layer Type=\"Body\" ID=\"{ofd.id()}\">{''.join(map(lambda p: suwell_object(ofd, p), body))}</~Layer></~Content>")
    ofd.parts["Doc_0/PublicRes.xml"] = ofd.xml("Res", '<~Fonts><~Font ID="1" FontName="仿宋_GB2312" FamilyName="仿宋_GB2312"/></~Fonts>', ' BaseLoc="Res"')
    ofd.parts["Doc_0/Document.xml"] = ofd.xml("Document", f"<~CommonData><~MaxUnitID>9999</~MaxUnitID><~PageArea><~PhysicalBox>0 0 210 297</~PhysicalBox></~PageArea><~PublicRes>PublicRes.xml</~PublicRes>{templates}</~CommonData><~Pages>{entries}</~Pages>")
    ofd.parts["Doc_0/Signs/Signatures.xml"] = ofd.xml("Signatures", "<~MaxSignId>0</~MaxSignId>")
    return ofd.bytes()


def suwell_object(ofd, piece):
    x, y, em, text, angle, _ = piece
    turn = math.radians(-angle)
    rise = em * 0.86
    matrix = f' CTM="{math.cos(turn):.5f} {math.sin(turn):.5f} {-math.sin(turn):.5f} {math.cos(turn):.5f} 0 0"' if angle else ""
    if angle:  # the box begins where the baseline does, so that the matrix turns around it
        box, code_x, code_y = f"{x:.4f} {y:.4f} {em:.4f} {em:.4f}", 0, 0
    else:
        box, code_x, code_y = f"{x:.4f} {y - rise:.4f} {extent(text) * em:.4f} {em:.4f}", 0, rise
    steps = runs_of(steps_of(piece)[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    glyphs = " ".join(str(300 + ord(c) % 5000) for c in text)
    transform = f'<~CGTransform CodePosition="0" CodeCount="{len(text)}" GlyphCount="{len(text)}"><~Glyphs>{glyphs}</~Glyphs></~CGTransform>'
    return (f'<~TextObject ID="{ofd.id()}" Boundary="{box}" Font="1" Size="{em:.4f}"{matrix}><~FillColor Value="0 0 0"/>{transform}'
            f'<~TextCode X="{code_x:.4f}" Y="{code_y:.4f}"{delta}>{escape(text)}</~TextCode></~TextObject>')


@writer
def ofd_wps(pages):
    """No prefix, relative places, a TextObject per character in no order, units of points by a matrix."""
    ofd = Ofd(prefix="")
    ofd.parts["OFD.xml"] = ofd_main(ofd, ["Doc_0/Document.xml"])
    entries = ""
    for n in reversed(range(len(pages))):  # the parts lie in the container in another order than they are read
        glyphs = [g for piece in pages[n] for g in pieces_of(piece)]
        glyphs.sort(key=lambda g: (ord(g[3]) * 7919 % 104729))
        half = len(glyphs) // 2
        blocks = "".join(f'<~PageBlock ID="{ofd.id()}"><~PageBlock ID="{ofd.id()}">{"".join(map(lambda g: wps_object(ofd, g), part))}</~PageBlock></~PageBlock>' for part in (glyphs[:half], glyphs[half:]))
        ofd.parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = ofd.xml("Page", f'<~Area><~PhysicalBox>0 0 210 297</~PhysicalBox></~Area><~Content><~Layer ID="{ofd.id()}">{blocks}</~Layer></~Content>')
    for n in range(len(pages)):
        entries += f'<~Page ID="{900 - n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
    ofd.parts["Doc_0/Document.xml"] = ofd.xml("Document", f"<~CommonData><~MaxUnitID>99999</~MaxUnitID><~PageArea><~PhysicalBox>0 0 210 297</~PhysicalBox></~PageArea></~CommonData><~Pages>{entries}</~Pages>")
    return ofd.bytes()


def wps_object(ofd, piece):
    x, y, em, text, angle, _ = piece
    turn, scale = math.radians(-angle), 25.4 / 72
    matrix = " ".join(f"{v * scale:.6f}" for v in (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn)))
    return (f'<~TextObject ID="{ofd.id()}" CTM="{matrix} 0 0" Boundary="{x:.3f} {y - em * 0.86:.3f} {em:.3f} {em:.3f}" Font="1" Size="{em / scale:.3f}">'
            f'<~TextCode X="0" Y="{em * 0.86 / scale if not angle else 0:.3f}">{escape(text)}</~TextCode></~TextObject>')


@writer
def ofd_foxit(pages):
    """One TextObject with many TextCodes, another prefix, places relative to the page, upper-case names."""
    ofd = Ofd(prefix="fx:", root="DOC_0")
    ofd.parts["OFD.xml"] = ofd_main(ofd, ["./DOC_0/Document.xml"])
    entries = ""
    for n, page in enumerate(pages):
        entries += f'<~Page BaseLoc="Pages/PAGE_{n}/Content.xml" ID="{ofd.id()}"/>'
        straight = [piece for piece in page if not piece[4]]
        codes = ""
        for x, y, em, text, _, steps in straight:
            if abs(em - 5.6) > 0.01:
                continue
            codes += f'<~TextCode X="{x:.3f}" Y="{y:.3f}" DeltaX="{" ".join(f"{s:.3f}" for s in steps_of((x, y, em, text, 0, steps))[:-1])}">{escape(text)}</~TextCode>'
        objects = f'<~TextObject ID="{ofd.id()}" Boundary="0 0 210 297" Font="1" Size="5.6">{codes}</~TextObject>' if codes else ""
        objects += "".join(suwell_object(ofd, piece) for piece in page if piece[4] or abs(piece[2] - 5.6) > 0.01)
        ofd.parts[f"DOC_0/Pages/PAGE_{n}/Content.xml"] = ofd.xml("Page", f'<~Content><~Layer ID="{ofd.id()}" Type="Body">{objects}</~Layer></~Content>')
    ofd.parts["DOC_0/Document.xml"] = ofd.xml("Document", f"<~CommonData><~MaxUnitID>99999</~MaxUnitID><~PageArea><~PhysicalBox>0 0 210.0 297.0</~PhysicalBox><~ApplicationBox>0 0 210 297</~ApplicationBox></~PageArea></~CommonData><~Pages>{entries}</~Pages>")
    return ofd.bytes()
