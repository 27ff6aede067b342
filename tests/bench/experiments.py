#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The experiments behind search/ranking/weights.c: quality, latency and what each part adds.

    experiments.py BUILD [--set NAME]... [--weight NAME=N]... [--against NAME=N]...
                   [--ablation] [--latency] [--fresh] [--work DIR] [--data DIR]

Indexes the development sets once (kept in --work, made anew with --fresh), runs their
queries through BUILD/bin/dafu-search with one configuration, and prints nDCG@10 (gain 2^rel - 1),
MRR@10 and recall at 100, for replies also per type of query, and for halves of the queries (odd and
even lines): a number that helps on one half only was not found but chosen.

--against   compares with another configuration: difference, and the p of a paired randomisation
            test with random signs (10,000 rounds), on both halves, too
--ablation  the same for every row of PARTS: what the ranking is without that part
--latency   median, p95 and p99 of one warm process (needs the target bench_search)"""
import argparse
import collections
import lzma
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
DATA = os.path.join(ROOT, "..", "shared", "eval")
SETS = {  # name: folder, what is indexed, queries
    "stard": ("stard", "corpus.jsonl.xz", "queries.tsv"),
    "cmrc": ("cmrc", "corpus.jsonl.xz", "queries.tsv"),
    "drcd": ("drcd", "corpus.jsonl.xz", "queries.tsv"),
    "drcd-simplified": ("drcd", "corpus.jsonl.xz", "queries_simplified.tsv"),
    "replies": ("replies", "replies", "queries.tsv"),
}
PARTS = [  # name, weights that switch it off
    ("words", ["word=0"]),
    ("bigrams' own weight", ["bigram=0.1"]),
    ("characters", ["character=0"]),
    ("headings above", ["path=0"]),
    ("title", ["title=0"]),
    ("agency", ["issuer=0"]),
    ("place and year", ["area=0", "year=0"]),
    ("other names", ["synonym=0"]),
    ("parent document", ["group=0"]),
    ("its peak", ["group_peak=0", "group=1"]),
    ("headings lowered", ["heading=1"]),
    ("letterhead and frame lowered", ["head=1", "frame=1"]),
    ("shortest length", ["shortest=0"]),
    ("everyday words", ["everyday=0"]),
    ("the place that says most", ["near=0"]),
    ("candidates by length", ["candidate_b=0"]),
    ("what is asked for", ["asked=0"]),
    ("freshness", ["freshness=0"]),
    ("long documents", ["extent=0"]),
    ("repeated passages lowered", ["repeated=0"]),
]
MEASURES = ["nDCG@10", "MRR@10", "R@100"]


def read_qrels(path):
    qrels = collections.defaultdict(dict)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            query, _, document, grade = line.split()
            qrels[query][document] = int(grade)
    return qrels


def score(documents, grades):
    """nDCG@10, MRR@10, recall at 100 of one ranked list."""
    gain = sum((2 ** grades.get(d, 0) - 1) / math.log2(i + 2) for i, d in enumerate(documents[:10]))
    best = sorted((g for g in grades.values() if g > 0), reverse=True)
    ideal = sum((2 ** g - 1) / math.log2(i + 2) for i, g in enumerate(best[:10]))
    first = next((i for i, d in enumerate(documents[:10]) if grades.get(d, 0) > 0), None)
    found = sum(grades.get(d, 0) > 0 for d in documents[:100])
    return (gain / ideal, 0.0 if first is None else 1 / (first + 1), found / len(best))


def p_value(differences, rounds=10000):
    """Paired randomisation: how often random signs give a mean as far from zero."""
    nonzero = [d for d in differences if abs(d) > 1e-12]
    if not nonzero:
        return 1.0
    draw, seen, extreme = random.Random(1), abs(sum(nonzero)) - 1e-9, 0
    for _ in range(rounds):
        bits = draw.getrandbits(len(nonzero))
        total = sum(d if bits >> i & 1 else -d for i, d in enumerate(nonzero))
        extreme += abs(total) >= seen
    return (extreme + 1) / (rounds + 1)


class Experiments:
    def __init__(self, arguments):
        self.build, self.data, self.work = arguments.build, arguments.data, arguments.work
        self.fresh = {folder for folder, _, _ in SETS.values()} if arguments.fresh else set()
        os.makedirs(self.work, exist_ok=True)

    def program(self, name):
        return os.path.join(self.build, name)

    def path(self, name, part):
        return os.path.join(self.data, SETS[name][0], part)

    def index(self, name):
        folder, source, _ = SETS[name]
        index = os.path.join(self.work, folder + ".idx")
        if os.path.isdir(index) and folder not in self.fresh:
            return index
        self.fresh.discard(folder)
        shutil.rmtree(index, ignore_errors=True)
        if source.endswith(".xz"):
            plain = os.path.join(self.work, folder + ".jsonl")
            with lzma.open(self.path(name, source)) as packed, open(plain, "wb") as out:
                shutil.copyfileobj(packed, out)
        else:
            plain = self.path(name, source)
        done = subprocess.run([self.program("bin/dafu-index"), "add", "--index", index, plain],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode > 1:
            sys.exit("cannot index %s: %s" % (name, done.stderr))
        return index

    def run(self, name, weights):
        """{query: (nDCG, MRR, recall)} in the order of the file."""
        topics = self.path(name, SETS[name][2])
        command = [self.program("bin/dafu-search"), "--index", self.index(name), "--topics", topics,
                   "--format=trec"] + ["--weight=" + w for w in weights]
        out = subprocess.run(command, capture_output=True, text=True)
        if out.returncode > 1:
            sys.exit("%s: %s" % (" ".join(command), out.stderr))
        found = collections.defaultdict(list)
        for line in out.stdout.splitlines():
            query, _, document, _, _, _ = line.split()
            found[query].append(document)
        qrels = read_qrels(self.path(name, "qrels.txt"))
        with open(topics, encoding="utf-8") as lines:
            queries = [line.split("\t")[0] for line in lines if line.strip()]
        return {q: score(found[q], qrels[q]) for q in queries
                if any(g > 0 for g in qrels.get(q, {}).values())}

    def latency(self, name, weights):
        out = subprocess.run([self.program("tests/bench_search"), self.index(name),
                              self.path(name, SETS[name][2])] + weights,
                             capture_output=True, text=True, check=True)
        return out.stdout.split("\n", 1)[1].strip().replace("\n", "; ")

    def types(self, rows):
        with open(self.path("replies", "query_types.tsv"), encoding="utf-8") as lines:
            kinds = dict(line.rstrip("\n").split("\t")[:2] for line in lines)
        by_kind = collections.defaultdict(list)
        for query, row in rows.items():
            by_kind[kinds.get(query, "other")].append(row)
        return by_kind


def mean(rows, measure=0):
    rows = list(rows)
    return sum(row[measure] for row in rows) / len(rows) if rows else 0.0


def halves(rows):
    values = list(rows.values())
    return values[0::2], values[1::2]


def print_table(experiments, names, weights, with_latency):
    print("%-24s %5s  %s   halves" % ("set", "n", "  ".join("%7s" % m for m in MEASURES)))
    runs = {}
    for name in names:
        rows = runs[name] = experiments.run(name, weights)
        print("%-24s %5d  %s   %.4f %.4f" %
              ((name, len(rows), "  ".join("%7.4f" % mean(rows.values(), i) for i in range(3))) +
               tuple(mean(half) for half in halves(rows))))
        if name == "replies":
            for kind, some in sorted(experiments.types(rows).items()):
                print("  %-22s %5d  %s" % (kind, len(some),
                                           "  ".join("%7.4f" % mean(some, i) for i in range(3))))
        if with_latency:
            print("  ms: " + experiments.latency(name, weights))
        sys.stdout.flush()
    return runs


def print_difference(label, rows, other):
    """What `other` has more than `rows`."""
    differences = [other[q][0] - rows[q][0] for q in rows]
    recall = mean(other.values(), 2) - mean(rows.values(), 2)
    print("  %-30s %+.4f  p %.4f   halves %+.4f %+.4f   R@100 %+.4f   better %d worse %d" %
          (label, sum(differences) / len(differences), p_value(differences),
           sum(differences[0::2]) / max(1, len(differences[0::2])),
           sum(differences[1::2]) / max(1, len(differences[1::2])), recall,
           sum(d > 1e-12 for d in differences), sum(d < -1e-12 for d in differences)))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--set", action="append", choices=SETS)
    parser.add_argument("--weight", action="append", default=[])
    parser.add_argument("--against", action="append", default=[],
                        help="NAME=N[,NAME=N...]; may be repeated")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--latency", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="index anew")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "dafu-experiments"))
    parser.add_argument("--data", default=DATA)
    arguments = parser.parse_args()
    experiments = Experiments(arguments)
    names = arguments.set or list(SETS)
    runs = print_table(experiments, names, arguments.weight, arguments.latency)
    others = [(text, text.split(",")) for text in arguments.against]
    others += [("without " + name, off) for name, off in PARTS] if arguments.ablation else []
    for name in names if others else []:
        print(name)
        for label, weights in others:
            print_difference(label, runs[name], experiments.run(name, arguments.weight + weights))


if __name__ == "__main__":
    main()
