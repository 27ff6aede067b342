# SPDX-License-Identifier: GPL-2.0-or-later
"""A running service over the sample replies, for the tests of this folder."""
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

BIN, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
CORPUS = os.path.join(SOURCE, "corpus", "replies")


def url(path, **parameters):
    return path + ("?" + urllib.parse.urlencode(parameters, doseq=True) if parameters else "")


class Service:
    """Started on entering, with an index of its own; stopped on leaving."""

    def __init__(self, *options, documents=(CORPUS,), lines=(), index=None):
        self.options = options
        self.index = index  # one that is there already; otherwise of the documents
        self.documents = list(documents)
        self.lines = lines  # JSON lines to be indexed too

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="dafu-server.")
        if self.lines:
            path = os.path.join(self.folder, "lines.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)
            self.documents.append(path)
        if not self.index:
            self.index = os.path.join(self.folder, "index")
            self.add(*self.documents)
        self.process = subprocess.Popen(
            [f"{BIN}/dafu-search", "serve", "--index", self.index, "--listen", "127.0.0.1:0",
             "--log", os.path.join(self.folder, "access.log"), *self.options],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.messages = ""
        while True:
            line = self.process.stderr.readline()
            if not line:
                raise RuntimeError(f"the service did not start: {self.messages}")
            self.messages += line
            found = re.search(r"serving on http://127\.0\.0\.1:(\d+)/", line)
            if found:
                break
        self.port = int(found.group(1))
        self.base = f"http://127.0.0.1:{self.port}"
        return self

    def add(self, *documents):
        subprocess.run([f"{BIN}/dafu-index", "add", "--index", self.index, *documents],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.code = self.process.wait(timeout=30)
        self.messages += self.process.stderr.read()
        self.process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        with open(os.path.join(self.folder, "access.log"), encoding="ascii") as lines:
            return lines.read().splitlines()

    def get(self, target, method="GET", body=None, **headers):
        """status, headers, body"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, target, body=body,
                               headers={k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def json(self, path, **parameters):
        status, _, body = self.get(url(path, **parameters))
        assert status == 200, (status, body)
        return json.loads(body)


def raw(service, data, patience=20):
    """Sends bytes and no more, returns all that comes back until the server closes or resets."""
    answer = b""
    with socket.create_connection(("127.0.0.1", service.port), timeout=patience) as client:
        try:
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            while chunk := client.recv(65536):
                answer += chunk
        except OSError:  # it was closed before all was sent
            pass
    return answer


class Running(unittest.TestCase):
    """Tests of one service, which ends well after them."""
    OPTIONS = ()

    @classmethod
    def setUpClass(cls):
        cls.service = Service(*cls.OPTIONS).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()
        assert cls.service.code == 0, cls.service.messages
        assert "Sanitizer" not in cls.service.messages, cls.service.messages
