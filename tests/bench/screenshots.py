# SPDX-License-Identifier: GPL-2.0-or-later
"""Every view of the page as a picture, to be looked at: python3 tests/bench/screenshots.py PROGRAMS
SOURCE FOLDER [NAME…]. Needs Debian's chromium, chromium-driver and python3-selenium."""
import base64
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "server"))
from running import CORPUS, Service, url  # noqa: E402
from browser import browser  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402

FOLDER, WANTED = sys.argv[3], sys.argv[4:]
SIZES = {"desk": (1280, 860, False), "phone": (390, 844, True)}


def type_slowly(driver, text):
    box = driver.find_element(By.ID, "q")
    box.clear()
    box.send_keys(text)
    deadline = time.time() + 10
    while not driver.find_elements(By.CSS_SELECTOR, "#completion li") and time.time() < deadline:
        time.sleep(0.05)


def open_filters(driver):
    driver.execute_script("document.querySelector('.filters').open = true;"
                          "document.querySelector('.filters').scrollIntoView()")


def open_reply(driver):
    driver.find_element(By.CSS_SELECTOR, ".result h2 a").click()
    time.sleep(0.5)


VIEWS = {  # address, and what is done on the page
    "home": ("/", None),
    "results": (url("/", q="养老服务 补贴"), None),
    "grouped": (url("/", q="养老服务", group="reply", role="commitment"), None),
    "filters": (url("/", q="服务", year="2024"), open_filters),
    "completion": ("/", lambda driver: type_slowly(driver, "养老")),
    "reply": (url("/", q="家庭养老床位 护理人员"), open_reply),
    "nothing": (url("/", q="qqqqzzzz"), None),
    "meant": (url("/", q="家庭养老创位"), None),
    "warned": (url("/", q="养老 (补贴 年份:明年 停*车"), None),
    "error": (url("/", q="养老", year="abc"), None),
    "missing": ("/reply/nothing", None),
}


def main():
    os.makedirs(FOLDER, exist_ok=True)
    with Service(documents=[CORPUS]) as service:
        driver = browser()
        try:
            for view, (target, act) in VIEWS.items():
                for device, (width, height, phone) in SIZES.items():
                    for scheme in ("light", "dark"):
                        name = f"{view}-{device}-{scheme}"
                        if WANTED and not any(word in name for word in WANTED):
                            continue
                        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone})
                        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                            "features": [{"name": "prefers-color-scheme", "value": scheme}]})
                        driver.get(service.base + target)
                        if act:
                            act(driver)
                        shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
                        with open(os.path.join(FOLDER, name + ".png"), "wb") as out:
                            out.write(base64.b64decode(shot["data"]))
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
