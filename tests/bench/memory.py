#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Peak memory of dafu-index and dafu-search for inputs of growing size.

    python3 tests/bench/memory.py BUILD_DIR [--scale N] [--work DIR] [CASE...]

Each case is made twice, the second four times as large, and read into a new index: what is bounded
does not grow with it. The largest single replies are just below the limit of a reply, the largest one
that is refused just below that of a document. --scale divides all sizes (8 for a quick look). What is
under way may have 16 MB, and a commit is made every 10,000 passages, so that the smaller input has
reached both bounds already. Exit code 1: something grew that must not.
"""
import argparse
import io
import json
import os
import random
import shutil
import sys
import tempfile
import zipfile

from bench_batch import WORDS, reply

MIB = 1 << 20
DOCX = ('<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
        '2006/main"><w:body>%s</w:body></w:document>')


def paragraphs(size, rng):
    """Different sentences, about so many bytes of them."""
    pool = ["，".join("".join(rng.sample(WORDS, 5)) + str(rng.randrange(10000)) for _ in range(4)) + "。"
            for _ in range(4000)]
    text = rng.choices(pool, k=size // 150)
    return ["关于市政协第7号提案的答复", "王某某委员：", "您提出的提案收悉，现答复如下："] + text


def write(path, content):
    with open(path, "w", encoding="utf-8") as out:
        out.write(content)


def make_text(folder, size, rng):
    write(os.path.join(folder, "one.txt"), "\n".join(paragraphs(size, rng)))


def make_html(folder, size, rng):
    write(os.path.join(folder, "one.html"), "<!DOCTYPE html><html><meta charset=utf-8><body>"
          + "".join(f"<p>{text}</p>\n" for text in paragraphs(size, rng)) + "</body></html>")


def make_docx(folder, size, rng):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs(size * 3 // 4, rng))
    with zipfile.ZipFile(os.path.join(folder, "one.docx"), "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", DOCX % body)


def make_lines(folder, size, rng):
    with open(os.path.join(folder, "all.jsonl"), "w", encoding="utf-8") as out:
        for number in range(size // 700):
            text = reply(number, rng)[:230]
            out.write(json.dumps({"id": f"p{number}", "text": text}, ensure_ascii=False) + "\n")


def make_files(folder, size, rng):
    for number in range(size // 1200):
        below = os.path.join(folder, "%03d" % (number // 500))
        os.makedirs(below, exist_ok=True)
        write(os.path.join(below, "%06d.txt" % number), reply(number, rng))


def make_archive(folder, size, rng):
    with zipfile.ZipFile(os.path.join(folder, "all.zip"), "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(size // 1200):
            out.writestr("%06d.txt" % number, reply(number, rng))


def make_bomb(folder, size, rng):
    """Blanks that inflate to sixteen times the size, in members of 32 MiB."""
    with zipfile.ZipFile(os.path.join(folder, "bomb.zip"), "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(max(1, size * 16 // (32 * MIB))):
            out.writestr("%03d.txt" % number, " " * (32 * MIB))


# name: how it is made, MiB of the smaller one, MB that the larger one may take more
CASES = {
    "text": (make_text, 1.9, None),
    "html": (make_html, 1.9, None),
    "docx": (make_docx, 1.9, None),
    "refused": (make_text, 15.5, None),
    "jsonl": (make_lines, 16, 80),
    "files": (make_files, 4, 80),
    "zip": (make_archive, 4, 80),
    "bomb": (make_bomb, 16, 80),
}


def peak(command):
    """MB of the resident set; the last line that it said."""
    read, out = os.pipe()
    process = os.posix_spawn(command[0], command, os.environ,
                             file_actions=[(os.POSIX_SPAWN_DUP2, out, 2), (os.POSIX_SPAWN_CLOSE, read),
                                           (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    os.close(out)
    with io.open(read, encoding="utf-8", errors="replace") as said:
        lines = said.read().splitlines()
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("failed: " + " ".join(command) + "\n" + "\n".join(lines[-3:]))
    return usage.ru_maxrss / 1024, lines[-1] if lines else ""


def in_child(make, *arguments):
    """What a child is started with counts as its memory, so this program stays small."""
    child = os.fork()
    if not child:
        make(*arguments)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit("failed: " + make.__name__)


def measure(arguments, name, work):
    make, size, room = CASES[name]
    peaks = []
    for times in (1, 4):
        folder, index = os.path.join(work, "in"), os.path.join(work, "index")
        os.mkdir(folder)
        in_child(make, folder, int(size * times * MIB / arguments.scale), random.Random(7))
        indexing, said = peak([f"{arguments.build}/bin/dafu-index", "add", "--memory", "16", "--commit-every", "10000",
                               "--index", index, folder])
        searching, _ = peak([f"{arguments.build}/bin/dafu-search", "--index", index, "--limit", "100",
                             "养老 服务 投资 亿元"])
        print(f"{name:6} {size * times / arguments.scale:7.1f} MiB {indexing:7.0f} MB to index "
              f"{searching:6.0f} MB to search   {said}", flush=True)
        peaks.append(indexing)
        shutil.rmtree(folder)
        shutil.rmtree(index)
    if room is not None and peaks[1] > peaks[0] + room:
        print(f"{name} grows: {peaks[1] - peaks[0]:.0f} MB for four times the input")
        return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--work")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=" ".join(CASES))
    arguments = parser.parse_args()
    good = True
    for name in arguments.cases or CASES:
        with tempfile.TemporaryDirectory(prefix="dafu-memory.", dir=arguments.work) as work:
            good = measure(arguments, name, work) and good
    return 0 if good else 1


sys.exit(main())
