"""Every kind of page of the office, found by its links: nothing lies over anything or is cut, axe finds nothing."""

import re
from collections import deque
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.test_accessibility import RULES
from tests.browser.test_office_phone import is_one_column
from tests.browser.test_rain import sign_in

WIDTHS = (1280, 360)
KINDS = 60  # at least so many kinds of pages there are
ELSEWHERE = re.compile(r"logout|language|jsi18n|/r/|_popup")
# axe would put styles of its own into the page; 24 px is asked of our own pages, Django's lists are denser; its
# choosers that search (select2) come from a package.
AXE_RULES = {**RULES, "preload": False, "rules": {"target-size": {"enabled": False}}}
AXE_RULES["runOnly"] = {"type": "tag", "values": [tag for tag in RULES["runOnly"]["values"] if tag != "best-practice"]}
PART = {"include": [["main"]], "exclude": [[".select2"]]}
COVERED = """() => [...document.querySelectorAll('main a, main button, main input[type=submit]')].filter((one) => {
  if (!one.checkVisibility() || !one.getClientRects().length || one.closest('.visually-hidden')) return false;
  one.scrollIntoView({ block: 'center', inline: 'center' });
  const box = one.getClientRects()[0];
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return box.width && box.height && !(hit && (one.contains(hit) || hit.contains(one)));
}).map((one) => one.outerHTML)"""
LINKS = "(links) => links.map((one) => one.pathname + one.search)"


def pages(page: Page, site: Site) -> Any:
    """Goes from the first page to one of each kind, and is on it when it is handed out."""
    seen: set[str] = set()
    waiting = deque(["/admin/"])
    while waiting:
        path = waiting.popleft()
        kind = re.sub(r"\d+", "0", path.split("?")[0])
        if kind in seen or not path.startswith("/admin/") or ELSEWHERE.search(path):
            continue
        seen.add(kind)
        answer = page.goto(site(path))
        assert answer is not None
        assert answer.ok, path
        if "html" in answer.headers["content-type"] and page.locator("main").count():
            waiting.extend(page.locator("a[href]").evaluate_all(LINKS))
            yield path
    assert len(seen) >= KINDS


def test_every_kind_of_page_is_whole(visit: Any, site: Site) -> None:
    page = visit(is_staff=True)
    sign_in(page, site)
    wrong: list[str] = []
    for path in pages(page, site):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 780})
            wrong += [f"{path} at {width}: something lies over {one}" for one in page.evaluate(COVERED)]
            wrong += [] if is_one_column(page) else [f"{path} at {width}: pushed sideways"]
        found = Axe().run(page, context=PART, options=AXE_RULES)
        wrong += [found.generate_report()] if found.violations_count else []
    assert not wrong, "\n".join(wrong)
