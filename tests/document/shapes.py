#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies of the corpus in the shapes in which agencies publish them: is the same read?

    shapes.py DAFU-INDEX [--kind html|docx|pages|typeset|unseen] [--only NAME]... [--every N] [--list]
              [--keep FOLDER] [--least PERCENT]

Every reply of corpus/replies is read as text; its paragraphs are put into each shape of shapes_html.py
and the modules beside it, which share nothing with the readers; the file is read, and fields and
paragraphs are compared. What a page itself adds (its own title above a reply without one, a date of
publication where the reply has none) is no difference. --list prints what differs, but not of the
shapes that are kept for totals. typeset needs other programs, some of them slow: --keep has their files
made once."""
import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import shapes_docx  # noqa: E402
import shapes_html  # noqa: E402
import shapes_pages  # noqa: E402
import shapes_typeset  # noqa: E402
import shapes_unseen  # noqa: E402

REPLIES = os.path.normpath(os.path.join(HERE, "..", "..", "corpus", "replies"))
FIELDS = ["issuer", "doc_number", "title", "subject", "session_norm", "kind", "reply_type", "proposal_no", "date",
          "addressee", "consulted", "result_class", "copy_to", "area"]


def inspect(program, paths):
    run = subprocess.run([program, "inspect", "--format=json", *paths], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    read = {}
    for line in run.stdout.decode("utf-8").splitlines():
        reply = json.loads(line)
        read.setdefault(reply["id"].split("#")[0], []).append(reply)
    return read, run.stderr.decode("utf-8")


def even(text):
    return re.sub(" ?> ?", ">", re.sub(r"[ \t\u3000]+", " ", text))


def facts_of(reply):
    return {"title": reply["title"] or "关于提案办理情况的答复", "site": "桐江市人民政府", "issuer": reply["issuer"] or "桐江市住房和城乡建设局",
            "number": reply["doc_number"] or "", "published": "2026-10-12", "index": "00451873X/2026-01865"}


def differences(original, reply, added):
    out = []
    for field in FIELDS:
        if original[field] != reply[field] and not (field in ("title", "issuer", "area", "date") and original[field] is None):
            out.append(f"{field}: {reply[field]}, not {original[field]}")
    wanted, got = [even(p) for p in original["paragraphs"]], [even(p) for p in reply["paragraphs"]]
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "insert" and (original["title"] not in wanted and got[c:d] in ([original["title"]], [facts_of(original)["title"]])
                                 or all(any(note in p for note in added) for p in got[c:d])):
            continue  # the page's own title, a footnote
        if kind != "equal":
            out.append("paragraphs: " + " / ".join(got[c:d])[:110] + "  NOT  " + " / ".join(wanted[a:b])[:110])
    return out


def all_shapes(kind):
    """Name, extension, function of a list of (paragraphs, facts)."""
    def each(make):
        return lambda replies: [make(p, m) for p, m in replies]
    for name, make in shapes_html.SHAPES.items() if kind in (None, "html") else ():
        yield name, ".html", each(make)
    for name, make in shapes_docx.SHAPES.items() if kind in (None, "docx") else ():
        yield "docx_" + name, ".docx", each(make)
    for name, write in shapes_pages.WRITERS.items() if kind in (None, "pages") else ():
        for look, place in shapes_pages.LAYOUTS.items():
            if name.startswith("pdf") and not shutil.which("pdftotext"):
                continue
            if name in ("pdf_lines", "ofd_suwell") or look in ("running_header", "two_columns"):
                yield f"{name}-{look}", "." + name[:3], each(lambda p, m, place=place, write=write: write(place(p, m)))
    for name, (extension, make) in shapes_unseen.SHAPES.items() if kind == "unseen" else ():
        if extension != ".pdf" or shutil.which("pdftotext"):
            yield name, extension, each(make)
    for name, make in shapes_typeset.SHAPES.items() if kind == "typeset" else ():
        yield name, ".pdf", make


def make_files(folder, name, extension, make, originals):
    """Path of each file -> the reply it was made of. Files that are there are not made again."""
    targets = {os.path.join(folder, f"{name}-{os.path.basename(path)[:-4]}{extension}"): replies[0] for path, replies in originals.items()}
    if not all(map(os.path.exists, targets)):
        made = make([([re.sub("  +", lambda room: "\u3000" * min(len(room.group()), 3), p) for p in original["paragraphs"]], facts_of(original))
                     for original in targets.values()])
        for target, data in zip(targets, made):
            page, beside = data if isinstance(data, tuple) else (data, {})
            for path, content in {target: page, **{os.path.join(folder, beside_name): content for beside_name, content in beside.items()}}.items():
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
    return targets


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--kind", choices=["html", "docx", "pages", "typeset", "unseen"])
    parser.add_argument("--only", action="append", help="shapes whose name begins so")
    parser.add_argument("--every", type=int, default=1, help="each so manyth reply")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    files = sorted(os.path.join(REPLIES, name) for name in os.listdir(REPLIES))[::options.every]
    originals, _ = inspect(options.program, files)
    good = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, extension, make in all_shapes(options.kind):
            if options.only and not any(name.startswith(only) for only in options.only):
                continue
            made = make_files(options.keep or folder, name, extension, make, originals)
            read, complaints = inspect(options.program, list(made))
            right, refusal = 0, shapes_unseen.REFUSED.get(name)
            for target, original in made.items():
                replies = read.get(target, [])
                if refusal:  # in one line
                    said = [line for line in complaints.splitlines() if target in line]
                    found = [] if not replies and len(said) == 1 and refusal in said[0] else [f"not refused: {said}"]
                    complaints = "\n".join(line for line in complaints.splitlines() if found or line not in said)
                else:
                    found = differences(original, replies[0], [shapes_pages.NOTE, "印章"]) if len(replies) == 1 else [f"{len(replies)} replies"]
                right += not found
                for line in found if options.list and name not in shapes_typeset.HELD else []:
                    print(f"  {os.path.basename(target)}: {line}")
            print(f"{name:36} {right:3} of {len(made)}" + (f"  {complaints.strip()[:200]}" if complaints else ""))
            good, total = good + right, total + len(made)
    if not total:
        parser.error("no such shape" + "".join(f" '{only}'" for only in options.only or []))
    print(f"{good} of {total} read like their text: {100 * good / total:.1f} %")
    sys.exit(100 * good / total < options.least)


main()
