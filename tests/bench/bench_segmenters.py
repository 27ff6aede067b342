#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dafu's analysis beside python3-jieba and ICU on the same text, one thread, in one run.

bench_segmenters.py BUILD COLLECTION.jsonl.xz [MEGABYTES]

Uses tests/bench_analysis and tests/bench_icu of the build folder (`ninja bench_analysis bench_icu`;
the latter only where libicu-dev is installed) and Debian's python3-jieba. Lines are CPU time
without start-up, peak memory with it. The lexicon's opening is measured warm, and cold with its
pages dropped from the cache (posix_fadvise)."""
import json
import lzma
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

JIEBA_MEGABYTES = 2  # it takes seconds per megabyte


def sample(path, size, out):
    done = 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                if paragraph.strip():
                    done += out.write(paragraph.strip().encode() + b"\n")
            if done >= size:
                return


def run(command, environment):
    """Output and peak memory in MB of a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return done.stdout.decode(), max(before, after) / 1024


JIEBA = r"""
import sys, time, resource
sys.path.insert(0, "/usr/lib/python3/dist-packages")
import jieba, logging
jieba.setLogLevel(logging.ERROR)
start = time.process_time()
jieba.initialize()
load = time.process_time() - start
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
size = sum(len(line.encode()) + 1 for line in lines)
for name, hmm in (("jieba, HMM", True), ("jieba, no HMM", False)):
    start = time.process_time()
    words = sum(len(jieba.lcut(line, HMM=hmm)) for line in lines)
    print(f"{name}\t{size / 1e6 / (time.process_time() - start):.3f}\t{words}")
print(f"open\t{load * 1000:.0f}\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
"""


def measure_jieba(text, folder):
    part = os.path.join(folder, "part.txt")
    with open(text, "rb") as source, open(part, "wb") as out:
        out.write(source.read(JIEBA_MEGABYTES * 1000000).rsplit(b"\n", 1)[0])
    try:
        done = subprocess.run(["/usr/bin/python3", "-c", JIEBA, part], stdout=subprocess.PIPE,
                              check=True)
    except (OSError, subprocess.CalledProcessError):
        print("jieba: not installed (python3-jieba)")
        return []
    rows = [line.split("\t") for line in done.stdout.decode().strip().split("\n")]
    print(f"jieba: opened in {rows[-1][1]} ms, {rows[-1][2]} MB")
    return [(name, float(speed)) for name, speed, _ in rows[:-1]]


def measure_icu(build, text):
    program = os.path.join(build, "tests/bench_icu")
    if not os.path.exists(program):
        print("ICU: not built (libicu-dev, ninja bench_icu)")
        return []
    output, _ = run([program, text], os.environ)
    print("ICU: " + output.strip().replace("\n", "; "))
    return [("ICU word iterator", float(re.search(r"([\d.]+) MB/CPU-s", output).group(1)))]


def drop_pages(path):
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure_opening(build, environment, folder):
    """`dafu-index segment` of one word: the whole program, lexicon opened and touched."""
    lexicon = os.path.join(build, "share/dafu/lexicon.dafu")
    program = os.path.join(build, "bin/dafu-index")
    tiny = os.path.join(folder, "tiny.txt")
    with open(tiny, "wb") as out:
        out.write("政策\n".encode())
    for name, prepare in (("cold", lambda: drop_pages(lexicon)), ("warm", lambda: None)):
        best_open, best_run = 1e9, 1e9
        for _ in range(5):
            prepare()
            output, _ = run([os.path.join(build, "tests/bench_analysis"), tiny, "1"], environment)
            best_open = min(best_open, float(re.search(r"open ([\d.]+) ms", output).group(1)))
            prepare()
            start = time.perf_counter()
            subprocess.run([program, "segment"], env=environment, input="政策\n".encode(),
                           stdout=subprocess.DEVNULL, check=True)
            best_run = min(best_run, (time.perf_counter() - start) * 1000)
        print(f"dafu: lexicon opened {name} in {best_open:.2f} ms, "
              f"a whole run for one word takes {best_run:.1f} ms (best of 5)")


def main():
    build, collection = sys.argv[1:3]
    megabytes = float(sys.argv[3]) if len(sys.argv) > 3 else 20
    environment = dict(os.environ, DAFU_DATA=os.path.join(build, "share/dafu"))
    with tempfile.TemporaryDirectory() as folder:
        text = os.path.join(folder, "sample.txt")
        with open(text, "wb") as out:
            sample(collection, megabytes * 1e6, out)
        size = os.path.getsize(text) / 1e6
        print(f"{size:.1f} MB of text, {JIEBA_MEGABYTES} MB of it for jieba")
        measure_opening(build, environment, folder)
        output, memory = run([os.path.join(build, "tests/bench_analysis"), text], environment)
        print(f"dafu: {memory:.0f} MB, the text and its tokens' scratch included")
        rows = [("dafu, " + match.group(1).strip(), float(match.group(2)))
                for match in re.finditer(r"^(.+?) +([\d.]+) MB/CPU-s", output, re.M)]
        ours = dict(rows)["dafu, normalise + words"]
        rows += measure_jieba(text, folder) + measure_icu(build, text)
    print(f"\n{'':28}{'MB/CPU-s':>10}  words of dafu are faster by")
    for name, speed in rows:
        print(f"{name:28}{speed:10.2f}{ours / speed:14.1f} ×")


if __name__ == "__main__":
    main()
