#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every part of two or more characters of an indexed text, used as a query, finds its passage.

bench_findability.py BUILD COLLECTION.jsonl.xz [PASSAGES [QUERIES]]

Chooses PASSAGES (10,000) paragraphs of the collection by a fixed seed and asks, through the
analyzer, with all their parts (tests/bench_findability, built by `ninja bench_findability`); then
indexes them and asks QUERIES (2,000) parts of 2 to 30 characters through dafu-search itself, each
of which must have its passage among the results."""
import json
import lzma
import os
import random
import subprocess
import sys
import tempfile
import time


def paragraphs(path):
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                paragraph = paragraph.strip()
                if 10 <= len(paragraph) <= 1000:
                    yield paragraph


def choose(path, count):
    """A reservoir sample of distinct paragraphs."""
    chosen, seen, rng = [], set(), random.Random(1)
    for paragraph in paragraphs(path):
        if paragraph in seen:
            continue
        seen.add(paragraph)
        if len(chosen) < count:
            chosen.append(paragraph)
        elif (place := rng.randrange(len(seen))) < count:
            chosen[place] = paragraph
    return chosen


def is_word_character(character):
    return character.isalnum() and ord(character) > 0x20


def make_queries(passages, count):
    rng = random.Random(2)
    queries = []
    while len(queries) < count:
        number = rng.randrange(len(passages))
        passage = passages[number]
        start = rng.randrange(len(passage) - 1)
        part = passage[start:start + rng.choice([2, 2, 2, 3, 4, 5, 6, 8, 12, 20, 30])]
        pairs = any(is_word_character(a) and is_word_character(b) for a, b in zip(part, part[1:]))
        if pairs and "\t" not in part:
            queries.append((number, part.strip()))
    return queries


def ask(search, index, queries, folder):
    topics = os.path.join(folder, "topics.tsv")
    with open(topics, "w", encoding="utf-8") as out:
        for i, (_, query) in enumerate(queries):
            out.write(f"{i}\t{query}\n")
    run = subprocess.run([search, "--index", index, "--topics", topics, "--format=trec",
                          "--limit=10000"], stdout=subprocess.PIPE, check=False)
    found = set()
    for line in run.stdout.decode().split("\n"):
        if line:
            topic, _, document = line.split()[:3]
            if document == f"p{queries[int(topic)][0]}":
                found.add(int(topic))
    return [query for i, query in enumerate(queries) if i not in found]


def main():
    build, collection = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
    asked = int(sys.argv[4]) if len(sys.argv) > 4 else 2000
    passages = choose(collection, count)
    with tempfile.TemporaryDirectory() as folder:
        text = os.path.join(folder, "passages.txt")
        with open(text, "w", encoding="utf-8") as out:
            out.write("\n".join(passages) + "\n")
        environment = dict(os.environ, DAFU_DATA=os.path.join(build, "share/dafu"))
        analyzer = subprocess.run([os.path.join(build, "tests/bench_findability"), text],
                                  env=environment, check=False)
        lines, index = os.path.join(folder, "p.jsonl"), os.path.join(folder, "index")
        with open(lines, "w", encoding="utf-8") as out:
            for i, passage in enumerate(passages):
                out.write(json.dumps({"id": f"p{i}", "title": f"t{i}", "text": passage},
                                     ensure_ascii=False) + "\n")
        subprocess.run([os.path.join(build, "bin/dafu-index"), "add", "-q", "-i", index, lines],
                       check=True)
        queries = make_queries(passages, asked)
        start = time.time()
        missing = ask(os.path.join(build, "bin/dafu-search"), index, queries, folder)
        print(f"dafu-search: {len(queries)} queries, {len(missing)} do not find their passage, "
              f"{(time.time() - start) * 1000 / len(queries):.1f} ms each with all results")
        for number, query in missing[:10]:
            print(f"  “{query}” of “{passages[number]}”")
    return 1 if missing or analyzer.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
