"""Every page of the running portal by name: the public ones by address, the others with the way that leads there."""

import re
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.test import RequestFactory
from playwright.sync_api import Page

from kopiena import errors
from tests.browser.conftest import Site

NAMES = {
    "home": "/",
    "calendar": "/kalendars/",
    "month": f"/kalendars/{date.today():%Y-%m}/",
    "week": "/kalendars/{}-n{:02}/".format(*date.today().isocalendar()),
    "day by day": f"/kalendars/{date.today():%Y-%m}/dienas/",
    "empty month": "/kalendars/2020-08/",
    "empty week": "/kalendars/2020-n33/",
    "list": "/aktivitates/",
    "filtered list": "/aktivitates/?theme=cleanup&party=2&step_free=1",
    "nothing found": "/aktivitates/?theme=stage&since=2100-01-01",
    "list with a word on the address": "/aktivitates/?nav=1&ages=x&since=x",
    "activity": "/aktivitates/talka-pie-ezera/",
    "past activity": "/aktivitates/centra-atklasana/",
    "full activity with people waiting": "/aktivitates/paraugs-medalas/",
    "activity called off": "/aktivitates/paraugs-pastaiga/",
    "activity without a date yet": "/aktivitates/paraugs-puku-dobes/",
    "plan": f"/plans/{date.today().year}/",
    "plan of 2020": "/plans/2020/",
    "institutions": "/iestades/",
    "institution": "/iestades/20-pii/",
    "projects": "/projekti/",
    "project": "/projekti/darbigas-kopienas/",
    "venue": "/vietas/mezgls/",
    "about": "/par-mums/",
    "join": "/par-mums/iestadem/",
    "privacy": "/privatums/",
    "accessibility": "/pieklustamiba/",
    "find": "/mans-pieteikums/",
}
STATIC = re.compile(r"(/static/[a-z/-]+)(\.[0-9a-f]{12}\.[a-z]+)")
ERRORS = {"bad request": 400, "not for you": 403, "not there": 404, "our mistake": 500, "busy": 503}


def signed_up(page: Page, site: Site, *, children: int = 1, language: str = "lv") -> str:
    """Signs a family up and leaves the page at its private page; returns the path of it."""
    page.goto(site(f"/pieteikties/{site.roomy}/", language))
    page.locator("#id_contact_name").fill("Anna")
    page.locator("#id_email").fill("anna@example.lv")
    page.locator("#id_adults").fill("2")
    page.locator("[name=photo][value=no]").check()
    if children:
        page.locator("#id_child_1_age").fill("6")
        page.locator("#id_declaration").check()
    page.locator("form[method=post] .button--main").last.click()
    page.wait_for_url("**/pieteikums/*/")
    return page.url.removeprefix(site.address)


def with_errors(page: Page, site: Site, language: str = "lv") -> None:
    """The form sent empty."""
    page.goto(site(f"/pieteikties/{site.roomy}/", language))
    page.locator("form[method=post] .button--main").last.click()
    page.locator(".error-summary").wait_for()


def error_page(status: int) -> Callable[[Page, Site, str], Any]:
    """What the portal shows with DEBUG off: drawn here, for the running one has DEBUG on and answers for developers."""

    def show(page: Page, site: Site, language: str) -> None:
        page.goto(site("/privatums/"))
        served = dict(STATIC.findall(page.content()))  # the running portal's own names of its files
        path = site("/nav-tadas/", language)
        typed = [("contact_name", "Anna")] if status == HTTPStatus.SERVICE_UNAVAILABLE else []
        request = RequestFactory().get(path.removeprefix(site.address))
        drawn = errors.page(request, HTTPStatus(status), typed=typed).content.decode()
        drawn = STATIC.sub(lambda found: found[1] + served.get(found[1], found[2]), drawn)
        page.route("**/nav-tadas/", lambda route: route.fulfill(body=drawn, status=status, content_type="text/html"))
        page.goto(path)

    return show


def go(path: str) -> Callable[[Page, Site, str], Any]:
    return lambda page, site, language: page.goto(site(path, language))


def form_of(which: str) -> Callable[[Page, Site, str], Any]:
    return lambda page, site, language: page.goto(site(f"/pieteikties/{getattr(site, which)}/", language))


def private(way: str = "") -> Callable[[Page, Site, str], Any]:
    def show(page: Page, site: Site, language: str) -> None:
        ours = signed_up(page, site, language=language)
        if way:
            page.goto(site.address + ours + way)

    return show


# Beside the public pages: what a resident sees on the way, and where the staff sign in.
STATES: dict[str, Callable[[Page, Site, str], Any]] = {
    **{name: go(path) for name, path in NAMES.items()},
    **{name: error_page(status) for name, status in ERRORS.items()},
    "form": form_of("roomy"),
    "form with errors": with_errors,
    "form without rows": form_of("narrow"),
    "private page": private(),
    "change": private("mainit/"),
    "cancel": private("atcelt/"),
    "erase": private("dzest/"),
    "slip": private("izdruka/"),
    "sign-in": lambda page, site, language: page.goto(site.address + "/konts/login/"),
}
WITH_COOKIE = ("sign-in",)  # the staff's form carries Django's own token
