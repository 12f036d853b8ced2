"""A resident's browser without JavaScript: reads a page, fills its form, presses a button, follows where it leads."""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

Fields = list[tuple[str, str]]


class Page:
    """What a browser would make of an answer."""

    def __init__(self, response: HttpResponse, address: str) -> None:
        self.response, self.address = response, address
        self.status: int = response.status_code
        self.source: str = response.content.decode()

    @cached_property
    def document(self) -> Element:
        """The page as a tree; read only where it is looked at, since html5lib takes its time."""
        return html5lib.parse(self.source, namespaceHTMLElements=False)

    @property
    def title(self) -> str:
        return text_of(next(self.document.iter("title")))

    @property
    def heading(self) -> str:
        return text_of(next(self.document.iter("h1")))

    @property
    def text(self) -> str:
        """Everything in <main>, with single spaces."""
        return text_of(next(self.document.iter("main")))

    def marked(self, css_class: str) -> list[str]:
        """The texts of elements with this class."""
        return [text_of(each) for each in self.document.iter() if css_class in (each.get("class") or "").split()]

    def links(self) -> dict[str, str]:
        """Text of a link -> where it leads."""
        return {text_of(each): each.get("href", "") for each in self.document.iter("a")}

    @cached_property
    def forms(self) -> list[Element]:
        """The forms that are sent by post."""
        return [each for each in self.document.iter("form") if each.get("method") == "post"]

    @property
    def form(self) -> Element:
        """The page's own: the only one, or the first of several."""
        return self.forms[0]

    def with_button(self, text: str) -> "Page":
        """The same page for whoever fills in the form that has this button; the page's own where none has it."""
        return self._narrowed([form for form in self.forms if text in map(text_of, form.iter("button"))])

    def with_field(self, name: str) -> "Page":
        """The same for the form that has a field of this name."""
        return self._narrowed([form for form in self.forms if name in dict(_fields(form))])

    def _narrowed(self, ours: list[Element]) -> "Page":
        found = copy(self)
        found.__dict__["forms"] = ours or self.forms
        return found

    def fields(self) -> Fields:
        """What a browser would send of the form as it stands, without a button."""
        return list(_fields(self.form))

    def typed(self, name: str) -> str:
        """What stands in a field now."""
        return dict(self.fields()).get(name, "")

    def buttons(self) -> dict[str, tuple[str, str]]:
        """Text of a button -> the name and value it sends; the unseen first one, that Enter presses, under ""."""
        found = {}
        for button in self.form.iter("button"):
            if button.get("type", "submit") == "submit":
                found.setdefault(text_of(button), (button.get("name", ""), button.get("value", "")))
        return found

    def goes_elsewhere(self, button: str) -> str:
        """The address a button names itself, instead of the form's."""
        found = [each for each in self.form.iter("button") if text_of(each) == button]
        return found[0].get("formaction", "") if found else ""

    def errors(self) -> list[str]:
        """The lines of the summary on top."""
        if "error-summary" not in self.source:
            return []
        summaries = [each for each in self.document.iter("div") if "error-summary" in (each.get("class") or "")]
        return [text_of(line) for summary in summaries for line in summary.iter("li")]


class Resident:
    """One person at one phone; whatever they send, they send it `seconds` later by the portal's clock."""

    def __init__(self, *, seconds: float = 10, at: str = "127.0.0.1") -> None:
        self.client = Client(REMOTE_ADDR=at)
        self.seconds = seconds

    def open(self, address: str) -> Page:
        """GET, following redirects."""
        return self._follow(self.client.get(address), address)

    def press(self, page: Page, button: str = "", **typed: Any) -> Page:
        """Types into the form of the button with this text and presses it; without one, the Enter key."""
        page = page.with_button(button)
        fields = {name: value for name, value in page.fields() if name not in typed}
        fields |= {name: str(value) for name, value in typed.items() if value is not None}
        name, value = page.buttons()[button]
        elsewhere = page.goes_elsewhere(button)
        return self.post(page, list(fields.items()) + ([(name, value)] if name else []), elsewhere)

    def post(self, page: Page, fields: Fields, elsewhere: str = "") -> Page:
        """Sends exactly these fields to where the page's form goes, or where the button says."""
        address = urljoin(page.address, elsewhere or page.form.get("action") or page.address)
        body = urlencode(fields)
        with time_machine.travel(timezone.now() + timedelta(seconds=self.seconds), tick=False):
            response = self.client.post(address, body, content_type="application/x-www-form-urlencoded")
            return self._follow(response, address)

    def _follow(self, response: HttpResponse, address: str) -> Page:
        for _ in range(5):
            assert not response.cookies, f"{address} sets a cookie: {response.cookies}"
            assert not self.client.cookies
            if response.status_code not in (301, 302, 303):
                return Page(response, address)
            address = urlsplit(urljoin(address, response["Location"]))._replace(fragment="").geturl()
            response = self.client.get(address)
        raise AssertionError(f"{address} goes round in circles")


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "input":
            kind = field.get("type", "text")
            if kind in ("checkbox", "radio"):
                if field.get("checked") is not None:
                    yield name, field.get("value", "on")
            elif kind not in ("submit", "button", "image", "file"):
                yield name, field.get("value", "")
        elif field.tag == "textarea":
            yield name, "".join(field.itertext())
        elif field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None]
            for option in chosen or list(field.iter("option"))[:1]:
                yield name, option.get("value", text_of(option))
