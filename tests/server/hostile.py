# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that mean no good, or many at once: the service stays up and honest."""
import random
import resource
import socket
import sys
import time
import unittest

from running import Running, Service, raw, url

GOOD = (b"GET /api/search?q=%E5%85%BB%E8%80%81&year=2024&limit=5 HTTP/1.1\r\nHost: x\r\n"
        b"Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\nAccept-Encoding: gzip\r\n"
        b"If-None-Match: W/\"0123\", \"0123456789abcdef\"\r\nAuthorization: Basic Y2xlcms6d3Jvbmc=\r\n"
        b"Connection: close\r\n\r\n")
IDLE = 10000


def files(wanted):
    """As many files as the system lets us have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if most == resource.RLIM_INFINITY else min(most, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return most


class Hostile(Running):
    OPTIONS = ("--idle-seconds", "120")

    @classmethod
    def setUpClass(cls):
        files(IDLE + 200)
        super().setUpClass()

    def alive(self):
        self.assertEqual(self.service.get(url("/api/search", q="养老", limit=1))[0], 200)

    def test_ten_thousand_idle_connections_are_nothing(self):
        held, wanted = [], files(IDLE + 200) - 200
        with open(f"/proc/{self.service.process.pid}/limits", encoding="ascii") as limits:
            most = next(line.split()[3] for line in limits if line.startswith("Max open files"))
        wanted = wanted if most == "unlimited" else min(wanted, int(most) - 200)
        try:
            for number in range(wanted):
                client = socket.create_connection(("127.0.0.1", self.service.port), timeout=20)
                if number % 100 == 0:  # among them such as have had an answer, or begun a request
                    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                    self.assertIn(b"200 OK", client.recv(4096))
                elif number % 100 == 1:
                    client.sendall(b"GET /health")
                held.append(client)
            self.alive()
            metrics = self.service.get("/metrics")[2].decode()
            connections = int(metrics.split("\ndafu_connections ")[1].split()[0])
            self.assertGreaterEqual(connections, wanted)
            held[1].sendall(b"z HTTP/1.1\r\nHost: x\r\n\r\n")  # the one that had begun
            self.assertIn(b"200 OK", held[1].recv(4096))
        finally:
            for client in held:
                client.close()
        deadline = time.time() + 30
        while connections > 100 and time.time() < deadline:
            metrics = self.service.get("/metrics")[2].decode()
            connections = int(metrics.split("\ndafu_connections ")[1].split()[0])
        self.assertLess(connections, 100)
        self.alive()

    def test_mutilated_requests_get_an_answer_or_none_but_never_harm(self):
        chance = random.Random(7)
        parts = [b"\r\n", b"\0", b"%", b"%00", b"\xff\xfe", b" ", b"\t", b":", b";q=", b",", b"\"",
                 b"&" * 100, b"=", b"/", b"?" * 50, b"Content-Length: 5\r\n", b"Host: y\r\n",
                 b"Transfer-Encoding: chunked\r\n", b"HTTP/1.1", b"a" * 3000, b"Range: bytes=0-\r\n",
                 b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n", b"X-Forwarded-For: ,\r\n"]
        for _ in range(250):
            data = bytearray(GOOD)
            for _ in range(chance.randrange(1, 5)):
                at = chance.randrange(len(data))
                kind = chance.randrange(4)
                if kind == 0:
                    del data[at:at + chance.randrange(1, 20)]
                elif kind == 1:
                    data[at:at] = chance.choice(parts)
                elif kind == 2:
                    data[at] = chance.randrange(256)
                else:
                    data[at:at + 3] = chance.choice(parts)
            answer = raw(self.service, bytes(data))
            if answer:
                self.assertRegex(answer[:40], rb"^HTTP/1\.[01] (200|304|100|4\d\d|50[135]) ", bytes(data))
        self.alive()

    def test_a_megabyte_wherever_it_may_stand(self):
        megabyte = b"a" * (1 << 20)
        for data in (b"GET /" + megabyte + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /?q=" + b"%41" * (1 << 19) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /?" + b"q=a&" * (1 << 18) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: " + megabyte + b"\r\n\r\n",
                     b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * (1 << 17) + b"\r\n", megabyte,
                     megabyte + b" / HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n" + megabyte):
            answer = raw(self.service, data)
            self.assertNotIn(b" 200 OK", answer[:20], data[:30])
            if answer:
                self.assertRegex(answer[:20], rb"^HTTP/1\.[01] 4(00|05|13|14|31) ", data[:30])
        self.alive()

    def test_whoever_does_not_read_is_let_go(self):
        with Service("--idle-seconds", "1") as service:
            clients = []
            for _ in range(6):
                client = socket.socket()
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                client.connect(("127.0.0.1", service.port))
                target = url("/export.jsonl", q="的 产业 服务 工作 建设", limit=1000)
                client.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 20)
                clients.append(client)
            deadline = time.time() + 120
            while True:
                metrics = service.get("/metrics")[2].decode()
                if int(metrics.split("\ndafu_connections ")[1].split()[0]) < 3:
                    break
                self.assertLess(time.time(), deadline)
                time.sleep(0.1)
            for client in clients:
                client.close()
            self.assertEqual(service.get("/healthz")[0], 200)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
