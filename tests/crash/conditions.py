#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dafu-index and dafu-search where the system itself is in trouble.

conditions.py NAME --build DIR     one of the functions below that are named check_...
Exit code 77: it cannot be tried here, and why.
"""
import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading

from sources import reply_text

SKIPPED = 77
ALL = "年份:1990..2040"


class Programs:
    def __init__(self, build):
        self.patience, self.now = 120, ""  # seconds; what is being tried
        self.folder = os.path.join(build, "bin")
        self.data = os.path.join(build, "share", "dafu")

    def run(self, name, *arguments, environment=None, **more):
        variables = dict(os.environ, LC_ALL="C.UTF-8", **(environment or {}))
        try:
            return subprocess.run([os.path.join(self.folder, name), *arguments], env=variables,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  timeout=self.patience, **more)
        except subprocess.TimeoutExpired:
            sys.exit(f"failed: {name} {arguments} does not end; {self.now}")

    def add(self, index, *paths, **more):
        return self.run("dafu-index", "add", "--index", index, *paths, **more)

    def passages(self, index, *more):
        return self.run("dafu-search", "--index", index, "--limit", "5000", "--format=trec", ALL,
                        *more).stdout.count(b"\n")


def require(condition, *what):
    if not condition:
        sys.exit("failed: " + " ".join(str(part) for part in what))


def require_message(done, *, code=2):
    """It ended by itself, with the code and one line that says why."""
    message = done.stderr.decode()
    require(done.returncode == code, "exit code", done.returncode, "instead of", code, message)
    require(message.strip(), "no message")


def require_clean(programs, index):
    done = programs.run("dafu-index", "check", "--index", index)
    require(done.returncode == 0, "check:", (done.stdout + done.stderr).decode())


def write_replies(folder, first, count, version=1):
    os.makedirs(folder, exist_ok=True)
    for number in range(first, first + count):
        with open(os.path.join(folder, f"r{number:05d}.txt"), "w", encoding="utf-8") as file:
            file.write(reply_text(number, version))
    return folder


def check_full_disk(programs, work):
    """A small disk runs full while replies are added; with more room, the same run goes through."""
    disk = os.path.join(work, "disk")
    os.mkdir(disk)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "dafu-test", disk],
                             stderr=subprocess.PIPE)
    if mounted.returncode:
        print("skipped: no file system can be mounted here")
        sys.exit(SKIPPED)
    try:
        index = os.path.join(disk, "index")
        first = write_replies(os.path.join(work, "first"), 0, 10)
        many = write_replies(os.path.join(work, "many"), 100, 1500)
        require(programs.add(index, first).returncode == 0, "ten replies do not fit")
        before = programs.passages(index)
        require_message(programs.add(index, many))
        require_clean(programs, index)
        require(programs.passages(index, "加装电梯") >= 0 and programs.passages(index) >= before,
                "something is lost")
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
        require(programs.add(index, many).returncode == 0, "with more room it fails, too")
        require_clean(programs, index)
        other = os.path.join(work, "other")
        programs.add(other, first)
        programs.add(other, many)
        require(programs.passages(index) == programs.passages(other), "not the same passages")
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def check_read_only_disk(programs, work):
    """A disk that cannot be written can be searched, and refuses to be written with a message."""
    disk = os.path.join(work, "disk")
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "dafu-test", disk], stderr=subprocess.PIPE).returncode:
        print("skipped: no file system can be mounted here")
        sys.exit(SKIPPED)
    try:
        index = os.path.join(disk, "index")
        sources = write_replies(os.path.join(work, "sources"), 0, 5)
        require(programs.add(index, sources).returncode == 0, "cannot add")
        before = programs.passages(index)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        write_replies(sources, 5, 5)
        require_message(programs.add(index, sources))
        require_message(programs.run("dafu-index", "remove", "--index", index, sources))
        require(programs.passages(index) == before, "other answers")
        require_clean(programs, index)
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def check_few_descriptors(programs, work):
    """With few file descriptors it works, or says that it cannot; what is stored stays."""
    index = os.path.join(work, "index")
    sources = write_replies(os.path.join(work, "sources"), 0, 10)
    require(programs.add(index, sources).returncode == 0, "cannot add")
    before = programs.passages(index)
    for count in range(4, 40):
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
        write_replies(sources, 1000 + count, 1)
        for done in (programs.add(index, sources, preexec_fn=few),
                     programs.run("dafu-search", "--index", index, "电梯", preexec_fn=few)):
            require(done.returncode in (0, 1, 2), count, "descriptors: ended by", done.returncode)
            require(done.returncode != 2 or done.stderr.strip(), count, "descriptors: no message")
        require_clean(programs, index)
        require(programs.passages(index) >= before, count, "descriptors: something is lost")


def check_two_writers(programs, work):
    """Of two writers one waits or is told; both together lose nothing."""
    index = os.path.join(work, "index")
    folders = [write_replies(os.path.join(work, f"part{part}"), part * 1000, 60) for part in range(4)]
    results = []

    def write(folder):
        results.append(programs.add(index, "--commit-every", "7", folder))

    threads = [threading.Thread(target=write, args=(folder,)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    require(any(done.returncode == 0 for done in results), "nobody could write")
    for done in results:
        if done.returncode:
            require_message(done)
    require_clean(programs, index)
    for folder in folders:
        require(programs.add(index, folder).returncode == 0, "cannot add afterwards")
    require_clean(programs, index)
    other = os.path.join(work, "other")
    require(programs.add(other, *folders).returncode == 0, "cannot add to another index")
    require(programs.passages(index) == programs.passages(other), "not the same passages")


def check_reader_beside_writer(programs, work):
    """A hundred commits while somebody reads: every answer is one of before or after a commit."""
    index = os.path.join(work, "index")
    sources = os.path.join(work, "sources")
    write_replies(sources, 0, 4)
    require(programs.add(index, sources).returncode == 0, "cannot add")
    problems, stop, asked = [], threading.Event(), [0]

    def read():
        least = 0
        while not stop.is_set():
            done = programs.run("dafu-search", "--index", index, "--limit", "5000", "--format=trec", ALL)
            count = done.stdout.count(b"\n")
            asked[0] += 1
            if done.returncode or count < least:
                problems.append(f"exit {done.returncode}, {count} passages after {least}: "
                                + done.stderr.decode())
            least = max(least, count)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(4, 104):
        write_replies(sources, number, 1)
        done = programs.add(index, sources)
        require(done.returncode == 0, done.stderr.decode())
    stop.set()
    reader.join()
    require(not problems, problems[:3])
    require(asked[0] >= 10, "nobody asked")
    require_clean(programs, index)


def check_snapshots_beside_writer(programs, work):
    """Snapshots of three shards while somebody commits: each is one commit of all of them. Every commit
    brings six replies, takes away six and writes six others again."""
    index, sources, size, kept = os.path.join(work, "index"), os.path.join(work, "sources"), 6, 10
    write_replies(sources, 0, size)
    require(programs.add(index, "--shards", "3", sources).returncode == 0, "cannot add")
    stop, problems, states = threading.Event(), [], set()

    def replies_of(commit):
        return {*range(size), *range(max(size, (commit - kept) * size), commit * size)}

    def write():
        for commit in range(2, 400):
            if stop.is_set():
                return
            write_replies(sources, (commit - 1) * size, size)
            write_replies(sources, 0, size, version=commit)
            for gone in replies_of(commit - 1) - replies_of(commit):
                os.remove(os.path.join(sources, f"r{gone:05d}.txt"))
            done = programs.add(index, sources)
            if done.returncode:
                problems.append("cannot add beside snapshots: " + done.stderr.decode())
                return

    def examine(copy):
        require_clean(programs, copy)
        found = programs.run("dafu-search", "--index", copy, "--limit", "5000", "--format=json", ALL)
        numbers, versions = set(), set()
        for line in found.stdout.splitlines():
            hit = json.loads(line)
            number = int(os.path.basename(hit["source"])[1:6])
            numbers.add(number)
            if number < size and "稿" in hit["text"]:
                versions.add(int(hit["text"].rsplit("第", 1)[1].split("稿")[0]))
        states.update(versions)
        if len(versions) != 1 or numbers != replies_of(max(versions)):
            problems.append(f"replies {sorted(numbers)} of versions {sorted(versions)}")

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(30):
        copy = os.path.join(work, f"copy{number}")
        done = programs.run("dafu-index", "snapshot", "--index", index, copy)
        if done.returncode:
            problems.append("no snapshot: " + done.stderr.decode())
        if problems:
            break
        examine(copy)
        shutil.rmtree(copy, ignore_errors=True)
    stop.set()
    writer.join()
    require(not problems, problems[:3])
    require(len(states) >= 5, "only", len(states), "states were met")
    print("30 snapshots of", len(states), "commits")


def check_clock_jumps(programs, work):
    """Files and index from the future or from 1970: nothing is lost, and changes are seen."""
    index = os.path.join(work, "index")
    sources = write_replies(os.path.join(work, "sources"), 0, 6)
    for number, time in enumerate((0, 4102444800, 1, 2 ** 31 - 1, 2 ** 31, 86400)):
        path = os.path.join(sources, f"r{number:05d}.txt")
        os.utime(path, (time, time))
    require(programs.add(index, sources).returncode == 0, "cannot add")
    before = programs.passages(index)
    require(before > 0, "nothing stored")
    write_replies(sources, 3, 1, version=2)
    os.utime(os.path.join(sources, "r00003.txt"), (5, 5))
    require(programs.add(index, sources).returncode == 0, "cannot add again")
    found = programs.run("dafu-search", "--index", index, "--format=json", "--limit", "500", ALL)
    require("第2稿".encode() in found.stdout, "a changed file with an old date is not seen")
    require_clean(programs, index)


def flip_bytes(path, positions):
    with open(path, "rb") as file:
        content = file.read()
    for position in positions:
        if position < len(content):
            damaged = bytearray(content)
            damaged[position] ^= 0xFF
            with open(path, "wb") as file:
                file.write(damaged)
            yield position
    with open(path, "wb") as file:
        file.write(content)


def check_damaged_lexicon(programs, work):
    """Each byte of the lexicon's head flipped, and some of the others: told, or harmless."""
    index = os.path.join(work, "index")
    require(programs.add(index, write_replies(os.path.join(work, "s"), 0, 3)).returncode == 0, "add")
    data = os.path.join(work, "data")
    shutil.copytree(programs.data, data)
    lexicon = os.path.join(data, "lexicon.dafu")
    size = os.path.getsize(lexicon)
    told = 0
    for position in flip_bytes(lexicon, [*range(0, 256), *range(1000, size, size // 40)]):
        done = programs.run("dafu-search", "--index", index, "电梯", environment={"DAFU_DATA": data})
        require(done.returncode in (0, 1, 2), "byte", position, "ended by", done.returncode)
        if done.returncode == 2:
            require(done.stderr.strip(), "byte", position, "no message")
            told += 1
    require(told > 100, "only", told, "damages were noticed")


def check_damaged_index(programs, work):
    """Bytes of every file of an index flipped: a message or an answer, never a crash."""
    index = os.path.join(work, "index")
    require(programs.add(index, write_replies(os.path.join(work, "s"), 0, 8)).returncode == 0, "add")
    programs.patience = 30
    files = [os.path.join(folder, name) for folder, _, names in os.walk(index) for name in names]
    tried = noticed = 0
    for path in sorted(files):
        size = os.path.getsize(path)
        for position in flip_bytes(path, [*range(0, min(size, 64)), *range(64, size, max(1, size // 24))]):
            programs.now = f"byte {position} of {path}"
            searched = programs.run("dafu-search", "--index", index, "电梯")
            checked = programs.run("dafu-index", "check", "--index", index)
            tried += 1
            noticed += checked.returncode != 0
            for done in (searched, checked):
                require(done.returncode in (0, 1, 2), path, "byte", position, "ended by", done.returncode)
                require(done.returncode != 2 or done.stderr.strip(), path, position, "no message")
    require(noticed > tried // 4, "only", noticed, "of", tried, "damages were noticed by check")
    require_clean(programs, index)
    print(tried, "damages,", noticed, "noticed by check")


def main():
    checks = {name[6:]: function for name, function in globals().items() if name.startswith("check_")}
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(checks))
    parser.add_argument("--build", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dafu-conditions.") as work:
        checks[arguments.name](Programs(arguments.build), work)


main()
