"""No third party in the browser, nothing fetched by the server, nothing that the CSP would refuse."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.guards.files import ROOT, modules, texts

LETTERS = ("templates", "letters")  # mail, not pages
# What makes a mail program fetch, and so tell who reads when: it has no policy of ours.
LOADS = re.compile(r"<(?:img|link|script|iframe|object|embed|video|audio|form|base)\b|\burl\(|@import|\bsrc\s*=", re.I)
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
INLINE = {
    "a style attribute": re.compile(r"<[^<>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.I),
    "an event handler": re.compile(r"<[^<>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
}
# A link a person may follow is no load; everything else that names another host is.
ELSEWHERE = re.compile(r"""(?<!<a href=")(?:https?:)//[\w.-]+|["'(=]\s*//[\w-]+\.[\w.-]+""", re.I)
CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "smtplib", "xmlrpc"}


def slips(text: str) -> list[str]:
    """What in this page, style or script the policy would refuse or another host would hear of."""
    plain = re.sub(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", "", text, flags=re.S)
    for namespace in NAMESPACES:
        plain = plain.replace(f'"{namespace}"', '""')
    found = [what for what, pattern in INLINE.items() if pattern.search(plain)]
    return [*found, *(f"another host: {match.group().strip()}" for match in ELSEWHERE.finditer(plain))]


def slips_of_a_letter(text: str) -> list[str]:
    """What in this letter would run, or load anything at all."""
    found = [what for what in slips(text) if what != "a style element"]
    return [*found, *(f"a load: {match.group()}" for match in LOADS.finditer(text))]


def test_letters_bring_their_style_along_and_load_nothing() -> None:
    letters = {name: text for name, text in texts() if name.parts[:2] == LETTERS and name.suffix == ".html"}
    assert letters
    assert {str(name): found for name, text in letters.items() if (found := slips_of_a_letter(text))} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<style>p { color: red }</style>", []),
        ("<style>@import 'a.css';</style>", ["a load: @import"]),
        ("<style>p { background: url(/a.png) }</style>", ["a load: url("]),
        ('<img alt="" src="/static/dot.gif">', ["a load: <img", "a load: src="]),
        ('<link rel="stylesheet" href="/a.css">', ["a load: <link"]),
        ('<p style="color: red">', ["a style attribute"]),
        ('<a href="{{ way.address }}">', []),
    ],
)
def test_the_finder_finds_each_slip_of_a_letter_and_nothing_else(text: str, found: list[str]) -> None:
    assert slips_of_a_letter(text) == found


def test_pages_styles_and_scripts_hold_nothing_inline_and_load_nothing_from_elsewhere() -> None:
    shown = {
        name: text for name, text in texts() if name.parts[0] in ("templates", "static") and name.parts[:2] != LETTERS
    }
    assert len(shown) > 50
    assert {str(name): found for name, text in shown.items() if (found := slips(text))} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color:red">', ["a style attribute"]),
        ("<p\n  class='a' STYLE = 'b'>", ["a style attribute"]),
        ("<style>p {}</style>", ["a style element"]),
        ("<script>alert(1)</script>", ["an inline script"]),
        ('<script defer src="{% static "a.js" %}"></script>', []),
        ('<button type="button" onclick="go()">', ["an event handler"]),
        ('<a href="javascript:go()">', ["a javascript: address"]),
        ('<img src="https://example.lv/a.png">', ["another host: https://example.lv"]),
        ('<script src="//example.lv/a.js"></script>', ['another host: "//example.lv']),
        ("p { background: url(//example.lv/a.png) }", ["another host: (//example.lv"]),
        ("@import 'http://example.lv/a.css';", ["another host: http://example.lv"]),
        ('<link rel="stylesheet" href="https://example.lv/a.css">', ["another host: https://example.lv"]),
        ('<a href="https://example.lv" rel="noreferrer">', []),
        ('<svg xmlns="http://www.w3.org/2000/svg">', []),
        ("{# https://example.lv #}", []),
        ("// a comment\nconst on = 1; // once = twice", []),
    ],
)
def test_the_finder_finds_each_slip_and_nothing_else(text: str, found: list[str]) -> None:
    assert slips(text) == found


def imported(source: str) -> Iterator[str]:
    """Names of the modules a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reaches_out(source: str) -> set[str]:
    """Clients of other hosts that a source imports."""
    return {name for name in imported(source) for client in CLIENTS if name == client or name.startswith(f"{client}.")}


def test_no_module_can_fetch_an_address() -> None:
    """One speaks to another host, the mail server: it knows its refusals by smtplib's names."""
    reaching = {str(name): found for name in modules() if (found := reaches_out((ROOT / name).read_text()))}
    assert reaching == {"kopiena/floor/outbox/post.py": {"smtplib"}}


def test_the_finder_finds_an_import_inside_a_function() -> None:
    assert reaches_out("def a():\n    from urllib import request\n") == {"urllib.request"}
    assert reaches_out("import urllib.parse") == set()
