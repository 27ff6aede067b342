#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How an index grows: python3 tests/bench/growth.py BUILD LAWS.jsonl.xz QUESTIONS.tsv [PASSAGES]

Makes PASSAGES (2,000,000) passages of the collection of laws, builds them as 1, 2, 4 and 8 shards,
and asks a service over each (one client, no answers remembered): seconds to build, bytes, the median
and 99th percentile of a question and of a few words, and what both cost of processors. At the end the shards of the last are
asked again, each from a xapian-tcpsrv on this machine. Writes growth.tsv and growth.svg into the
folder that it runs in; what it builds goes to growth.work there.

--only build|ask   one half, so that the other can wait for a quiet hour
--keep             leave growth.work there; what is in it is not built again

The passages are the same in every run and on every machine: round r takes each article again, and
by a generator seeded with r and the article's place exchanges a third of its numbers and every
twentieth of its characters for others of the collection, by their frequency. So frequencies of
characters stay what they are in statutes, and the vocabulary grows as texts with errors and names
make it grow."""
import argparse
import http.client
import json
import lzma
import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

SHARDS = (1, 2, 4, 8)
ASKED = 200


def articles(path):
    """Paragraphs of the laws, each a passage."""
    found = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            law = json.loads(line)
            parts = [part.strip() for part in law["text"].split("\n")]
            for number, part in enumerate(parts):
                if len(part) >= 20:
                    found.append({"id": "%s#%d" % (law["id"], number), "title": law["title"],
                                  "text": part})
    return found


def perturbed(text, seed, pool):
    chance = random.Random(seed)
    out = []
    for character in text:
        if character.isdigit() and chance.random() < 0.33:
            character = str(chance.randrange(10))
        elif "\u4e00" <= character <= "\u9fff" and chance.random() < 0.05:
            character = pool[chance.randrange(len(pool))]
        out.append(character)
    return "".join(out)


def generate(source, count, path):
    han = [c for one in source[::97] for c in one["text"] if "\u4e00" <= c <= "\u9fff"]
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            turn, place = divmod(number, len(source))
            one = dict(source[place])
            if turn:
                one["id"] = "%s~%d" % (one["id"], turn)
                one["text"] = perturbed(one["text"], turn * 1000003 + place, han)
            out.write(json.dumps(one, ensure_ascii=False) + "\n")


def keywords(source):
    chance = random.Random(7)
    found = []
    while len(found) < ASKED:
        pieces = re.findall("[\u4e00-\u9fff]{4,8}", chance.choice(source)["text"])
        if len(pieces) > 1:
            found.append(" ".join(piece[:4] for piece in chance.sample(pieces, 2)))
    return found


def questions(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines][:ASKED]


def busy(groups):
    """Milliseconds of processors that these process groups have had."""
    ticks = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name, encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[2]) in groups:
            ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def ask(port, lines, groups):
    times = []
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for turn in range(2):  # the first time is for the system to have read what is needed
        before = busy(groups)
        for line in lines:
            started = time.perf_counter()
            connection.request("GET", "/api/search?q=" + urllib.parse.quote(line))
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                sys.exit("%d for %s" % (answer.status, line))
            if turn:
                times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return (times[len(times) // 2], times[len(times) * 99 // 100],
            (busy(groups) - before) / len(lines))


def measure(programs, index, sets, servers=()):
    service = subprocess.Popen(
        [programs + "/dafu-search", "serve", "--index", index, "--listen", "127.0.0.1:0", "--cache",
         "0", "--threads", "1", "--search-seconds", "60"], stderr=subprocess.PIPE, text=True,
        start_new_session=True)
    groups = {service.pid, *(server.pid for server in servers)}
    try:
        port = int(re.search(r":(\d+)/", service.stderr.readline()).group(1))
        return [ask(port, lines, groups) for lines in sets]
    finally:
        service.terminate()
        service.wait()


def size_of(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder)
               for name in names)


def plot(rows, path, passages):
    panels = (("build, s: clock and processors", 1, 2), ("size, MB", 3),
              ("a question, ms: median and p99", 4, 5), ("some words, ms: median and p99", 7, 8),
              ("ms of processors: question, words", 6, 9))
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="1170" height="215" '
           'font-family="sans-serif" font-size="11">',
           "<!-- SPDX-License-Identifier: GPL-2.0-or-later -->",
           '<rect width="1170" height="215" fill="white"/>',
           '<text x="10" y="16">%s passages in shards (the last: each shard from a server), by '
           'tests/bench/growth.py</text>' % format(passages, ",")]
    for number, (title, *columns) in enumerate(panels):
        left, top = 10 + number * 232, 60
        most = max(row[column] for row in rows for column in columns) or 1
        out.append('<text x="%d" y="%d" font-weight="bold">%s</text>' % (left, top - 20, title))
        width = 212 / (len(rows) * len(columns))
        for place, row in enumerate(rows):
            for which, column in enumerate(columns):
                height = 120 * row[column] / most
                x = left + (place * len(columns) + which) * width
                out.append('<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>' % (
                    x, top + 120 - height, width - 3, height, ("#27548a", "#d08c2f")[which]))
                out.append('<text x="%.1f" y="%.1f" font-size="8" text-anchor="middle">%s</text>' % (
                    x + width / 2 - 1.5, top + 117 - height,
                    "%.0f" % row[column] if row[column] >= 100 else "%.3g" % row[column]))
            out.append('<text x="%.1f" y="%d" text-anchor="middle">%s</text>' % (
                left + (place + .5) * len(columns) * width, top + 136, row[0]))
    out.append("</svg>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


def built(programs, work, shards):
    """Seconds that it took by the clock and of the processors, perhaps in a run before; megabytes."""
    index, note = "%s/%d" % (work, shards), "%s/%d.seconds" % (work, shards)
    if not os.path.exists(note):
        shutil.rmtree(index, ignore_errors=True)
        started, before = time.time(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([programs + "/dafu-index", "add", "-q", "--index", index, "--shards",
                        str(shards), work + "/in.jsonl"], check=True)
        seconds, after = time.time() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        subprocess.run([programs + "/dafu-index", "compact", "--index", index], check=True,
                       stderr=subprocess.DEVNULL)
        with open(note, "w", encoding="utf-8") as out:
            print(seconds, busy, size_of(index) / 1e6, file=out)
    with open(note, encoding="utf-8") as lines:
        return tuple(float(word) for word in lines.read().split())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measure_served(programs, work, shards, sets):
    """The same, each shard with a server."""
    index, listed = "%s/%d" % (work, shards), work + "/served"
    subprocess.run([programs + "/dafu-index", "publish", "--index", index], check=True)
    servers = []
    try:
        with open(listed, "w", encoding="utf-8") as out:
            print("# collection of dafu", file=out)
            for number in range(shards):
                port = free_port()
                servers.append(subprocess.Popen(
                    ["xapian-tcpsrv", "--quiet", "--port", str(port), "--interface", "127.0.0.1",
                     "%s/shard-%d/passages" % (index, number + 1)], start_new_session=True))
                print("127.0.0.1:%d" % port, file=out)
        time.sleep(1)
        return measure(programs, listed, sets, servers), size_of(index) / 1e6
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def row_of(name, seconds, busy, size, times):
    row = (name, seconds, busy, size, *times[0], *times[1])
    print("%s: %.0f s (%.0f of processors), %.0f MB, questions %.1f ms (p99 %.1f, %.1f of processors), "
          "keywords %.1f (%.1f, %.1f)" % row, flush=True)
    return row


def ask_all(programs, work, sets):
    rows = []
    for shards in SHARDS:
        rows.append(row_of(str(shards), *built(programs, work, shards),
                           measure(programs, "%s/%d" % (work, shards), sets)))
    if shutil.which("xapian-tcpsrv"):
        seconds, busy, _ = built(programs, work, SHARDS[-1])
        times, size = measure_served(programs, work, SHARDS[-1], sets)
        rows.append(row_of("%d served" % SHARDS[-1], seconds, busy, size, times))
    return rows


def write(rows, passages):
    with open("growth.tsv", "w", encoding="utf-8") as out:
        out.write("shards\tbuild_s\tcpu_s\tMB\tquestions_ms\tp99\tcpu\tkeywords_ms\tp99\tcpu\n")
        for row in rows:
            out.write("\t".join([row[0]] + ["%.4g" % value for value in row[1:]]) + "\n")
    plot(rows, "growth.svg", passages)


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("build")
    reader.add_argument("laws")
    reader.add_argument("questions")
    reader.add_argument("passages", type=int, nargs="?", default=2000000)
    reader.add_argument("--only", choices=("build", "ask"))
    reader.add_argument("--keep", action="store_true")
    options = reader.parse_args()
    if not os.path.exists(options.laws) or not os.path.exists(options.questions):
        print("skipped: no collection of laws, or no questions")
        return
    programs, work = os.path.abspath(options.build) + "/bin", "growth.work"
    if not options.keep and not options.only:
        shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work, exist_ok=True)
    source = articles(options.laws)
    sets = questions(options.questions), keywords(source)
    if not os.path.exists(work + "/in.jsonl"):
        generate(source, options.passages, work + "/making.jsonl")
        os.rename(work + "/making.jsonl", work + "/in.jsonl")
        print("text: %.1f MB" % (os.path.getsize(work + "/in.jsonl") / 1e6), flush=True)
    del source
    if options.only == "build":
        for shards in SHARDS:
            print(shards, "shards: %.0f s (%.0f of processors), %.0f MB" % built(programs, work, shards), flush=True)
        return
    write(ask_all(programs, work, sets), options.passages)
    if not options.keep:
        shutil.rmtree(work)


main()
