# SPDX-License-Identifier: GPL-2.0-or-later
"""The service from outside: HTTP, limits, hostile clients, signals."""
import gzip
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import unittest

from running import BIN, CORPUS, Running, Service, raw, url

TOKEN = "a-token-of-some-length"


class Http(Running):
    def test_the_same_results_as_the_command_line(self):
        printed = subprocess.run(
            [f"{BIN}/dafu-search", "--index", self.service.index, "--format=json", "养老 补贴"],
            check=True, capture_output=True, text=True).stdout
        expected = [json.loads(line) for line in printed.splitlines()]
        answer = self.service.json("/api/search", q="养老 补贴")
        self.assertGreater(len(expected), 3)
        self.assertEqual(answer["query"], "养老 补贴")
        for result, line in zip(answer["results"], expected, strict=True):
            shown = subprocess.run(  # the key of a reply is its name on the command line, too
                [f"{BIN}/dafu-search", "show", "--index", self.service.index, "--format=json",
                 result["reply"]], check=True, capture_output=True, text=True).stdout
            self.assertEqual(json.loads(shown)["reply"], line["reply"])
            line["reply"] = result["reply"]
            line["source"] = os.path.basename(line["source"])
            line["sources"] = [os.path.basename(source) for source in line["sources"]]
        self.assertEqual(answer["results"], expected)

    def test_pages_of_results_fit_together(self):
        whole = self.service.json("/api/search", q="产业", limit=20)["results"]
        parts = [self.service.json("/api/search", q="产业", limit=7, offset=offset)["results"]
                 for offset in (0, 7, 14)]
        self.assertEqual([r["docno"] for r in whole], [r["docno"] for p in parts for r in p][:20])

    def test_a_head_has_the_headers_of_its_get_and_no_body(self):
        target = url("/api/search", q="养老")
        status, head, body = self.service.get(target, method="HEAD")
        _, headers, whole = self.service.get(target)
        self.assertEqual((status, body), (200, b""))
        for name in ("Content-Length", "Content-Type", "ETag", "Content-Security-Policy"):
            self.assertEqual(head[name], headers[name], name)
        self.assertEqual(int(headers["Content-Length"]), len(whole))

    def test_an_answer_that_did_not_change_is_not_sent_again(self):
        target = url("/api/search", q="养老")
        _, headers, _ = self.service.get(target)
        status, again, body = self.service.get(target, If_None_Match=headers["ETag"])
        self.assertEqual((status, body), (304, b""))
        self.assertEqual(again["ETag"], headers["ETag"])

    def test_gzip_where_it_is_welcome(self):
        target = url("/api/search", q="养老")
        _, _, plain = self.service.get(target)
        _, headers, packed = self.service.get(target, Accept_Encoding="gzip")
        self.assertEqual(headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed), plain)
        self.assertLess(len(packed), len(plain) / 2)

    def test_many_requests_on_one_connection(self):
        data = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 50
        self.assertEqual(raw(self.service, data).count(b"HTTP/1.1 200 OK"), 50)

    def test_no_answer_lets_a_script_in(self):
        for target in ("/", "/nowhere", "/api/nowhere", url("/", q="养老"), "/metrics"):
            _, headers, _ = self.service.get(target)
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_a_bad_request_is_answered_with_its_reason(self):
        for target, code, word in (
                ("/nowhere", 404, "page"), ("/%00", 400, "control"), ("/?q=%ff", 400, "UTF-8"),
                ("/?q=%4", 400, "escape"), ("/api/search", 400, "query"),
                ("/api/nowhere", 404, "path"), ("/api/", 404, "path"),
                ("/api/search?q=%ff", 400, "UTF-8"), ("/api/search?q=%4", 400, "escape"),
                (url("/api/search", q="a", limit="x"), 400, "limit"),
                (url("/api/search", q="a", limit=101), 400, "limit"),
                (url("/api/search", q="a", offset=10001), 400, "offset"),
                (url("/api/search", q="字" * 700), 400, "longer")):
            status, headers, body = self.service.get(target)
            self.assertEqual(status, code, target)
            self.assertIn(word, body.decode(), target)
            if target.startswith("/api"):
                self.assertEqual(headers["Content-Type"], "application/json")
                self.assertIn("message", json.loads(body)["error"])

    def test_only_get_and_head_without_a_body(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            status, headers, _ = self.service.get("/", method=method)
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"), method)
        self.assertEqual(self.service.get("/", body=b"x" * 100)[0], 413)
        answer = raw(self.service, b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   b"5\r\nhello\r\n0\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 413"), answer[:80])

    def test_malformed_requests_do_no_harm(self):
        for data in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"\x00\xff\xfe" * 100,
                     b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nno colon here\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\n folded: 1\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100),
                     b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
            answer = raw(self.service, data)
            self.assertNotIn(b" 200 OK", answer.split(b"\r\n")[0], data[:40])
            self.assertEqual(self.service.get("/healthz")[0], 200, data[:40])

    def test_an_address_of_a_megabyte_is_refused(self):
        answer = raw(self.service, b"GET /?q=" + b"a" * (1 << 20) + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 414"), answer[:80])
        answer = raw(self.service, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100000 + b"\r\n\r\n")
        self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 431"), answer[:80])
        self.assertEqual(self.service.get("/healthz")[0], 200)
        self.assertEqual(self.service.get("/?q=" + "a" * 9000)[0], 414)

    def test_metrics_are_prometheus_text(self):
        self.service.get("/nowhere")
        _, headers, body = self.service.get("/metrics")
        self.assertIn("version=0.0.4", headers["Content-Type"])
        for line in body.decode().splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? '
                                   r'[0-9.e+-]+)$')
        self.assertRegex(body.decode(), r'dafu_requests_total\{route="other",code="404"\} [1-9]')
        series = [line.rsplit(" ", 1)[0] for line in body.decode().splitlines()
                  if not line.startswith("#")]
        self.assertEqual(len(series), len(set(series)), "a series twice")

    def test_the_access_log_is_in_combined_format(self):
        self.service.get(url("/api/search", q='"养老"'), User_Agent='evil" \x1b')
        deadline = time.time() + 10
        while not any("evil" in line for line in self.service.log()) and time.time() < deadline:
            time.sleep(0.02)
        for line in self.service.log():
            self.assertRegex(line, r'^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] '
                                   r'"\w+ [^" ]+ HTTP/\d\.\d" \d{3} \d+ "[^"]*" "[^"]*"$')
        self.assertTrue(any(r"evil\x22 \x1B" in line for line in self.service.log()))


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def page(self, path="/", language="zh-CN", **parameters):
        status, headers, body = self.service.get(url(path, **parameters), Accept_Language=language)
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")
        return body.decode()

    def links(self, page):
        import html
        return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', page)]

    def test_chinese_first_english_where_it_is_preferred(self):
        self.assertIn('lang="zh-CN"', self.page(language=""))
        self.assertIn('lang="zh-CN"', self.page(language="zh-TW,en;q=0.5"))
        english = self.page(language="en-GB", q="养老")
        self.assertIn('lang="en"', english)
        self.assertIn("passages", english)
        self.assertIn("件答复", self.page(q="养老"))

    def test_nothing_from_elsewhere_and_nothing_inline(self):
        for page in (self.page(), self.page(q="养老")):
            self.assertNotRegex(page, r'(src|href|action)="(https?:)?//')
            self.assertNotRegex(page, r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=")

    def test_filters_years_order_and_groups_are_links_that_lead_where_they_say(self):
        page = self.page(q="养老 服务")
        filters = [link for link in self.links(page) if re.search(r"[?&](agency|year|role)=", link)]
        self.assertGreater(len(filters), 5)
        counts = dict(re.findall(r'href="([^"]*)"><span class="value">[^<]*</span> '
                                 r'<span class="count">([\d,]+)', page))
        self.assertGreater(len(counts), 5)
        for link, count in list(counts.items())[:8]:
            narrowed = self.service.get("/" + link.replace("&amp;", "&"), Accept_Language="zh")
            self.assertIn(f'<b>{count}</b> 段', narrowed[2].decode(), link)
        year = next(link for link in filters if "year=" in link)
        self.assertIn('class="chips"', self.service.get("/" + year)[2].decode())

    def test_the_same_filters_give_the_same_results_in_the_api(self):
        answer = self.service.json("/api/search", q="养老 服务", role="done", year=["2024", "2025"],
                                   facets="all", limit=50)
        self.assertGreater(len(answer["results"]), 3)
        self.assertTrue(all(r["role"] == "done" and r["date"][:4] in ("2024", "2025")
                            for r in answer["results"]))
        self.assertEqual(answer["total"], len(answer["results"]))
        self.assertTrue(answer["total_exact"])
        grouped = self.service.json("/api/search", q="养老 服务", group="reply")
        self.assertGreater(len(grouped["results"][0]["passages"]), 0)
        only = self.service.json("/api/facets", q="养老 服务", role="done", year=["2024", "2025"])
        self.assertEqual(only["facets"], self.service.json(
            "/api/search", q="养老 服务", role="done", year=["2024", "2025"], facets="all")["facets"])
        self.assertEqual(only["results"], [])

    def test_unknown_values_are_said(self):
        for parameters in ({"sort": "up"}, {"group": "all"}, {"year": "abc"}, {"from": "x"},
                           {"facets": "colour"}):
            status, _, body = self.service.get(url("/api/search", q="a", **parameters))
            self.assertEqual(status, 400, parameters)

    def test_what_a_query_says_stays_text(self):
        for evil in ('"><script>alert(1)</script>', "'onfocus=alert(1) x='", "</title><img src=x>",
                     "<svg/onload=alert(1)>", '&quot;><b>'):
            page = self.page(q=evil)
            self.assertFalse(evil in page, evil)
            self.assertFalse("<script>" in page or "<img" in page or "<svg/" in page, evil)
        links = self.links(self.page(q="javascript:alert(1)"))
        self.assertFalse(any(link.startswith("javascript") for link in links))

    def test_an_export_is_the_list_of_results(self):
        import csv
        import io
        status, headers, body = self.service.get(url("/export.csv", q="养老 服务", role="done"))
        self.assertEqual(status, 200)
        self.assertIn("attachment", headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
        status, headers, body = self.service.get(url("/export.jsonl", q="养老 服务", role="done"))
        lines = [json.loads(line) for line in body.decode().splitlines()]
        self.assertGreater(len(rows), 5)
        self.assertEqual([row["docno"] for row in rows], [line["docno"] for line in lines])
        self.assertEqual(rows[0]["text"], lines[0]["text"])

    def test_the_state_survives_a_new_query(self):
        page = self.page(q="养老", role="done", sort="date", group="reply")
        for name, value in (("role", "done"), ("sort", "date"), ("group", "reply")):
            self.assertIn(f'<input type="hidden" name="{name}" value="{value}">', page)

    def test_assets_are_kept_by_their_version(self):
        page = self.page()
        for link in re.findall(r'"(/assets/[^"]+)"', page):
            status, headers, body = self.service.get(link)
            self.assertEqual(status, 200, link)
            self.assertIn("immutable", headers["Cache-Control"])
            self.assertNotIn("immutable", self.service.get(link.split("?")[0])[1]["Cache-Control"])
        self.assertEqual(self.service.get("/assets/../page.c")[0], 404)


class Folders(unittest.TestCase):
    def test_no_answer_says_where_anything_lies_or_whom_to_call(self):
        """Every link of the page and every path of the API, of replies by path, archive and id."""
        import tempfile
        import zipfile
        with tempfile.TemporaryDirectory(prefix="dafu-secret-") as folder:
            deep = os.path.join(folder, "secret-folder", "deeper")
            os.makedirs(deep)
            names = sorted(os.listdir(CORPUS))
            for name in names:
                with open(os.path.join(CORPUS, name), "rb") as file:
                    data = file.read()
                with open(os.path.join(deep, name), "wb") as file:
                    file.write(data)
            os.mkdir(os.path.join(deep, "twin"))
            with open(os.path.join(deep, "twin", "same.txt"), "wb") as file:
                file.write(data)
            with zipfile.ZipFile(os.path.join(deep, "archive.zip"), "w") as archive:
                archive.writestr("inside/one.txt", "关于猕猴桃种植的答复\n\n猕猴桃种植面积达到三千亩。\n")
            with open(os.path.join(deep, "short.txt"), "w", encoding="utf-8") as file:
                file.write("猕猴桃今年丰收。")
            with open(os.path.join(deep, "contact.txt"), "w", encoding="utf-8") as file:
                file.write("关于对市政协第88号提案的答复\n\n李明委员：\n\n猕猴桃产业已经形成。\n\n"
                           "联系人：欧阳晓峰；联系电话：0574-87651234，13857412345\n\n"
                           "苇州市农业农村局\n\n2025年6月3日\n")
            lines = [{"id": "declared-1", "title": "", "text": "猕猴桃产业发展。"}]
            with Service(documents=[deep], lines=lines) as service:
                self.walk(service, [folder, service.folder, "secret", "inside/", "%2F", "/tmp",
                                    "欧阳晓峰", "87651234", "13857412345"])

    def walk(self, service, forbidden):
        import html
        waiting, seen = ["/", url("/", q="猕猴桃"), url("/", q="养老 服务"), "/nowhere", "/healthz",
                         "/metrics", "/robots.txt", "/api/openapi.json", "/reply/nothing",
                         url("/", q="养老", group="reply")], set()
        for query in ("猕猴桃", "养老 服务", "第13号提案"):
            for group in ("none", "reply"):
                waiting.append(url("/api/search", q=query, group=group, facets="all", limit=50))
            waiting += [url(path, q=query) for path in
                        ("/api/facets", "/api/suggest", "/export.csv", "/export.jsonl")]
        kinds = set()
        while waiting and len(seen) < 150:
            target = waiting.pop(0)
            if target in seen:
                continue
            seen.add(target)
            _, headers, body = service.get(target)
            text = body.decode()
            for word in forbidden:
                self.assertNotIn(word, text, target)
                self.assertNotIn(word, str(headers.items()), target)
            kinds.add(target.split("?")[0].rsplit("/", 1)[0])
            for reply in re.findall(r'"reply":"([^"]*)"', text):
                self.assertRegex(reply, r"^[0-9A-Za-z_~]{11}$")
                waiting += [f"/api/reply/{reply}", f"/api/similar/{reply}", f"/reply/{reply}"]
            waiting += [link.split("#")[0] for link in map(html.unescape,
                        re.findall(r'href="(/reply/[^"]*)"', text))]
        self.assertGreaterEqual(kinds, {"", "/api", "/api/reply", "/api/similar", "/reply"})
        for path in ("/reply/", "/api/reply/", "/api/similar/"):  # nor can it be asked
            known = os.path.join(forbidden[0], "secret-folder", "deeper", "short.txt")
            answer = service.get(path + known.replace("/", "%2F"))
            self.assertEqual(answer[0], 404)


def heavy_work():
    """Lines to index, and a search in them that takes long: the texts themselves must be read."""
    words = "产业 教育 停车 养老 服务 推进 加强 建设 完善 管理".split()
    lines = [{"id": f"m{n}", "title": f"关于第{n}号提案的答复",
              "text": "".join(words[(n * 7 + k * k) % 10] for k in range(400))}
             for n in range(1500)]
    phrases = " OR ".join(f'"{a[1]}{b}"' for a in words for b in words[:5])
    return lines, url("/api/search", q=phrases, facets="all", role="other", group="reply",
                      offset=1400, limit=100)


class Limits(unittest.TestCase):
    def test_a_token_is_asked_for(self):
        import tempfile
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(TOKEN + "\n")
            file.flush()
            with Service("--token-file", file.name) as service:
                target = url("/api/search", q="养老")
                status, headers, _ = service.get(target)
                self.assertEqual(status, 401)
                self.assertIn("Bearer", str(headers.get_all("WWW-Authenticate")))
                self.assertEqual(service.get(target, Authorization="Bearer x")[0], 401)
                self.assertEqual(service.get(target, Authorization=f"Bearer {TOKEN}")[0], 200)
                for closed in ("/", "/metrics", "/assets/style.css", "/nowhere"):
                    self.assertEqual(service.get(closed)[0], 401, closed)
                self.assertEqual(service.get("/healthz")[0], 200)

    def test_clients_that_send_no_more_are_let_go_with_their_answers(self):
        whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        search = f"GET {url('/api/search', q='养老')} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with Service("--idle-seconds", "300") as service:
            clients = []
            for data, least, most in ((b"", 0, 0), (b"GET /he", 0, 0), (whole, 1, 1),
                                      (whole * 3, 3, 3), (whole + b"GET /", 1, 1),
                                      (search, 1, 1), (search * 2, 2, 2),
                                      (whole + search + whole, 3, 3)):
                client = socket.create_connection(("127.0.0.1", service.port), timeout=30)
                client.sendall(data)
                client.shutdown(socket.SHUT_WR)
                clients.append((client, data, least, most))
            for client, data, least, most in clients:
                answer = b""
                while chunk := client.recv(65536):
                    answer += chunk
                self.assertIn(answer.count(b"HTTP/1.1 200 OK"), range(least, most + 1), data)
                client.close()

    def test_slow_and_idle_clients_are_let_go(self):
        with Service("--idle-seconds", "1") as service:
            slow = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(20)]
            idle = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(20)]
            begun, gone = time.time(), 0
            for _ in range(40):  # a byte at a time, for longer than any request may take
                for client in slow:
                    try:
                        client.send(b"G")
                    except OSError:
                        pass
                time.sleep(0.05)
                if _ == 10:
                    self.assertEqual(service.get("/healthz")[0], 200)
            for client in slow + idle:
                client.settimeout(10)
                try:
                    gone += client.recv(100) == b""
                except ConnectionError:
                    gone += 1
                client.close()
            self.assertEqual(gone, 40)
            self.assertLess(time.time() - begun, 20)
            self.assertEqual(service.get("/healthz")[0], 200)

    def test_too_many_searches_get_503_and_a_time_to_come_back(self):
        with Service("--threads", "1", "--queue", "1") as service:
            codes, mutex = [], threading.Lock()

            def ask(number, turn):
                query = f"养老 产业 教育 交通 {number} {turn}"  # not asked before
                answer = service.get(url("/api/search", q=query, limit=100))
                with mutex:
                    codes.append((answer[0], answer[1]["Retry-After"]))

            for turn in range(20):  # until they meet
                threads = [threading.Thread(target=ask, args=(n, turn)) for n in range(40)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                if any(code == 503 for code, _ in codes):
                    break
            self.assertEqual({code for code, _ in codes}, {200, 503})
            self.assertTrue(all(after for code, after in codes if code == 503))
            self.assertEqual(service.get(url("/api/search", q="养老"))[0], 200)

    def test_a_search_that_takes_too_long_is_stopped_and_its_thread_free(self):
        lines, heavy = heavy_work()
        with Service("--threads", "1", "--cache", "0", documents=[], lines=lines) as service:
            self.assertEqual(service.get(heavy)[0], 200)
            begun = time.time()
            self.assertEqual(service.get(heavy)[0], 200)
            whole = time.time() - begun
        with Service("--threads", "1", "--search-seconds", f"{min(whole / 6, 1):.3f}",
                     documents=[], lines=lines) as service:
            for target in (heavy, heavy.replace("/api/search?", "/?")):
                status, headers, body = service.get(target, Accept_Language="en")
                self.assertEqual(status, 503)
                self.assertTrue(headers["Retry-After"])
                self.assertIn("took too long", body.decode())
                metrics = service.get("/metrics")[2].decode()
                self.assertIn("\ndafu_searches_running 0\n", metrics)
            self.assertIn("\ndafu_searches_late_total 2\n", metrics)
            deadline = time.time() + 30
            while service.get("/api/suggest?q=")[0] != 200:  # a slow machine may need several
                self.assertLess(time.time(), deadline)

    def test_a_search_whose_client_has_gone_is_stopped(self):
        lines, heavy = heavy_work()
        reset = struct.pack("ii", 1, 0)  # SO_LINGER: it leaves with a reset

        def searches(service, kind):
            return int(re.search(rf"\ndafu_searches_{kind} (\d+)",
                                 service.get("/metrics")[2].decode()).group(1))

        def ask(service, number):
            client = socket.create_connection(("127.0.0.1", service.port), timeout=60)
            client.sendall(f"GET {heavy}&x={number} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            return client

        with Service("--threads", "1", "--queue", "32", documents=[], lines=lines) as service:
            begun = time.time()
            self.assertEqual(service.get(heavy)[0], 200)
            whole = time.time() - begun
            clients = [ask(service, number) for number in range(30)]
            while searches(service, "queued") < 25:  # 30 times as long, if they were all made
                time.sleep(0.01)
            for client in clients:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                client.close()
            begun = time.time()
            self.assertEqual(service.get(url("/api/search", q="养老"))[0], 200)
            while searches(service, "queued") + searches(service, "running"):
                time.sleep(0.01)
            self.assertLess(time.time() - begun, max(whole * 15, 2))
            self.assertGreater(searches(service, "abandoned_total"), 15)
        # Those that end without a reset may only have nothing else to ask, but others go first, also
        # when the queue is full of them.
        with Service("--threads", "1", "--queue", "6", documents=[], lines=lines) as service:
            for number in range(8):
                ask(service, number).close()
            begun = time.time()
            self.assertEqual(service.get(url("/api/search", q="养老"))[0], 200)
            self.assertLess(time.time() - begun, max(whole * 3, 1))

    def test_a_client_that_has_nothing_else_to_ask_gets_its_answer(self):
        lines, heavy = heavy_work()
        with Service("--threads", "1", "--search-seconds", "60", documents=[],
                     lines=lines) as service:
            for number in range(2):
                with socket.create_connection(("127.0.0.1", service.port), timeout=60) as client:
                    client.sendall(f"GET {heavy}&x={number} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    client.shutdown(socket.SHUT_WR)
                    answer = b""
                    while chunk := client.recv(65536):
                        answer += chunk
                head, body = answer.split(b"\r\n\r\n", 1)
                self.assertTrue(head.startswith(b"HTTP/1.1 200 OK"), head)
                self.assertEqual(len(json.loads(body)["results"]), 100)

    def test_a_client_that_asks_too_much_gets_429_and_others_do_not(self):
        with Service("--proxy", "127.0.0.1", "--client-rate", "1", "--client-burst", "5") as service:
            target = url("/api/search", q="养老")

            def codes(forwarded, times, path=target):
                return [service.get(path, X_Forwarded_For=forwarded)[0] for _ in range(times)]

            begun = time.time()
            first = codes("192.0.2.1", 30)
            self.assertEqual(first[:5], [200] * 5)
            refused = first.count(429)
            self.assertGreaterEqual(refused, 30 - 6 - (time.time() - begun))
            self.assertEqual(first.count(200) + refused, 30)
            self.assertEqual(codes("10.9.8.7, 192.0.2.2", 5), [200] * 5)  # another client
            self.assertIn(429, codes("127.0.0.1, 192.0.2.2", 8))  # whatever it says before
            self.assertEqual(codes("192.0.2.1", 20, "/healthz"), [200] * 20)  # no searches
            self.assertEqual(service.get(target)[0], 200)  # not forwarded: of this machine
            for path, kind in ((target, "application/json"),
                               (url("/", q="养老"), "text/html; charset=utf-8")):
                for _ in range(20):
                    status, headers, body = service.get(path, X_Forwarded_For="192.0.2.1",
                                                        Accept_Language="en")
                    if status == 429:
                        break
                self.assertEqual((status, headers["Content-Type"]), (429, kind))
                self.assertIn(int(headers["Retry-After"]), (1, 2))
                self.assertIn("too", body.decode())
            metrics = service.get("/metrics")[2].decode()
            self.assertRegex(metrics, r"\ndafu_searches_limited_total [1-9]\d+\n")
            self.assertRegex(metrics, r'dafu_requests_total\{route="api-search",code="429"\} [1-9]')
            time.sleep(1.1)
            self.assertEqual(codes("192.0.2.1", 1), [200])
            deadline = time.time() + 10
            while not any(line.startswith("192.0.2.1 - - [") for line in service.log()):
                self.assertLess(time.time(), deadline)
                time.sleep(0.02)

    def test_nobody_is_believed_who_is_no_proxy(self):
        with Service("--client-rate", "1", "--client-burst", "1") as service:
            for _ in range(10):
                answer = service.get(url("/api/search", q="养老"), X_Forwarded_For="192.0.2.1")
                self.assertEqual(answer[0], 200)
            self.assertFalse(any(line.startswith("192.0.2.1") for line in service.log()))

    def test_more_connections_than_allowed_do_no_harm(self):
        with Service("--connections", "50") as service:
            clients = []
            for _ in range(200):
                clients.append(socket.create_connection(("127.0.0.1", service.port), timeout=10))
            for client in clients:
                client.close()
            deadline = time.time() + 10
            while time.time() < deadline:
                try:
                    if service.get("/healthz")[0] == 200:
                        return
                except OSError:
                    time.sleep(0.05)
            self.fail("no answer any more")


class Signals(unittest.TestCase):
    def test_term_lets_answers_leave(self):
        service = Service()
        with service:
            clients = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(8)]
            for client in clients:
                client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertIn(b"200 OK", client.recv(4096))  # it is accepted
            target = url("/api/search", q="产业", limit=100)
            for client in clients:
                client.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            begun = [client.recv(1) for client in clients]  # so all were read
            service.process.send_signal(signal.SIGTERM)
            for client, answer in zip(clients, begun):
                while chunk := client.recv(65536):
                    answer += chunk
                self.assertIn(b" 200 OK", answer.split(b"\r\n")[0])
                self.assertTrue(answer.endswith(b"}\n"), answer[-80:])
                client.close()
            service.process.wait(timeout=20)
        self.assertEqual(service.code, 0)

    def test_hup_opens_the_log_anew(self):
        import os
        with Service() as service:
            service.get("/healthz")
            path = os.path.join(service.folder, "access.log")
            deadline = time.time() + 10
            while not service.log() and time.time() < deadline:
                time.sleep(0.02)  # a line may be written behind its answer
            os.rename(path, path + ".1")
            service.process.send_signal(signal.SIGHUP)
            while not os.path.exists(path) and time.time() < deadline:
                time.sleep(0.02)
            self.assertEqual(service.get(url("/api/search", q="养老"))[0], 200)
            while not service.log() and time.time() < deadline:
                time.sleep(0.02)
            self.assertEqual(len(service.log()), 1)

    def test_a_missing_index_and_a_bad_address_are_said(self):
        for arguments, word in ((["--index", "/nonexistent"], "/nonexistent"),
                                (["--index", "/nonexistent", "--listen", "x:1"], "x:1"),
                                (["--index", "/nonexistent", "--listen", "127.0.0.1:70000"], "70000"),
                                ([], "--index"), (["--index", "x", "--threads", "1000"], "threads")):
            done = subprocess.run([f"{BIN}/dafu-search", "serve", *arguments], capture_output=True,
                                  text=True, timeout=30)
            self.assertEqual(done.returncode, 2)
            self.assertIn(word, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)


class Writing(unittest.TestCase):
    def test_no_request_fails_while_the_index_is_written(self):
        with Service() as service:
            stop, bad, count = threading.Event(), [], 0

            def ask():
                nonlocal count
                while not stop.is_set():
                    status, _, body = service.get(url("/api/search", q=f"养老 产业 {count % 7}"))
                    count += 1
                    if status != 200:
                        bad.append((status, body))

            threads = [threading.Thread(target=ask) for _ in range(2)]
            for thread in threads:
                thread.start()
            for _ in range(6):
                service.add(CORPUS)
            stop.set()
            for thread in threads:
                thread.join()
            self.assertEqual(bad, [])
            self.assertGreater(count, 10)


class Partial(unittest.TestCase):
    def test_a_shard_that_does_not_answer_is_told_and_not_remembered(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder, socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))  # and does not listen
            name = f"127.0.0.1:{nobody.getsockname()[1]}"
            subprocess.run([f"{BIN}/dafu-index", "add", "-q", "--shards", "2", "--index",
                            f"{folder}/two", CORPUS], check=True)
            subprocess.run([f"{BIN}/dafu-index", "publish", "--index", f"{folder}/two"], check=True)
            with open(f"{folder}/all", "w", encoding="utf-8") as out:
                out.write(f"# collection of dafu\ntwo/shard-1\n{name}\n")
            with Service("--partial", "--shard-seconds", "1", index=f"{folder}/all") as service:
                for _ in range(2):
                    answer = service.json("/api/search", q="养老")
                    self.assertEqual(answer["missing"], [name])
                    self.assertTrue(answer["results"])
                for language, words in (("zh", "有 1 个分库没有回应"), ("en", "did not answer")):
                    page = service.get(url("/", q="养老"), Accept_Language=language)[2].decode()
                    self.assertIn(words, page)
                    self.assertIn(f"<code>{name}</code>", page)
                self.assertIn("\ndafu_cache_hits_total 0\n", service.get("/metrics")[2].decode())
            with Service(index=f"{folder}/two") as service:
                self.assertNotIn("missing", service.json("/api/search", q="养老"))
                self.assertNotIn("class=\"note missing", service.get(url("/", q="养老"))[2].decode())


class Cache(unittest.TestCase):
    def hits(self, service):
        return int(re.search(r"\ndafu_cache_hits_total (\d+)",
                             service.get("/metrics")[2].decode()).group(1))

    def test_an_answer_is_remembered_until_the_index_changes(self):
        import tempfile
        with Service("--threads", "3") as service, tempfile.TemporaryDirectory() as folder:
            target = url("/api/search", q="猕猴桃", group="reply")
            first = service.get(target)
            for _ in range(5):
                again = service.get(target)
                self.assertEqual((again[0], again[1]["ETag"], again[2]),
                                 (200, first[1]["ETag"], first[2]))
            self.assertEqual(self.hits(service), 5)
            self.assertEqual(service.get(target, If_None_Match=first[1]["ETag"])[0], 304)
            self.assertEqual(service.get(target, method="HEAD")[2], b"")
            self.assertEqual(gzip.decompress(service.get(url("/api/search", q="养老"),
                                                         Accept_Encoding="gzip")[2]),
                             service.get(url("/api/search", q="养老"))[2])
            page = url("/", q="养老")
            self.assertNotEqual(service.get(page, Accept_Language="en")[2],
                                service.get(page, Accept_Language="zh")[2])
            for number in range(6):  # each commit is seen at once, by every thread
                path = os.path.join(folder, f"kiwi-{number}.txt")
                with open(path, "w", encoding="utf-8") as out:
                    out.write(f"关于第{number}号提案的答复\n\n猕猴桃种植面积达到{number + 3}千亩。\n")
                service.add(path)
                for _ in range(4):
                    self.assertEqual(json.loads(service.get(target)[2])["replies"], number + 1)
            os.remove(path)
            service.add(path)  # what is gone goes
            self.assertEqual(json.loads(service.get(target)[2])["replies"], 5)

    def test_a_reload_forgets_what_is_remembered(self):
        with Service() as service:
            target = url("/api/search", q="猕猴桃")
            self.assertEqual(service.json("/api/search", q="猕猴桃")["results"], [])
            with open(os.path.join(service.index, "synonyms.tsv"), "w", encoding="utf-8") as out:
                out.write("养老\t猕猴桃\tagency\t=\t\n")
            service.get(target)
            service.process.send_signal(signal.SIGHUP)
            deadline = time.time() + 20
            while not json.loads(service.get(target)[2])["results"]:
                self.assertLess(time.time(), deadline)
                time.sleep(0.05)

    def test_memory_for_answers_has_a_ceiling_and_can_be_none(self):
        for size, most in (("1", 1 << 20), ("0", 0)):
            with Service("--cache", size) as service:
                for number in range(120):
                    service.get(url("/api/search", q="服务", limit=100, offset=number))
                    service.get(url("/api/search", q="服务", limit=100, offset=number % 3))
                metrics = service.get("/metrics")[2].decode()
                kept = int(re.search(r"\ndafu_cache_bytes (\d+)", metrics).group(1))
                self.assertLessEqual(kept, most)
                self.assertEqual(self.hits(service) > 50, most > 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
