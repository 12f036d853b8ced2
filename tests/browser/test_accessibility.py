"""axe finds nothing against WCAG 2.2 AA on any page, light or dark, narrow or wide."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Site
from tests.browser.pages import STATES, WITH_COOKIE

AXE = Axe()
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(visit: Any, site: Site, name: str) -> None:
    page = visit(width=360, is_staff=name in WITH_COOKIE)
    STATES[name](page, site, "lv")
    for width, scheme in ((360, "light"), (360, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 780})
        page.emulate_media(color_scheme=scheme)
        found = AXE.run(page, options=RULES)
        assert found.violations_count == 0, f"{width} px, {scheme}: {found.generate_report()}"


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["home", "calendar", "month", "week", "activity", "form with errors", "private page"])
def test_axe_finds_nothing_in_the_other_languages_either(visit: Any, site: Site, name: str, language: str) -> None:
    page = visit()
    STATES[name](page, site, language)
    assert page.locator("html").get_attribute("lang") == language
    found = AXE.run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_axe_would_find_something(visit: Any, site: Site) -> None:
    """The check itself can fail."""
    page = visit()
    page.goto(site("/"))
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=\"data:,\">')")
    found = AXE.run(page, options=RULES)
    assert {"label", "image-alt"} <= {each["id"] for each in found.response["violations"]}
