#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Are passages told apart that promise, report and explain?

    roles.py DAFU-INDEX [--list] [--least PERCENT]

roles.tsv and roles-held.tsv have passages in the manner of replies of many agencies, written for the project, and their
roles: commitment (what will be done), done (what was), background (why it is hard, what the rules
are). The rules of indexer/reply/roles.c were improved on the first; the second was written after that
and has changed nothing (by one hand, which knew the rules: real passages may be harder). Each passage is put into a reply without headings, so that only its own words
can tell. Printed are precision and recall of each role; below --least percent in all of the first
it is a failure."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

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


def measure(program, name, show):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, encoding="utf-8") as file:
        gold = [line.rstrip("\n").split("\t") for line in file if line.strip()]
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
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    accuracy = measure(options.program, "roles.tsv", options.list)
    measure(options.program, "roles-held.tsv", options.list)
    sys.exit(accuracy < options.least)


main()
