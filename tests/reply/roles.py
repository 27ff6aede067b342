#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Are passages told apart that promise, report and explain?

    roles.py DAFU-INDEX [--list] [--least PERCENT] [--sections FOLDER]

roles.tsv and roles-held.tsv have passages in the manner of replies of many agencies, written for the project, and their
roles: commitment (what will be done), done (what was), background (why it is hard, what the rules
are). The rules of indexer/reply/roles.c were improved on the first; the second was written after that
and has changed nothing; roles-later.tsv, in the short manner of lists and mostly without a word of time, had
changed nothing when its first score was taken (68.3 %; all by one hand, which knew the rules: real passages may be
harder). Each passage is put into a reply without headings, so that only its own words
can tell. Printed are precision and recall of each role; below --least percent in all of the first
it is a failure. --sections does the same with the passages of the replies in a folder, by other people's
hand: the heading of its section of the first level says what a passage is, and is then taken away; only
totals are printed."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HEADINGS = [("commitment", "下步|下一步|今后|打算|接下来|努力方向|下阶段|工作计划|工作举措"), ("background", "困难|问题|不足|原因|短板|瓶颈"),
            ("done", "开展情况|工作情况|基本情况|现状|做法|成效|进展|已")]
HEAD = "关于县政协九届四次会议第37号提案的答复\n\n张某某委员：\n您提出的《关于改善工作的提案》收悉，现答复如下：\n"


def find_roles(program, passages):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "reply.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEAD + "\n\n".join(passages) + "\n")
        run = subprocess.run([program, "inspect", "--format=json", path], stdout=subprocess.PIPE, check=True)
    found = {}
    for passage in json.loads(run.stdout)["passages"]:
        found.setdefault(passage["text"].strip(), passage["role"])
    return found


def read_gold(name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip()]


def gold_of_sections(program, folder):
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".txt"))
    run = subprocess.run([program, "inspect", "--format=json", *files], stdout=subprocess.PIPE, check=False)
    gold = []
    for line in run.stdout.decode("utf-8").splitlines():
        reply = json.loads(line)
        tops = [(s["paragraph"], s["heading"]) for s in reply["sections"] if s["level"] == 1]
        for passage in reply["passages"]:
            above = [heading for paragraph, heading in tops if paragraph < passage["paragraph"]]
            role = next((role for role, words in HEADINGS if above and re.search(words, above[-1])), None)
            text = re.sub("^([（(]?[一二三四五六七八九十\\d]+[）)、.．]+)+", "", passage["text"].strip())
            if role and passage["path"] and passage["role"] in ("commitment", "done", "background") and len(text) > 15:
                gold.append([role, text])
    return gold


def measure(program, name, gold, show):
    found = find_roles(program, [text for _, text in gold])
    pairs = [(role, found.get(text, "(cut)"), text) for role, text in gold]
    for role, got, text in pairs:
        if show and role != got:
            print(f"{got}, not {role}: {text}")
    for role in ("commitment", "done", "background"):
        right = sum(a == b == role for a, b, _ in pairs)
        wanted, given = sum(a == role for a, _, _ in pairs), sum(b == role for _, b, _ in pairs)
        print(f"{role:12} precision {100 * right / max(given, 1):5.1f} %  recall {100 * right / wanted:5.1f} %  of {wanted}")
    accuracy = 100 * sum(a == b for a, b, _ in pairs) / len(pairs)
    print(f"{name}: {accuracy:.1f} % of {len(pairs)} right")
    return accuracy


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("--list", action="store_true", help="what is wrong")
    parser.add_argument("--sections", metavar="FOLDER", help="with replies as texts")
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    accuracy = measure(options.program, "roles.tsv", read_gold("roles.tsv"), options.list)
    measure(options.program, "roles-held.tsv", read_gold("roles-held.tsv"), options.list)
    measure(options.program, "roles-later.tsv", read_gold("roles-later.tsv"), options.list)
    if options.sections:
        measure(options.program, options.sections, gold_of_sections(options.program, options.sections), False)
    sys.exit(accuracy < options.least)


main()
