# SPDX-License-Identifier: GPL-2.0-or-later
"""Real answers against the description that the service gives of itself (OpenAPI 3.1, whose schemas
are JSON Schema 2020-12: python3-jsonschema)."""
import json
import sys
import unittest
import urllib.parse

try:
    import jsonschema
except ImportError:
    print("skipped: no python3-jsonschema", file=sys.stderr)
    sys.exit(77)

from running import Service, url


def name(reply):
    return urllib.parse.quote(reply, safe="")


class Described(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service().__enter__()
        cls.document = cls.service.json("/api/openapi.json")
        cls.reply = cls.service.json("/api/search", q="家庭养老床位")["results"][0]["reply"]

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def check(self, path, target, code=200):
        status, headers, body = self.service.get(target)
        self.assertEqual(status, code, target)
        self.assertEqual(headers["Content-Type"], "application/json")
        answer = self.document["paths"][path]["get"]["responses"][str(code)]
        schema = dict(answer["content"]["application/json"]["schema"],
                      components=self.document["components"])
        validator = jsonschema.Draft202012Validator(schema)
        validator.check_schema(schema)
        validator.validate(json.loads(body))
        return json.loads(body)

    def test_every_path_answers_as_described(self):
        search = "/api/search"
        self.check(search, url(search, q="养老 补贴", limit=50))
        self.check(search, url(search, q="养老 补贴", group="reply", facets="all"))
        self.check(search, url(search, q="yanglao", sort="date", facets="year,agency"))
        self.check(search, url(search, q="qqqqzzzz"))
        self.check("/api/facets", url("/api/facets", q="养老"))
        reply = self.check("/api/reply/{id}", url(f"/api/reply/{name(self.reply)}", q="养老"))
        self.check("/api/similar/{id}", f"/api/similar/{name(self.reply)}")
        for line in ("养老", "nbsj", "甬经信函[2026", "ningbo", "", "\"(", "x" * 500):
            self.check("/api/suggest", url("/api/suggest", q=line))
        self.assertGreater(len(reply["sections"]), 3)
        self.assertTrue(any(p["highlights"] for p in reply["passages"]))

    def test_failures_too(self):
        self.check("/api/search", url("/api/search", q=""), 400)
        self.check("/api/search", url("/api/search", q="a", sort="up"), 400)
        self.check("/api/reply/{id}", "/api/reply/nothing", 404)
        self.check("/api/similar/{id}", "/api/similar/nothing", 404)

    def test_every_parameter_is_taken(self):
        values = {"string": "2024", "integer": "1", "array": "2024"}
        special = {"q": "养老", "kind": "提案", "class": "A", "role": "done", "session": "政协16-5",
                   "facets": "all", "sort": "date", "group": "reply"}
        for path, item in self.document["paths"].items():
            for parameter in item["get"]["parameters"]:
                if parameter["in"] != "query":
                    continue
                value = special.get(parameter["name"], values[parameter["schema"]["type"]])
                target = url(path.replace("{id}", name(self.reply)),
                             **{"q": "养老", parameter["name"]: value})
                self.assertEqual(self.service.get(target)[0], 200, target)

    def test_completion_knows_names_numbers_words_and_initials(self):
        for line, text, kind in (("宁波", "宁波市经济和信息化局", "agency"),
                                 ("nbsj", "宁波市经济和信息化局", "agency"),
                                 ("甬经信函[2026", "甬经信函〔2026〕9号", "number"),
                                 ("yanglao", "养老", "reading"),
                                 ("家庭养老床位", "关于发展家庭养老床位、加强失能老人照护的建议", "subject")):
            found = self.service.json("/api/suggest", q=line)["suggestions"]
            self.assertIn((text, kind), [(s["text"], s["kind"]) for s in found], line)

    def test_no_contact_is_shown(self):
        import re
        for result in self.service.json("/api/search", q="联系人 联系电话", limit=50)["results"]:
            whole = self.service.get(f"/api/reply/{name(result['reply'])}")[2].decode()
            self.assertIsNone(re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", whole), result["reply"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
