# SPDX-License-Identifier: GPL-2.0-or-later
"""The page in a real browser: Debian's Chromium through its driver. Skipped where there is none."""
import os
import shutil
import sys
import unittest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service as Driver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    print("skipped: no python3-selenium", file=sys.stderr)
    sys.exit(77)

from running import CORPUS, Service, url

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not BROWSER or not DRIVER:
    print("skipped: no chromium or chromium-driver", file=sys.stderr)
    sys.exit(77)

EVIL = '<script>window.evil=1</script><img src=x onerror="window.evil=1">猕猴桃"\'><svg onload=window.evil=1>'
LINES = [{"id": "evil-1", "title": "关于猕猴桃<img src=x onerror=window.evil=1>的答复", "text": EVIL}]
ARGUMENTS = ("--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
             "--disable-background-networking --disable-component-update --disable-sync "
             "--disable-dev-shm-usage --force-prefers-reduced-motion --lang=zh-CN").split()


def browser():
    options = Options()
    options.binary_location = BROWSER
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN,zh"})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Driver(DRIVER))
    driver.set_page_load_timeout(60)
    return driver


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service(documents=[CORPUS], lines=LINES).__enter__()
        cls.driver = browser()
    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.service.__exit__()

    def setUp(self):
        self.size(1280, 900)
        self.scripts(True)

    def tearDown(self):
        self.no_complaints()

    def no_complaints(self):
        """No page broke the policy or threw: Chromium would have written that to its console."""
        written = [entry["message"] for entry in self.driver.get_log("browser")
                   if "Content Security Policy" in entry["message"] or
                   (entry["level"] == "SEVERE" and "status of 40" not in entry["message"])]
        self.assertEqual(written, [])

    def size(self, width, height, phone=False):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone})

    def scripts(self, on):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def open(self, path="/", **parameters):
        self.driver.get(self.service.base + url(path, **parameters))

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, condition):
        return WebDriverWait(self.driver, 20).until(lambda _: condition())

    def go(self, link):
        """Clicks and waits for the next page."""
        self.driver.execute_script("document.documentElement.dataset.old = 1")
        link.click()
        self.wait(lambda: not self.all("html[data-old]") and self.all("main"))

    def focused(self):
        return self.driver.execute_script("return document.activeElement.id || document.activeElement.className"
                                          " || document.activeElement.tagName")

    # ---- tests ----

    def test_a_query_finds_passages_with_their_words_marked(self):
        self.open()
        box = self.find("#q")
        self.assertEqual(self.focused(), "q")
        box.send_keys("家庭养老床位")
        self.driver.execute_script("document.documentElement.dataset.old = 1")
        box.send_keys(Keys.ENTER)
        self.wait(lambda: not self.all("html[data-old]") and self.all(".result"))
        self.assertIn("第305号", self.find(".result h2").text)
        self.assertIn("养老", " ".join(m.text for m in self.all(".result mark")))
        self.assertEqual(self.find("#q").get_attribute("value"), "家庭养老床位")

    def test_filters_and_years_narrow_and_back_undoes_it(self):
        self.open(q="服务")
        total = self.find(".total").text
        link = self.find(".facet li a")
        count = link.find_element(By.CSS_SELECTOR, ".count").text
        self.go(link)
        self.assertIn(count, self.find(".total").text)
        self.assertEqual(len(self.all(".chips li")), 2)
        narrowed = self.driver.current_url
        bar = self.find(".years a")
        year = bar.get_attribute("aria-label")[:4]
        self.driver.execute_script("document.documentElement.dataset.old = 1")
        self.driver.execute_script("arguments[0].querySelector('.hit').dispatchEvent("
                                   "new MouseEvent('click', {bubbles: true, cancelable: true}))", bar)
        self.wait(lambda: not self.all("html[data-old]") and self.all(".chips"))
        self.assertIn("year=" + year, self.driver.current_url)
        self.assertTrue(all(d.text.startswith(year) for d in self.all(".result .date")))
        self.driver.back()
        self.wait(lambda: self.driver.current_url == narrowed)
        self.driver.back()
        self.wait(lambda: self.find(".total").text == total)

    def test_completion_is_walked_with_the_keyboard(self):
        self.open()
        box = self.find("#q")
        box.send_keys("nbsj")
        self.wait(lambda: self.all("#completion li"))
        self.assertEqual(box.get_attribute("aria-expanded"), "true")
        box.send_keys(Keys.ARROW_DOWN)
        chosen = self.find("#completion li[aria-selected=true]")
        self.assertEqual(box.get_attribute("aria-activedescendant"), chosen.get_attribute("id"))
        self.assertEqual(box.get_attribute("value"), "宁波市经济和信息化局")
        box.send_keys(Keys.ESCAPE)
        self.assertEqual(box.get_attribute("value"), "nbsj")
        self.assertFalse(self.find("#completion").is_displayed())
        box.send_keys(Keys.BACKSPACE, "j")
        self.wait(lambda: self.all("#completion li"))
        box.send_keys(Keys.ARROW_DOWN)
        self.driver.execute_script("document.documentElement.dataset.old = 1")
        box.send_keys(Keys.ENTER)
        self.wait(lambda: not self.all("html[data-old]") and self.all(".result"))
        self.assertEqual(self.find("#q").get_attribute("value"), "宁波市经济和信息化局")

    def test_keys_lead_to_the_box_through_the_results_and_into_a_reply(self):
        self.open(q="养老")
        body = self.find("body")
        body.send_keys("/")
        self.assertEqual(self.focused(), "q")
        self.find("#q").send_keys(Keys.ARROW_DOWN)
        self.assertTrue(self.all(".list > li.here"))
        self.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
        here = self.find(".list > li.here h2 a")
        self.assertEqual(here, self.driver.switch_to.active_element)
        self.assertNotEqual(here, self.find(".list h2 a"))
        title = here.text
        self.driver.execute_script("document.documentElement.dataset.old = 1")
        here.send_keys(Keys.ENTER)
        self.wait(lambda: not self.all("html[data-old]") and self.all(".sheet"))
        self.assertEqual(self.find(".sheet h1").text, title)

    def test_a_reply_opens_at_the_hit_and_back_returns(self):
        self.open(q="家庭养老床位 护理人员 队伍")
        results = self.driver.current_url
        link = self.all(".result h2 a")[1]
        self.go(link)
        self.wait(lambda: self.all(".prose .hit"))
        self.wait(lambda: self.driver.execute_script(
            "const r = document.querySelector('.prose .hit').getBoundingClientRect();"
            "return r.top >= 0 && r.top < innerHeight"))
        self.assertTrue(self.all(".prose .hit mark"))
        self.assertGreater(len(self.all(".contents li")), 3)
        self.assertTrue(self.all(".similar li a"))
        self.find(".contents a").click()
        self.assertIn("#p", self.driver.current_url)
        self.driver.execute_script("scrollTo(0, 0)")
        self.go(self.find(".back a"))
        self.assertEqual(self.driver.current_url.replace("%20", "+"), results)

    def test_a_citation_is_copied(self):
        self.open(q="第13号提案")
        button = self.find(".cite")
        citation = button.get_attribute("data-citation")
        for part in ("甬经信函〔2026〕9号", "2026-06-08", "《", "段"):
            self.assertIn(part, citation)
        button.click()
        self.wait(lambda: citation in self.find("#said").get_attribute("textContent"))

    def test_search_filters_pages_and_reading_work_without_scripts(self):
        self.scripts(False)
        self.open()
        self.find("#q").send_keys("服务")
        self.find(".box button").click()
        WebDriverWait(self.driver, 20).until(lambda _: self.all(".result"))
        self.assertFalse(self.find(".cite").is_displayed())
        target = self.find(".facet li a").get_attribute("href")
        self.driver.get(target)
        self.assertTrue(self.all(".chips li"))
        self.driver.get(self.service.base + "/" + self.find(".years a").get_dom_attribute("href"))
        self.assertGreaterEqual(len(self.all(".chips li")), 2)
        self.open(q="服务", offset=10)
        self.assertEqual(self.find("[aria-current=page]").text, "2")
        self.find(".result h2 a").click()
        WebDriverWait(self.driver, 20).until(lambda _: self.all(".sheet"))
        self.assertTrue(self.all(".prose .hit"))

    def test_results_are_grouped_by_reply_and_put_in_the_order_of_their_dates(self):
        self.open(q="服务")
        self.go(self.find(".tools a[href*='group=reply']"))
        titles = [t.text for t in self.all(".group h2")]
        self.assertEqual(len(titles), len(set(titles)))
        self.assertTrue(self.all(".group .members .jump"))
        self.go(self.find(".tools a[href*='sort=date']"))
        self.assertIn("group=reply", self.driver.current_url)
        dates = [d.text for d in self.all(".group .date")]
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.go(self.find(".members .jump"))
        self.assertTrue(self.all(".prose .hit"))

    def test_the_list_of_results_is_exported(self):
        self.open(q="服务", role="done")
        for kind in ("csv", "jsonl"):
            link = self.find(f".export a[href*='export.{kind}']").get_attribute("href")
            status, headers, body = self.service.get(link[len(self.service.base):])
            self.assertEqual(status, 200)
            self.assertIn(f'filename="dafu.{kind}"', headers["Content-Disposition"])
            self.assertIn(f"role=done", link)
            self.assertGreater(body.count(b"\n"), 3)

    def english(self, steps):
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.setExtraHTTPHeaders",
                                    {"headers": {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.3"}})
        try:
            steps()
        finally:
            self.driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {}})

    def test_english_where_the_browser_prefers_it(self):
        def steps():
            self.open(q="养老服务")
            self.assertEqual(self.find("html").get_attribute("lang"), "en")
            self.assertIn("passages", self.find(".total").text)
            self.go(self.find(".result h2 a"))
            self.assertIn("Back to the results", self.find(".back").text)
            self.open("/reply/nothing")
            self.assertIn("no such page", self.find(".nothing").text)
        self.english(steps)

    def test_a_misspelling_gets_a_suggestion_beside_its_results(self):
        self.open(q="家庭养老创位")
        self.assertTrue(self.all(".result"))
        self.go(self.find(".meant a"))
        self.assertEqual(self.find("#q").get_attribute("value"), "家庭养老床位")

    def test_what_was_not_read_as_syntax_is_told_with_its_place(self):
        self.open(q="养老 (补贴 年份:明年 <b>")
        told = [item.text for item in self.all(".warnings li")]
        self.assertEqual(len(told), 2)
        self.assertEqual(told[0], "第 4 字： 括号 ( 没有配对，已略去 养老 (补贴 年份:明年 <b>")
        self.assertIn("“明年”不是“年份”字段的写法", told[1])
        self.assertEqual([mark.text for mark in self.all(".warnings mark")], ["(", "明年"])
        self.assertTrue(self.all(".result"))
        self.assertEqual(self.driver.execute_script(CONTRAST), [])
        for scripts in (False, True):
            self.scripts(scripts)
            self.open(q="养" * 40 + " 停*车 " + "老" * 40)
            self.assertEqual(self.find(".warnings mark").text, "*")
            place = self.find(".warnings .place").text
            self.assertTrue(place.startswith("…") and place.endswith("…") and len(place) < 50, place)
        self.open(q="养老 补贴")
        self.assertFalse(self.all(".warnings"))
        self.english(lambda: (
            self.open(q="养老 (补贴"),
            self.assertIn("Column 4: nothing closes the parenthesis (", self.find(".warnings").text)))

    def test_failures_are_said_in_the_readers_language(self):
        for page, words in (("/nowhere", "没有这一页"), ("/reply/nothing", "没有这一页"),
                            (url("/", q="养老", year="abc"), "检索条件不对"),
                            (url("/", q="qqqqzzzz"), "没有找到"), (url("/", q="字" * 700), "不对")):
            self.driver.get(self.service.base + page)
            self.assertIn(words, self.find(".nothing").text, page)
            self.assertTrue(self.all("#q"), page)
        self.assertFalse(self.all("aside"))  # nothing to narrow

    def test_what_has_the_focus_can_be_seen(self):
        self.open(q="服务")
        body = self.find("body")
        for _ in range(25):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            seen = self.driver.execute_script(
                "const e = document.activeElement, s = getComputedStyle(e);"
                "const edge = (of) => getComputedStyle(document.querySelector(of)).borderBottomColor;"
                "return e.id === 'q' ? edge('.box') !== edge('.top')"
                "  : s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0")
            self.assertTrue(seen, self.focused())
        self.assertNotEqual(self.driver.switch_to.active_element, body)

    def test_a_phone_needs_no_sideways_scrolling(self):
        self.size(390, 844, phone=True)
        pages = [url("/"), url("/", q="养老服务 补贴"), url("/", q="服务", group="reply", role="done")]
        self.open(q="家庭养老床位")
        pages.append(self.find(".result h2 a").get_attribute("href")[len(self.service.base):])
        for page in pages:
            self.driver.get(self.service.base + page)
            wide = self.driver.execute_script("return document.documentElement.scrollWidth")
            self.assertLessEqual(wide, 390, page)
        self.open(q="服务")
        self.assertFalse(self.find(".filters").get_attribute("open"))
        self.find(".filters summary").click()
        self.assertTrue(self.find(".facet a").is_displayed())

    def test_neither_a_query_nor_a_document_runs_a_script(self):
        for query in (EVIL, '"><script>window.evil=1</script>', "猕猴桃", "javascript:window.evil=1"):
            for group in ("none", "reply"):
                self.open(q=query, group=group)
                self.assertIsNone(self.driver.execute_script("return window.evil || null"), query)
        self.open(q="猕猴桃")
        self.assertIn("<script>window.evil=1</script>", self.find(".snippet").text)
        self.go(self.find(".result h2 a"))
        self.assertIn("<script>window.evil=1</script>", self.find(".prose").text)
        self.assertIsNone(self.driver.execute_script("return window.evil || null"))
        box = self.find("#q")
        box.clear()
        box.send_keys("猕猴桃")
        self.driver.execute_script("return new Promise(done => setTimeout(done, 600))")
        self.assertIsNone(self.driver.execute_script("return window.evil || null"))

    def test_landmarks_labels_and_contrast(self):
        self.open(q="养老服务 补贴")
        for selector in ("header", "main#main", "footer", "form[role=search]", "aside[aria-label]",
                         "h1", "a.skip", "#q[aria-label]"):
            self.assertTrue(self.all(selector), selector)
        self.assertEqual(self.find("html").get_attribute("lang"), "zh-CN")
        reply = self.find(".result h2 a").get_dom_attribute("href")
        for scheme in ("light", "dark"):
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                "features": [{"name": "prefers-color-scheme", "value": scheme}]})
            for page in ("/", reply, "/nowhere", url("/", q="qqqqzzzz"),
                         url("/", q="服务", group="reply", role="done"), url("/", q="养老服务 补贴")):
                self.driver.get(self.service.base + page)
                self.assertEqual(self.driver.execute_script(CONTRAST), [], (scheme, page))
                self.no_complaints()
            self.driver.execute_script("document.querySelector('.total').style.color = '#777'")
            self.assertTrue(self.driver.execute_script(CONTRAST), "the measure measures")
            self.driver.execute_script("document.querySelector('.total').style.color = ''")
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


# Texts whose contrast with what is behind them is less than 4.5 (WCAG 2.2, 1.4.3).
CONTRAST = """
const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number);
  return c.startsWith('color(') ? n.slice(0, 3).map((v) => v * 255).concat(n[3] ?? 1)
                                : [n[0], n[1], n[2], n[3] ?? 1]; };
const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255;
  return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = (element) => { for (let e = element; e; e = e.parentElement) {
  const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0.9) return c; }
  return [255, 255, 255, 1]; };
const bad = [];
for (const element of document.querySelectorAll('body *')) {
  if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  if (!element.checkVisibility() || element.closest('.unseen, .skip, title')) continue;
  const style = getComputedStyle(element);
  const front = parse(element.closest('svg') ? style.fill : style.color), back = behind(element);
  const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05);
  if (contrast < 4.5) bad.push([element.className, element.textContent.slice(0, 20), contrast]);
}
return bad;
"""

if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
