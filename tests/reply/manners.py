#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies in the manner of published ones, and what must be understood of them.

    manners.py DAFU-INDEX [CASE...]

A case (manners/*.case) is what is expected, a line "----", and the text, all written for the
project: places, agencies, people and figures are invented. Expected is `field: value` of "inspect
--format=json"; a list's items are joined by 、, of the session body|area|term|meeting. Besides:
file: the name the text is read under; count: how many paragraphs; para: one of them; section:
marker|heading; role: role|beginning of a passage."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile


def read_case(path):
    head, text = path.read_text(encoding="utf-8").split("----\n", 1)
    wanted = [line.partition(":")[::2] for line in head.splitlines() if line.strip()]
    return [(key, value.strip()) for key, value in wanted], text


def flat(key, value):
    if value is None:
        return ""
    if key == "session_norm":
        return "|".join("" if value[part] is None else str(value[part])
                        for part in ("body", "area", "term", "meeting"))
    return "、".join(value) if isinstance(value, list) else str(value)


def differences(wanted, found):
    sections = [f"{s['marker']}|{s['heading']}" for s in found.get("sections") or []]
    passages = found.get("passages") or []
    for key, value in wanted:
        if key == "section" and value not in sections:
            yield f"no section {value!r} in {sections}"
        elif key == "para" and value not in found["paragraphs"]:
            yield f"no paragraph {value!r} in {found['paragraphs']}"
        elif key == "count" and len(found["paragraphs"]) != int(value):
            yield f"{len(found['paragraphs'])} paragraphs, not {value}: {found['paragraphs']}"
        elif key == "role" and not any(p["role"] == value.split("|")[0] and p["text"].startswith(value.split("|")[1])
                                       for p in passages):
            yield f"no passage {value!r} in {[(p['role'], p['text'][:20]) for p in passages]}"
        elif key not in ("section", "para", "count", "role", "file") and flat(key, found.get(key)) != value:
            yield f"{key} is {flat(key, found.get(key))!r}, not {value!r}"


def check(program, path):
    wanted, text = read_case(path)
    name = dict(wanted).get("file", "reply.txt")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / name
        file.write_text(text, encoding="utf-8")
        run = subprocess.run([program, "inspect", "--format=json", "--show-contacts", str(file)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    lines = run.stdout.decode().splitlines()
    if len(lines) != 1:
        return [f"{len(lines)} replies: {run.stderr.decode().strip()}"]
    return list(differences(wanted, json.loads(lines[0])))


def main():
    program = sys.argv[1]
    folder = pathlib.Path(os.path.abspath(__file__)).parent / "manners"
    paths = [pathlib.Path(path) for path in sys.argv[2:]] or sorted(folder.glob("*.case"))
    wrong = 0
    for path in paths:
        for line in check(program, path):
            wrong += 1
            print(f"{path.name}: {line}")
    print(f"{len(paths)} cases, {wrong} differences")
    sys.exit(wrong > 0 or not paths)


main()
