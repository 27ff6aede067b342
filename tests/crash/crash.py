#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Kills dafu-index at random moments, makes its system calls fail in turn, and looks at what is left.

crash.py kill  --build DIR [--rounds N] [--seed N]    SIGKILL somewhere in add, remove, compact, ...
crash.py fault --build DIR [--rounds N] [--seed N]    one call of one kind fails (fault.c)

One index, or with --shards a collection of them, lives through all rounds. Each round changes the folder of sources, runs one command on
the index and disturbs it. Then must hold:
  - `check` is clean and the index can be searched;
  - a reply that an undisturbed run has stored, and that this command does not touch, is there;
  - a reply is there whole, in its old or in its new form, or (if new or removed) not at all.
Every few rounds the same command is run again to its end: the answers must then be, byte for byte,
those of an index that went through the same commands undisturbed.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from sources import reply_text

KINDS = {"open": 13, "write": 28, "sync": 5, "rename": 5, "mmap": 12, "malloc": 12}
QUERIES = ["加装电梯 补贴", "农村饮水安全怎么保障", "停车", "公交线网优化 下一步", "养老服务设施", "机关:民政局", "古树名木", "“中小企业数字化改造”", "类型:提案 监管"]
SUMMARY = ["年份:1990..2040", "--limit", "5000", "--format=json"]


class World:
    """The sources and the index, and what may be in it."""

    def __init__(self, arguments, folder):
        self.programs = os.path.join(arguments.build, "bin")
        self.fault = arguments.fault
        self.folder = folder
        self.sources = os.path.join(folder, "sources")
        self.index = os.path.join(folder, "index")
        self.twin = os.path.join(folder, "twin")  # goes through the same, undisturbed
        self.is_anew = False  # the index is being made, and may not be there yet
        self.shape = ["--shards", str(arguments.shards)] if arguments.shards else []
        self.rng = random.Random(arguments.seed)
        self.versions = {}  # number -> version in the folder
        self.log = []  # what was done
        self.readings = {}  # (number, version) -> passages
        self.durations = {}  # name of a command -> seconds it takes undisturbed
        self.allowed = {}  # number -> set of versions (None: absent) that the index may show
        os.mkdir(self.sources)

    def program(self, name, *arguments, environment=None, **more):
        variables = dict(os.environ, LC_ALL="C.UTF-8", **(environment or {}))
        return subprocess.run([os.path.join(self.programs, name), *arguments], env=variables,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def path(self, number):
        return os.path.join(self.sources, f"r{number:04d}.txt")

    def write(self, number):
        self.versions[number] = self.versions.get(number, 0) + 1
        with open(self.path(number), "w", encoding="utf-8") as file:
            file.write(reply_text(number, self.versions[number]))

    def change_sources(self, replies):
        """Some new, some changed, some gone; returns the numbers concerned."""
        touched = set(self.rng.sample(range(replies), self.rng.randint(1, max(2, replies // 3))))
        for number in touched:
            if os.path.exists(self.path(number)) and self.rng.random() < 0.3:
                os.remove(self.path(number))
            else:
                self.write(number)
        return touched

    def present(self, number):
        return self.versions[number] if os.path.exists(self.path(number)) else None

    def commands(self):
        """What may be disturbed, by name; the operands behind the index."""
        some = self.rng.sample(sorted(self.versions), min(3, len(self.versions)))
        return {
            "add": [*self.shape, self.sources],
            "add-often": [*self.shape, "--commit-every", "5", self.sources],
            "add-anew": [*self.shape, self.sources],
            "remove": [self.path(number) for number in some],
            "compact": [],
            "reindex": [],
        }

    def answers(self, index):
        """What is found, with scores and order; of what only passes a filter, which is in the order
        in which it was stored, all of it."""
        return [self.program("dafu-search", "--index", index, "--format=json", "--limit", "200",
                             query).stdout for query in QUERIES] + [
            sorted(line[line.index(b'"reply"'):] for line in
                   self.program("dafu-search", "--index", index, *SUMMARY).stdout.splitlines())]

    def stored(self):
        """reply number -> texts of its passages, as the index has them."""
        found = self.program("dafu-search", "--index", self.index, *SUMMARY)
        if found.returncode == 2:
            raise AssertionError("search fails: " + found.stderr.decode())
        replies = {}
        for line in found.stdout.decode().splitlines():
            hit = json.loads(line)
            name = os.path.basename(hit["source"])
            if name.startswith("r") and "paragraph" in hit:
                replies.setdefault(int(name[1:5]), {})[hit["paragraph"]] = hit["text"]
        return replies

    def expected(self, number, version):
        """The passages of this version of the reply, as `inspect` reads it."""
        return self.readings[(number, version)]

    def read_allowed(self):
        wanted = {(number, version) for number, versions in self.allowed.items()
                  for version in versions if version is not None}
        new = sorted(wanted - set(self.readings))
        if not new:
            return
        with tempfile.TemporaryDirectory(dir=self.folder) as alone:
            paths = [os.path.join(alone, f"r{number:04d}-{version}.txt") for number, version in new]
            for path, reply in zip(paths, new):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(reply_text(*reply))
            lines = self.program("dafu-index", "inspect", "--format=json", *paths).stdout.decode()
        for reply, line in zip(new, lines.splitlines(), strict=True):
            passages = json.loads(line)["passages"]
            self.readings[reply] = {p["paragraph"]: p["text"] for p in passages}

    def begin_anew(self):
        shutil.rmtree(self.index, ignore_errors=True)
        self.allowed = {number: {None} for number in self.versions}
        self.is_anew = True

    def is_not_there(self, message):
        """No index; of a collection, no file of it or not all of its shards yet."""
        return b"no index at" in message

    def examine(self):
        checked = self.program("dafu-index", "check", "--index", self.index)
        if self.is_anew and self.is_not_there(checked.stderr):
            return  # not even begun
        self.is_anew = False
        if checked.returncode != 0:
            raise AssertionError("check: " + (checked.stdout + checked.stderr).decode())
        stored = self.stored()
        self.read_allowed()
        for number in set(self.allowed) | set(stored):
            may_be = self.allowed.get(number, {None})
            if number not in stored:
                if None not in may_be:
                    raise AssertionError(f"reply {number} is lost; it may be {may_be}")
                continue
            for version in may_be:
                if version is not None and stored[number] == self.expected(number, version):
                    self.allowed[number] = {version}
                    break
            else:
                raise AssertionError(f"reply {number} is none of {may_be}: "
                                     f"{len(stored[number])} passages, {list(stored[number].values())[4:5]}")


def disturb_by_kill(world, command, operands, duration):
    process = subprocess.Popen(
        [os.path.join(world.programs, "dafu-index"), command, "--index", world.index, *operands],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(world.rng.random() * duration)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def disturb_by_fault(world, command, operands, counts):
    kind = world.rng.choice([kind for kind in KINDS if counts.get(kind)])
    number = world.rng.randint(1, counts[kind])
    setting = f"{kind}:{number}:{KINDS[kind]}" + (":on" if world.rng.random() < 0.3 else "")
    done = world.program("dafu-index", command, "--index", world.index, *operands,
                         environment={"DAFU_FAULT": setting, "LD_PRELOAD": world.fault}, timeout=120)
    world.log.append(f"{command} with {setting}: exit {done.returncode} "
                     + done.stderr.decode(errors="replace")[:300].strip())
    if done.returncode < 0:
        raise AssertionError(f"{command} with {setting} ended by signal {-done.returncode}")
    if done.returncode == 2 and not done.stderr.strip():
        raise AssertionError(f"{command} with {setting} failed without a word")
    return done.returncode == 2


def count_calls(world, command, operands):
    """What the command calls, on a copy that is thrown away."""
    copy = os.path.join(world.folder, "copy")
    log = os.path.join(world.folder, "counts")
    shutil.rmtree(copy, ignore_errors=True)
    if os.path.exists(world.index):
        shutil.copytree(world.index, copy)
    started = time.monotonic()
    world.program("dafu-index", command, "--index", copy, *operands,
                  environment={"DAFU_FAULT_COUNT": log, "LD_PRELOAD": world.fault})
    duration = time.monotonic() - started
    counts = {}
    if os.path.exists(log):
        with open(log, encoding="utf-8") as file:
            counts = {kind: int(number) for kind, number in (line.split() for line in file)}
        os.remove(log)
    shutil.rmtree(copy, ignore_errors=True)
    return counts, duration


def one_round(world, arguments):
    touched = world.change_sources(arguments.replies)
    commands = world.commands()
    if arguments.commands:
        commands = {name: commands[name] for name in arguments.commands.split(",")}
    name = world.rng.choice(sorted(commands))
    operands, command = commands[name], name.split("-")[0]
    if name == "add-anew":
        world.begin_anew()
    for number in world.versions:
        before = world.allowed.get(number, {None})
        if command == "add":
            world.allowed[number] = before | {world.present(number)}
        elif command == "remove" and world.path(number) in operands:
            world.allowed[number] = before | {None}
    if arguments.mode == "kill":
        if name not in world.durations or world.rng.random() < 0.1:
            world.durations[name] = count_calls(world, command, operands)[1]
        hurt = disturb_by_kill(world, command, operands, world.durations[name])
    else:
        hurt = disturb_by_fault(world, command, operands, count_calls(world, command, operands)[0])
    world.examine()
    return name, hurt, touched


def converge(world):
    """To the end now, and an undisturbed index beside it."""
    done = world.program("dafu-index", "add", "--index", world.index, *world.shape, world.sources)
    if done.returncode:
        raise AssertionError("add: " + done.stderr.decode())
    for number in world.versions:
        world.allowed[number] = {world.present(number)}
    world.examine()
    shutil.rmtree(world.twin, ignore_errors=True)
    for index in (world.index, world.twin):
        for command, operands in (("add", [*world.shape, world.sources]), ("compact", [])):
            done = world.program("dafu-index", command, "--index", index, *operands)
            if done.returncode:
                raise AssertionError(f"{command}: " + done.stderr.decode())
    if world.answers(world.index) != world.answers(world.twin):
        raise AssertionError("the answers differ from those of an undisturbed index")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["kill", "fault"])
    parser.add_argument("--build", required=True, help="build folder with bin/")
    parser.add_argument("--fault", help="the library of fault.c (default: BUILD/tests/libdafu_fault.so)")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--replies", type=int, default=24)
    parser.add_argument("--shards", type=int, help="a collection of so many indexes")
    parser.add_argument("--converge-every", type=int, default=10)
    parser.add_argument("--commands", help="only these: add,add-often,add-anew,remove,compact,reindex")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.fault = arguments.fault or os.path.join(arguments.build, "tests", "libdafu_fault.so")
    if not os.path.exists(arguments.fault):
        sys.exit("no such library: " + arguments.fault)

    hurt = {}
    with tempfile.TemporaryDirectory(prefix="dafu-crash.") as folder:
        world = World(arguments, folder)
        for number in range(arguments.replies):
            world.write(number)
        converge(world)
        for number in range(1, arguments.rounds + 1):
            try:
                name, was_hurt, _ = one_round(world, arguments)
                hurt[name] = hurt.get(name, 0) + was_hurt
                if number % arguments.converge_every == 0 or number == arguments.rounds:
                    converge(world)
            except AssertionError as problem:
                kept = tempfile.mkdtemp(prefix="dafu-crash-kept.")
                shutil.copytree(folder, kept, dirs_exist_ok=True)
                print("\n".join(world.log[-arguments.converge_every - 2:]))
                sys.exit(f"round {number}, seed {arguments.seed}: {problem}\nkept in {kept}")
    total = sum(hurt.values())
    print(f"{arguments.rounds} rounds, {total} of them disturbed ("
          + ", ".join(f"{name} {count}" for name, count in sorted(hurt.items())) + "): all sound")


main()
