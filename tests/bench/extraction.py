#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of a reply is understood, field by field, and how fast, over all formats.

    extraction.py BUILD [--ocr] [--seconds N] [--list]

Everything goes through BUILD/bin/dafu-index: "inspect --format=json" for accuracy, "convert" for
throughput. Compared are the evaluation set in ../shared/eval/replies where it lies beside the
checkout (its texts, and the variants in other encodings, characters and formats: what Big5 cannot say
is a question mark on both sides), the sample corpus, and the
documents of tests/fixtures, which were made from replies of the corpus; OFD files are made here by
tests/fixtures/make_ofd.py.

A field is right when it equals the gold. Of the paragraphs it is told how many of the gold's came
out as they are, runs of blanks aside, and in how many documents all of them did and nothing else.
--list prints what is wrong. --seconds: how long each format is measured, about (2)."""
import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
EVALUATION = os.path.join(ROOT, "..", "shared", "eval", "replies")
CORPUS = os.path.join(ROOT, "corpus", "replies")
FIXTURES = os.path.join(ROOT, "tests", "fixtures")
FIELDS = ["issuer", "doc_number", "doc_number_raw", "title", "subject", "session", "session_norm", "kind",
          "reply_type", "proposal_no", "date", "area", "addressee", "consulted", "result_class"]

# fixture: the reply that it was made from (tests/fixtures/pdf/README.md)
MADE_FROM = {
    "pdf/letter.pdf": "hengpu-2025-74",
    "pdf/columns.pdf": "weizhou-2026-52",
    "pdf/flush.pdf": "tanchuan-2025-40",
    "pdf/seal.pdf": "tingnan-2026-1386",
    "pdf/ragged.pdf": "tongbu-2026-22",
    "pdf/letterhead.pdf": "yanhu-2026-t014",
    "pdf/page.pdf": "tingnan-2026-1386",
    "word/word.doc": "zhechuan-2025-86",
    "word/text.doc": "tangpu-2025-17",
    "word/word.rtf": "zhechuan-2025-86",
    "word/text.rtf": "tangpu-2025-17",
    "docx/tongbu-2026-22.docx": "tongbu-2026-22",
    "docx/zhechuan-2025-86.docx": "zhechuan-2025-86",
}
SCANS = {"pdf/scan.pdf": "weizhou-2025-188"}
OFD = [("lines", "hengpu-2025-74"), ("glyphs", "tongbu-2026-22"), ("blanks", "zhechuan-2025-86"),
       ("columns", "weizhou-2026-52")]


class Document:
    def __init__(self, path, gold, paragraphs, label, fold=None):
        self.path, self.gold, self.paragraphs, self.label, self.fold = path, gold, paragraphs, label, fold


class Score:
    def __init__(self):
        self.documents = self.failed = self.equal = self.found = self.wanted = 0
        self.right = dict.fromkeys(FIELDS, 0)


class Bench:
    def __init__(self, options):
        self.program = os.path.join(options.build, "bin", "dafu-index")
        self.ocr = ["--ocr"] if options.ocr else []
        self.list, self.seconds = options.list, options.seconds
        self.scores = {}

    def inspect(self, path):
        run = subprocess.run([self.program, "inspect", "--format=json", "--show-contacts"] + self.ocr + [path],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lines = run.stdout.decode().splitlines()
        return json.loads(lines[0]) if len(lines) == 1 else None

    def tell(self, document, what, value, wanted):
        if self.list:
            print(f"  {document.label}: {what}: {value!r}, not {wanted!r}")

    def score(self, group, document):
        score = self.scores.setdefault(group, Score())
        score.documents += 1
        found = self.inspect(document.path)
        if not found:
            score.failed += 1
            score.wanted += len(document.paragraphs)
            self.tell(document, "reading", "failed", "one reply")
            return
        if document.fold:
            found = json.loads(document.fold(json.dumps(found, ensure_ascii=False)))
        for field in FIELDS:
            right = found.get(field) == document.gold.get(field)
            score.right[field] += right
            if not right:
                self.tell(document, field, found.get(field), document.gold.get(field))
        got = [even(p["text"] if isinstance(p, dict) else p) for p in found["paragraphs"]]
        self.compare(score, document, got, [even(p) for p in document.paragraphs])

    def compare(self, score, document, got, wanted):
        matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
        score.found += sum(block.size for block in matcher.get_matching_blocks())
        score.wanted += len(wanted)
        score.equal += got == wanted
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                self.tell(document, "paragraphs", got[c:d], wanted[a:b])

    def print_accuracy(self):
        groups = list(self.scores)
        width = max(len(group) for group in groups) + 2
        print("right of all".ljust(18) + "".join(group.rjust(width) for group in groups))
        for field in FIELDS:
            print(field.ljust(18) + "".join(
                f"{s.right[field]}/{s.documents}".rjust(width) for s in self.scores.values()))
        rows = [("paragraphs", lambda s: f"{s.found}/{s.wanted}"),
                ("all of them", lambda s: f"{s.equal}/{s.documents}"),
                ("not readable", lambda s: str(s.failed))]
        for name, value in rows:
            print(name.ljust(18) + "".join(value(s).rjust(width) for s in self.scores.values()))
        right = sum(sum(s.right.values()) for s in self.scores.values())
        fields = sum(len(FIELDS) * s.documents for s in self.scores.values())
        print(f"fields {100 * right / fields:.2f} %, paragraphs "
              f"{100 * sum(s.found for s in self.scores.values()) / sum(s.wanted for s in self.scores.values()):.2f} %")

    def convert(self, folder):
        start = time.monotonic()
        run = subprocess.run([self.program, "convert", "--show-contacts"] + self.ocr + [folder],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if run.returncode != 0:
            sys.exit(f"{folder}: {run.stderr.decode().strip()}")
        return time.monotonic() - start

    def throughput(self, documents):
        """documents: the files of one format. As many copies as keep it busy."""
        with tempfile.TemporaryDirectory() as folder:
            copies = size = 0
            seconds = 0.0
            while seconds < self.seconds and copies * len(documents) < 20000:
                wanted = 1 if not copies else min(copies * 8, int(copies * 1.3 * self.seconds / seconds) + 1)
                for number in range(copies, wanted):
                    for path in documents:
                        shutil.copy(path, os.path.join(folder, f"{number}-{os.path.basename(path)}"))
                        size += os.path.getsize(path)
                if wanted <= copies:
                    break
                copies = wanted
                seconds = self.convert(folder)
        return copies * len(documents) / seconds, size / seconds / 1e6


def even(text):
    return re.sub(r"[ \t\u3000]+", " ", text).strip()


def read_gold(path):
    with open(path, encoding="utf-8") as file:
        return {os.path.splitext(row["file"])[0]: row for row in map(json.loads, file)}


def evaluation_documents():
    gold = read_gold(os.path.join(EVALUATION, "gold.jsonl"))
    for name in sorted(os.listdir(os.path.join(EVALUATION, "replies"))):
        yield "text", os.path.join(EVALUATION, "replies", name), name, gold[os.path.splitext(name)[0]]
    for name in sorted(os.listdir(os.path.join(EVALUATION, "variants"))):
        yield "variants", os.path.join(EVALUATION, "variants", name), name, gold[name.split(".")[0]]


def opencc(direction, text):
    return subprocess.run(["opencc", "-c", direction], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()


def simplified(text):
    return opencc("t2s", text)


def as_the_file_has_it(label, text):
    """What a file in traditional characters, or in Big5, can say of a text in simplified ones; simplified again."""
    if ".trad." not in label and ".big5." not in label:
        return text
    text = opencc("s2t", text)
    return simplified(text.encode("big5", errors="replace").decode("big5") if ".big5." in label else text)


def take_evaluation(bench):
    if not os.path.isdir(EVALUATION):
        print(f"left out: no {EVALUATION}")
        return []
    documents = []
    for group, path, label, gold in evaluation_documents():
        with open(os.path.join(EVALUATION, "canonical", gold["file"]), encoding="utf-8") as file:
            paragraphs = as_the_file_has_it(label, file.read()).strip().split("\n")
        documents.append(path)
        fold = simplified if group == "variants" else None
        gold = json.loads(as_the_file_has_it(label, json.dumps(gold, ensure_ascii=False)))
        bench.score(group, Document(path, gold, paragraphs, label, fold))
    return documents


def take_fixtures(bench, made):
    gold = read_gold(os.path.join(ROOT, "corpus", "gold.jsonl"))
    original = {}
    for name in sorted(set(made.values())):
        path = os.path.join(CORPUS, name + ".txt")
        original[name] = bench.inspect(path)["paragraphs"]
        bench.score("corpus", Document(path, gold[name], original[name], name))
    for path, name in made.items():
        label = os.path.basename(path)
        bench.score(os.path.splitext(path)[1][1:], Document(path, gold[name], original[name], label))


def make_ofd(bench, folder):
    """The paragraphs of a reply, marked up for make_ofd.py."""
    made = {}
    for style, name in OFD:
        found = bench.inspect(os.path.join(CORPUS, name + ".txt"))
        lines = []
        for text in found["paragraphs"]:
            title = found["title"] and even(text) == even(found["title"])
            right = len(text) < 26 and re.search(r"(局|厅|委员会|政府|办公室|年.+月.+日|号)$", text) and lines
            left = len(lines) < 8 and text.endswith("：") and len(text) < 60
            lines.append(("!" if title else ">" if right else "<" if left else "") + text)
        path = os.path.join(folder, f"{style}.ofd")
        run = subprocess.run([sys.executable, os.path.join(FIXTURES, "make_ofd.py"), style, path],
                             input="\n".join(lines).encode(), stderr=subprocess.PIPE)
        if run.returncode:
            sys.exit(run.stderr.decode())
        made[path] = name
    return made


def print_throughput(bench, files):
    formats = {}
    for path in files:
        formats.setdefault(path.rsplit(".", 1)[1], []).append(path)
    text = None
    print("\n" + "format".ljust(10) + "documents/s".rjust(12) + "MB/s".rjust(9) + "of text".rjust(9))
    for name in sorted(formats, key=lambda name: name != "txt"):
        rate, megabytes = bench.throughput(formats[name])
        text = text or rate
        print(f"{name:10}{rate:12.1f}{megabytes:9.2f}{rate / text:9.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--ocr", action="store_true", help="scans too")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--list", action="store_true", help="what is wrong")
    bench = Bench(parser.parse_args())
    with tempfile.TemporaryDirectory() as folder:
        made = {os.path.join(FIXTURES, path): name for path, name in MADE_FROM.items()}
        made.update(make_ofd(bench, folder))
        files = take_evaluation(bench)
        take_fixtures(bench, made)
        if bench.ocr:
            for path, name in SCANS.items():
                take_scan(bench, os.path.join(FIXTURES, path), name)
        bench.print_accuracy()
        files += [os.path.join(CORPUS, name) for name in sorted(os.listdir(CORPUS))] + list(made)
        if bench.seconds > 0:
            print_throughput(bench, files)


def take_scan(bench, path, name):
    gold = read_gold(os.path.join(ROOT, "corpus", "gold.jsonl"))
    original = bench.inspect(os.path.join(CORPUS, name + ".txt"))["paragraphs"]
    bench.score("scan", Document(path, gold[name], original, os.path.basename(path)))


if __name__ == "__main__":
    main()
