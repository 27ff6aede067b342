# SPDX-License-Identifier: GPL-2.0-or-later
"""The service over shards that xapian-tcpsrv serves: silent, gone, started anew, replaced, slow."""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from running import BIN, CORPUS, SOURCE, Service, url

if not shutil.which("xapian-tcpsrv"):
    print("skipped: there is no xapian-tcpsrv (package xapian-tools)")
    sys.exit(77)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Shard:
    """A server, and its process group: it has a process for each connection."""

    def __init__(self, folder, port=None):
        self.port = port or free_port()
        self.name = "127.0.0.1:%d" % self.port
        self.process = subprocess.Popen(
            ["xapian-tcpsrv", "--quiet", "--interface", "127.0.0.1", "--port", str(self.port),
             os.path.join(folder, "passages")], start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("no server on port %d" % self.port)

    def processes(self):
        """How many there are in its group: one that waits for connections, one for each."""
        count = 0
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                count += os.getpgid(int(name)) == self.process.pid
            except ProcessLookupError:
                pass
        return count

    def send(self, number):
        os.killpg(self.process.pid, number)

    def end(self):
        if self.process.returncode is None:
            self.send(signal.SIGCONT)
            self.send(signal.SIGKILL)
            self.process.wait()


class ShardedService(Service):
    """Two served shards; `index` is the list of their servers."""

    def add(self, *documents):
        self.shards = []
        self.two = os.path.join(self.folder, "two")
        for words in (["add", "-q", "--shards", "2", *documents], ["publish"]):
            subprocess.run([f"{BIN}/dafu-index", words[0], "--index", self.two, *words[1:]],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.shards = [Shard(self.two + "/shard-1"), Shard(self.two + "/shard-2")]
        self.list_servers(*(shard.name for shard in self.shards))

    def list_servers(self, *names):
        with open(self.index + ".new", "w", encoding="utf-8") as out:
            out.write("# collection of dafu\n" + "".join(name + "\n" for name in names))
        os.rename(self.index + ".new", self.index)

    def again(self, number, folder=None):
        self.shards[number].end()
        self.shards[number] = Shard(folder or "%s/shard-%d" % (self.two, number + 1),
                                    self.shards[number].port)

    def __exit__(self, *rest):
        for shard in self.shards:
            shard.end()
        super().__exit__(*rest)
        assert self.code == 0, self.messages
        assert "Sanitizer" not in self.messages, self.messages

    def search(self, query):
        status, _, body = self.get(url("/api/search", q=query, limit=50))
        return status, json.loads(body)

    def found(self, query):
        status, answer = self.search(query)
        assert status == 200, (status, answer)
        return [result["docno"] for result in answer["results"]]


    def found_again(self, query):
        """When a server is there again: a failure of the last second may be told once more."""
        for _ in range(50):
            status, answer = self.search(query)
            if status == 200:
                break
            time.sleep(0.1)
        return [result["docno"] for result in answer.get("results", [])]


QUICK = ("--shard-seconds", "1", "--cache", "0")


class Shards(unittest.TestCase):
    def test_a_silent_shard_holds_no_thread_for_ever(self):
        with ShardedService("--threads", "1", *QUICK) as service:
            before = service.found("工作")
            self.assertTrue(before)
            service.shards[1].send(signal.SIGSTOP)
            answers = []
            askers = [threading.Thread(target=lambda: answers.append(service.search("工作")))
                      for _ in range(3)]
            for asker in askers:
                asker.start()
            self.assertEqual(service.get("/healthz")[0], 200)
            for asker in askers:
                asker.join()
            for status, answer in answers:
                self.assertGreaterEqual(status, 500, answer)
                self.assertNotIn("results", answer)
            service.shards[1].send(signal.SIGCONT)
            self.assertEqual(service.found_again("工作"), before)
            for _ in range(100):  # those that nobody waited for any more see that they are alone
                if service.shards[1].processes() <= 2:
                    break
                time.sleep(0.1)
            self.assertEqual(service.shards[1].processes(), 2)
        self.assertIn('shard "%s" does not answer' % service.shards[1].name, service.messages)

    def test_a_server_that_was_started_anew_is_found_again(self):
        with ShardedService("--threads", "2", *QUICK) as service:
            before = service.found("工作")
            for _ in range(3):
                service.again(0)
                self.assertEqual(service.found("工作"), before)
                self.assertEqual(service.found("工作"), before)

    def test_a_server_that_is_gone_is_an_error_until_it_is_there_again(self):
        with ShardedService("--threads", "1", *QUICK) as service:
            before = service.found("工作")
            service.shards[0].end()
            for _ in range(3):
                status, answer = service.search("工作")
                self.assertGreaterEqual(status, 500, answer)
            service.again(0)
            self.assertEqual(service.found_again("工作"), before)

    def test_a_shard_that_was_replaced_is_searched_as_it_is_now(self):
        with ShardedService("--threads", "1", *QUICK) as service:
            before = service.found("工作")
            other = os.path.join(service.folder, "other")
            subprocess.run([f"{BIN}/dafu-index", "snapshot", "--index", service.two, other],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with open(os.path.join(service.folder, "new.jsonl"), "w", encoding="utf-8") as lines:
                for number in range(8):
                    print(json.dumps({"id": "新%d" % number, "title": "新", "text": "工作工作工作。"},
                                     ensure_ascii=False), file=lines)
            subprocess.run([f"{BIN}/dafu-index", "add", "-q", "--index", other, lines.name],
                           check=True, stderr=subprocess.DEVNULL)
            self.assertEqual(service.found("工作"), before)
            for number in (0, 1):
                service.again(number, "%s/shard-%d" % (other, number + 1))
            self.assertEqual(len(service.found("工作")), len(before) + 8)

    def test_another_list_of_servers_is_taken_at_once(self):
        with ShardedService("--threads", "1", *QUICK) as service:
            both = service.found("工作")
            service.list_servers(service.shards[0].name)
            one = service.found("工作")
            self.assertTrue(0 < len(one) < len(both), (one, both))
            self.assertTrue(set(one) < set(both))
            service.list_servers(*(shard.name for shard in service.shards))
            self.assertEqual(service.found("工作"), both)

    def test_what_is_missing_is_told(self):
        with ShardedService("--partial", "--threads", "1", *QUICK) as service:
            status, answer = service.search("工作")
            self.assertNotIn("missing", answer)
            both = [result["docno"] for result in answer["results"]]
            service.shards[1].end()
            for _ in range(2):
                status, answer = service.search("工作")
                self.assertEqual(status, 200)
                self.assertEqual(answer["missing"], [service.shards[1].name])
                self.assertTrue({r["docno"] for r in answer["results"]} < set(both))

    def test_a_search_on_a_slow_line_ends_at_its_time_limit(self):
        with ShardedService("--threads", "1", "--shard-seconds", "20", "--search-seconds", "60",
                            "--cache", "0") as service:
            before = service.found("工作")
        port = free_port()
        with ShardedService("--threads", "1", "--shard-seconds", "20", "--search-seconds", "1",
                            "--cache", "0") as service:
            relay = subprocess.Popen(
                [sys.executable, os.path.join(SOURCE, "tests/cli/relay.py"), str(port),
                 "127.0.0.1", str(service.shards[1].port), "0.15"], stdout=subprocess.PIPE)
            try:
                relay.stdout.readline()
                service.list_servers(service.shards[0].name, "127.0.0.1:%d" % port)
                self.assertEqual([service.search("停车 补贴 企业")[0] for _ in range(2)], [503] * 2)
            finally:
                relay.kill()
                relay.wait()
                relay.stdout.close()
            service.list_servers(*(shard.name for shard in service.shards))
            self.assertEqual(service.found_again("工作"), before)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
