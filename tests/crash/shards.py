#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A run over the shards of a collection is done in all of them or in none: shards.py --build DIR

A run of `add` is killed before each of its renames in turn (with --every also before each write and
fsync), so also between the commits of one shard and the next. Then the files are as they were before,
or as they were for that run, and another run comes: the answers must be those of a collection that no
run was killed on. In between each shard is sound, none may be written alone when others are not where
it is, and a snapshot is the whole collection before the run or after it."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from sources import reply_text

SHARDS, REPLIES = 3, 8
QUERIES = ["停车", "加装电梯 补贴", "养老服务设施"]
EVERYTHING = ["年份:1990..2040", "--limit", "5000", "--format=json"]


class World:
    def __init__(self, arguments, folder):
        self.programs = os.path.join(arguments.build, "bin")
        self.fault = os.path.join(arguments.build, "tests", "libdafu_fault.so")
        self.folder = folder
        self.sources, self.index = os.path.join(folder, "sources"), os.path.join(folder, "index")
        self.killed = 0
        os.mkdir(self.sources)

    def run(self, *words, environment=None, good=True):
        done = subprocess.run([os.path.join(self.programs, words[0]), *words[1:]],
                              env=dict(os.environ, LC_ALL="C.UTF-8", **(environment or {})),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if good and done.returncode not in (0, 1):
            sys.exit("%s: %d: %s" % (" ".join(words), done.returncode, done.stderr.decode()))
        return done

    def add(self, **more):
        return self.run("dafu-index", "add", "-q", "--index", self.index, self.sources, **more)

    def answers(self, index=None):
        """Of the living alone: the dead have a share in the scores until the index is compacted."""
        index = index or self.index
        self.run("dafu-index", "compact", "--index", index)
        found = [self.run("dafu-search", "--index", index, "--format=json", "--limit", "200",
                          query).stdout for query in QUERIES]
        everything = self.run("dafu-search", "--index", index, *EVERYTHING).stdout
        return found + [sorted(line[line.index(b'"reply"'):] for line in everything.splitlines())]

    def keep(self, *names):
        """What lies there is as it is now when `back` is called."""
        for name in names:
            kept = os.path.join(self.folder, "kept-" + name)
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(os.path.join(self.folder, name), kept)

    def back(self, *names):
        for name in names:
            shutil.rmtree(os.path.join(self.folder, name), ignore_errors=True)
            shutil.copytree(os.path.join(self.folder, "kept-" + name),
                            os.path.join(self.folder, name))


def write(world, number, version):
    with open(os.path.join(world.sources, "r%04d.txt" % number), "w", encoding="utf-8") as file:
        file.write(reply_text(number, version))


def change(world):
    """One reply new in each shard, most likely; some others, some gone."""
    for number in range(REPLIES, REPLIES + 6):
        write(world, number, 1)
    for number in (0, 1, 2):
        write(world, number, 2)
    os.remove(os.path.join(world.sources, "r0003.txt"))


def count(world, kinds):
    log = os.path.join(world.folder, "counts")
    world.add(environment={"DAFU_FAULT_COUNT": log, "LD_PRELOAD": world.fault})
    with open(log, encoding="utf-8") as lines:
        counts = dict(line.split() for line in lines)
    return [(kind, number) for kind in kinds for number in range(1, int(counts[kind]) + 1)]


def killed(world, kind, number):
    done = world.add(environment={"DAFU_FAULT": "%s:%d:0" % (kind, number),
                                  "LD_PRELOAD": world.fault}, good=False)
    world.killed += done.returncode == -9
    checked = world.run("dafu-index", "check", "--index", world.index, good=False)
    if checked.returncode:
        sys.exit("killed before %s %d: %s" % (kind, number, checked.stderr.decode()))


def alone(world):
    """What a shard that waits for the others says to one who writes it alone, or nothing at all."""
    said = [world.run("dafu-index", "compact", "--index", "%s/shard-%d" % (world.index, shard + 1),
                      good=False).stderr.decode() for shard in range(SHARDS)]
    return [line for line in said if "cut short" in line]


def copied(world):
    """The answers of a snapshot, which is sound and waits for nothing."""
    copy = os.path.join(world.folder, "copy")
    shutil.rmtree(copy, ignore_errors=True)
    world.run("dafu-index", "snapshot", "--index", world.index, copy)
    world.run("dafu-index", "check", "--index", copy)
    return world.answers(copy)


def main():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--build", required=True)
    reader.add_argument("--every", action="store_true")
    arguments = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="dafu-shards.") as folder:
        world = World(arguments, folder)
        for number in range(REPLIES):
            write(world, number, 1)
        world.run("dafu-index", "add", "-q", "--shards", str(SHARDS), "--index", world.index,
                  world.sources)
        world.keep("index", "sources")
        before = world.answers()
        change(world)
        moments = count(world, ("rename", "write", "sync") if arguments.every else ("rename",))
        after, refused, copies = world.answers(), 0, [0, 0]
        for place, (kind, number) in enumerate(moments):
            world.back("index", "sources")
            change(world)
            killed(world, kind, number)
            copy = copied(world)
            if copy not in (before, after):
                sys.exit("killed before %s %d: a snapshot is neither of before nor of after"
                         % (kind, number))
            copies[copy == after] += 1
            refused += bool(alone(world)) if place % 2 else 0
            if place % 3:
                world.back("sources")
            world.add()
            if world.answers() != (before if place % 3 else after):
                sys.exit("killed before %s %d: other answers%s"
                         % (kind, number, ", the files being as before" if place % 3 else ""))
    print("%d of %d runs killed, %d met shards that waited for others, snapshots %d of before and %d of "
          "after: all sound" % (world.killed, len(moments), refused, *copies))
    if world.killed < len(moments) or not refused or not all(copies):
        sys.exit("not all runs were killed, or never between shards")


main()
