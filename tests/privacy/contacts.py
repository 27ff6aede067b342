#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies full of contacts go in; every way in which text comes out again is tried, and no name or
number of a contact may be in it: contacts.py PROGRAMS

The ways are not listed by hand alone: a command, a format or a route of the service that the
programs name and this test does not know is a failure.
"""
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest
import urllib.parse
import zipfile

BIN = os.path.abspath(sys.argv[1])

# Nobody has these numbers, and the persons do not exist.
NAMES = ["胡忠忠", "欧阳建国", "殷小红", "戚大伟"]
NUMBERS = ["15824520223", "13900001234"]
OFFICES = ["0600-12345678", "0611-7654321"]  # masked where contacts are, not in running text

LETTER = """云汀市民政局关于市政协九届三次会议第12号提案的答复
张某某委员：
您提出的《关于推进养老服务的提案》收悉。现将办理情况答复如下：
一、已做工作
近年来，我局建成养老服务中心8个，投入资金3200万元，惠及群众2.6万人次。
咨询养老服务可与胡忠忠联系，电话15824520223。
二、下一步打算
下一步，我局将在明年底前新建养老服务中心2个，建设中的问题请拨打13900001234反映。
联系人：胡忠忠、欧阳建国；联系电话：15824520223，0600-12345678
云汀市民政局
2026年3月5日
（联系单位及电话：养老服务科  殷小红  0611-7654321）
"""
LINES = [
    {"id": "line-1", "title": "云汀市养老服务指南",
     "text": "养老服务中心联系人：戚大伟，联系电话：13900001234。"},
    {"id": "line-2", "title": "云汀市养老服务指南",
     "text": "申请养老服务补贴的，联系人胡忠忠，手机15824520223。"},
]
PAGE = """<html><head><title>关于市政协九届三次会议第13号提案的答复</title></head><body>
<h1>云汀市水利局关于市政协九届三次会议第13号提案的答复</h1><p>王某某委员：</p>
<p>您的提案收悉。去年供水管网改造30公里。</p><p>联系人：殷小红 联系电话：０６００－１２３４５６７８</p>
<table><tr><td>联系人</td><td>戚大伟</td></tr><tr><td>联系电话</td><td>15824520223</td></tr></table>
<p>云汀市水利局</p><p>2026年4月1日</p></body></html>
"""
TABLE = "id,title,text\nrow-1,云汀市养老服务热线,养老服务联系人：欧阳建国，电话：13900001234。\n"

QUERIES = ["养老服务", "联系人 联系电话", "联系电话", "中心 手机", "供水管网", *NAMES, *NUMBERS, *OFFICES]


def plain(text):
    """As somebody reads it who looks for a number: no marks, no widths, no blanks, no escapes."""
    text = urllib.parse.unquote(text)
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found.group(1), 16)), text)
    text = re.sub(r"\033\[[0-9;]*m|<[^<>]*>", "", text)
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\-—()（）]", "", text)


class Contacts(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory(prefix="dafu-privacy.")
        cls.folder = cls.work.name
        cls.sources = os.path.join(cls.folder, "sources")
        os.mkdir(cls.sources)
        cls.letter = cls.write("sources/letter.txt", LETTER)
        cls.write("sources/page.html", PAGE)
        cls.write("sources/lines.jsonl",
                  "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES))
        cls.write("sources/table.csv", TABLE)
        with zipfile.ZipFile(os.path.join(cls.sources, "more.zip"), "w") as archive:
            archive.writestr("other.txt", LETTER.replace("第12号", "第14号").replace("8个", "9个"))
        cls.write("sources/broken.docx", "PK 联系人：胡忠忠 15824520223")
        cls.index = os.path.join(cls.folder, "index")
        cls.report = os.path.join(cls.folder, "report.json")
        cls.added = cls.run_program("dafu-index", "add", "-i", cls.index, "--report", cls.report,
                                    cls.sources)

    @classmethod
    def tearDownClass(cls):
        cls.work.cleanup()

    @classmethod
    def write(cls, name, text):
        path = os.path.join(cls.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    @classmethod
    def run_program(cls, program, *arguments, text=""):
        done = subprocess.run([os.path.join(BIN, program), *arguments], input=text.encode(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                              env=dict(os.environ, LC_ALL="C.UTF-8"))
        return done.stdout.decode() + done.stderr.decode()

    def assert_masked(self, text, where, asked="", secrets=(*NAMES, *NUMBERS, *OFFICES)):
        """What the asker has written himself may be repeated to him."""
        bare, own = plain(text), plain(asked)
        for secret in secrets:
            if plain(secret) not in own:
                self.assertNotIn(plain(secret), bare, f"{where}: {secret}\n{text[:2000]}")

    def commands_of(self, program):
        listed = self.run_program(program, "--help").split("ommands")[1]
        return set(re.findall(r"^  ([a-z][a-z-]+)  +\S", listed, re.M)) - {"help"}

    def formats_of(self, *command):
        text = self.run_program(command[0], *command[1:], "--help")
        found = re.search(r"--format[^(]*\(([a-z|]+)\)|--format ([a-z]+(?:\|[a-z]+)+)",
                          text.replace("\n                         ", ""))
        return (found.group(1) or found.group(2)).split("|") if found else [None]

    # ---- dafu-index ----

    def test_every_command_of_dafu_index(self):
        index, sources = ["-i", self.index], self.sources
        self.assertIn("dafu-index: added", self.added)
        ways = {
            "add": [["--dry-run", *index, sources], ["--reread", *index, sources],
                    ["-i", os.path.join(self.folder, "other"), sources]],
            "status": [index, [*index, "--failed"], [*index, "--format=json"]],
            "learn": [[*index, "--limit", "10000"], [*index, "--pairs"]],
            "words": [index], "check": [index], "reindex": [index], "compact": [index],
            "inspect": [[sources], ["--terms", sources]],
            "convert": [[self.letter], [sources]],
            "snapshot": [[*index, os.path.join(self.folder, "copy")]],
            "publish": [index],
            "split": [[*index, "--shards", "2", os.path.join(self.folder, "two")]],
            "merge": [[*index, os.path.join(self.folder, "one")]],
            "remove": [["-i", os.path.join(self.folder, "copy"), sources]],
            "segment": [[]],  # prints what it is given
        }
        for command in sorted(self.commands_of("dafu-index"), key=lambda name: name == "remove"):
            self.assertIn(command, ways, "a command that this test does not know")
            for way in ways[command]:
                answer = self.run_program("dafu-index", command, *way)
                self.assert_masked(answer, f"dafu-index {command} {' '.join(way)}")
        self.assert_masked(self.added, "add")
        with open(self.report, encoding="utf-8") as report:
            self.assert_masked(report.read(), "add --report")

    def test_inspect_as_json(self):
        """Its paragraphs are as they were published, but for persons and their numbers."""
        for terms in ([], ["--terms"]):
            for line in self.run_program("dafu-index", "inspect", "--format=json", *terms,
                                         self.sources).splitlines():
                reply = json.loads(line)
                self.assert_masked("\n".join(reply.pop("paragraphs")), "paragraphs",
                                   secrets=(*NAMES, *NUMBERS))
                self.assert_masked(json.dumps(reply, ensure_ascii=False), "inspect --format=json")

    def test_who_asks_for_contacts_gets_them(self):
        for command in ("inspect", "convert"):
            answer = self.run_program("dafu-index", command, "--show-contacts", self.letter)
            self.assertIn("15824520223", plain(answer), command)

    # ---- dafu-search ----

    def test_every_format_of_every_search(self):
        more = [[], ["--group"], ["--full", "--color=always"], ["--sort=date"],
                ["--facets=all", "--total"], ["--explain"]]
        for query in QUERIES:
            for form in self.formats_of("dafu-search"):
                for options in more if form in ("text", "json") else [[]]:
                    answer = self.run_program("dafu-search", "-i", self.index, f"--format={form}",
                                              "--limit=50", *options, "--", query)
                    self.assert_masked(answer, f"--format={form} {options} {query}", query)
        self.assertIn("养老服务中心", self.run_program("dafu-search", "-i", self.index, "养老服务"))

    def test_every_other_command_of_dafu_search(self):
        hits = self.run_program("dafu-search", "-i", self.index, "--format=json", "--limit=50",
                                "养老服务 OR 供水管网").splitlines()
        replies = sorted({json.loads(line)["reply"] for line in hits})
        self.assertGreaterEqual(len(replies), 5)
        operands = {"commitments": [[query] for query in QUERIES], "figures": [[query] for query in QUERIES],
                    "similar": [[reply] for reply in [*replies, self.letter]],
                    "show": [[reply] for reply in replies],
                    "serve": [], "save": [], "saved": [], "new": []}  # have a test of their own
        for command in self.commands_of("dafu-search"):
            self.assertTrue(command in operands or not self.takes_index(command),
                            f"{command}: a command that this test does not know")
            for form in self.formats_of("dafu-search", command):
                for operand in operands.get(command, []):
                    options = [f"--format={form}"] if form else []
                    answer = self.run_program("dafu-search", command, "-i", self.index, *options,
                                              "--", *operand)
                    self.assert_masked(answer, f"{command} {form} {operand}", " ".join(operand))

    def takes_index(self, command):
        return "--index" in self.run_program("dafu-search", command, "--help")

    def test_saved_searches(self):
        """What a user has saved is his own; what comes of it is not."""
        saved = os.path.join(self.folder, "saved.json")
        for number, query in enumerate(QUERIES):
            said = self.run_program("dafu-search", "save", f"s{number}", "--saved", saved, "-i",
                                    self.index, "--", query)
            self.assert_masked(said, f"save {query}", query)
            for form in self.formats_of("dafu-search", "new"):
                answer = self.run_program("dafu-search", "new", f"s{number}", "--saved", saved,
                                          "--keep", "-i", self.index, f"--format={form}")
                self.assert_masked(answer, f"new --format={form} {query}", query)
        self.assertIn("s0", self.run_program("dafu-search", "saved", "--saved", saved))
        with open(saved, encoding="utf-8") as file:
            self.assert_masked(file.read(), "the file of saved searches", " ".join(QUERIES))

    # ---- the service ----

    def test_every_route_of_the_service(self):
        log = os.path.join(self.folder, "access.log")
        process = subprocess.Popen(
            [os.path.join(BIN, "dafu-search"), "serve", "-i", self.index, "--listen=127.0.0.1:0",
             "--log", log], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            line = process.stderr.readline()
            self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", line).group(1))
            self.walk_service()
        finally:
            process.terminate()
            messages = line + process.stderr.read()
            process.wait(timeout=30)
            process.stderr.close()
        self.assert_masked(messages, "messages of the service")
        with open(log, encoding="ascii") as lines:
            for line in lines:
                asked = re.sub(r"\\x([0-9A-Fa-f]{2})", r"%\1", line)
                self.assert_masked(line, "access log", asked if "?q=" in line else "")

    def get(self, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", target)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def walk_service(self):
        found = json.loads(self.get("/api/search?limit=50&q=" + urllib.parse.quote("养老服务 OR 供水管网")))
        replies = sorted({result["reply"] for result in found["results"]})
        self.assertGreaterEqual(len(replies), 5)
        described = json.loads(self.get("/api/openapi.json"))["paths"]
        known = {"/api/search", "/api/facets", "/api/suggest", "/api/reply/{id}",
                 "/api/similar/{id}", "/api/openapi.json", "/healthz", "/metrics", "/export.csv",
                 "/export.jsonl", "/"}
        by_query = ["/api/search", "/api/facets", "/api/suggest", "/export.csv", "/export.jsonl", "/"]
        self.assertLessEqual(set(described), known, "routes that this test does not know")
        for path in by_query:
            for query in [*QUERIES, "胡", "欧阳", "158", "0600", "hzz", "联"]:
                for more in ("", "&group=reply", "&lang=en"):
                    answer = self.get(f"{path}?q={urllib.parse.quote(query)}{more}")
                    self.assert_masked(answer, f"{path} {query}{more}", query)
        for reply in replies:
            name = urllib.parse.quote(reply, safe="")
            whole = self.get("/api/reply/" + name)
            self.assertTrue("养老服务" in whole or "供水管网" in whole, whole[:500])
            for path in ("/reply/", "/api/reply/", "/api/similar/"):
                for query in ("", "?q=" + urllib.parse.quote("联系人 养老服务")):
                    self.assert_masked(self.get(path + name + query), path + reply)
        for path in ("/metrics", "/healthz", "/api/openapi.json", "/robots.txt", "/nothing"):
            self.assert_masked(self.get(path), path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
