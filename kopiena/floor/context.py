"""What every page of the site shows around its own content: the languages and the menu; never a query."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import gettext_lazy

from kopiena.floor.access import mark_of

IN_EACH_LANGUAGE = ("families", "activities", "partners", "floor")
SPEAKS_AS_NEXT = ("account_request_login_code", "account_confirm_login_code")
PREFIXES = {"lv": "", "ru": "/ru", "en": "/en"}
OWN_NAMES = {"lv": "Latviešu", "ru": "Русский", "en": "English"}
LOCALES = {"lv": "lv_LV", "ru": "ru_RU", "en": "en_GB"}  # as Open Graph names them


def site(request: HttpRequest) -> dict[str, Any]:
    """The languages (this same page in each), its lasting address, the head with the main menu, and the foot."""
    language, spoken = active_language(), languages(request)
    year = timezone.localdate().year
    current = _current(request.path, language, year)
    head, foot = (_head.__wrapped__, _foot.__wrapped__) if settings.DEBUG else (_head, _foot)
    return {
        "LANGUAGE_CODE": language,
        "site_languages": spoken,
        "site_head": head(language, year, current, is_this_page=request.path == current),
        "site_foot": foot(language),
        "site_url": settings.SITE_URL,
        "page_address": page_address(request, spoken),
    }


def page_address(request: HttpRequest, spoken: list[dict[str, Any]]) -> str:
    """The one lasting address of a page that is the same for everybody; empty for forms and private pages."""
    match = request.resolver_match
    if match is None or mark_of(match.func) != "public":
        return ""
    return next(language["address"] for language in spoken if language["is_current"])


def active_language() -> str:
    """The language the page speaks."""
    return translation.get_language() or settings.LANGUAGE_CODE


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Each language with its own name and this page in it.

    `address` is the whole one for search engines; empty on errors and private pages, where they have nothing to find.
    """
    match = request.resolver_match
    # Of a page that is kept only the query it knows: it is the same for all who ask for it in other words.
    known: str | None = getattr(request, "known_query", None)
    query = request.META.get("QUERY_STRING", "") if known is None else known
    asked = f"?{iri_to_uri(query)}" if query else ""
    is_for_all = match is not None and mark_of(match.func) in ("public", "public_form")
    current = active_language()
    is_in_each = match is not None and match.namespace in IN_EACH_LANGUAGE
    bare = escape_uri_path(_without_language(request.path) if is_in_each else request.path)
    paths = {code: f"{PREFIXES[code]}{bare}" if is_in_each else bare for code in PREFIXES}
    is_code = match is not None and match.url_name in SPEAKS_AS_NEXT
    return [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "locale": LOCALES[code],
            "url": _afterwards_in(code, request) if is_code else path + asked if match is not None else home_in(code),
            "address": settings.SITE_URL + path if is_for_all else "",
            "is_current": code == current,
        }
        for code, path in paths.items()
    ]


def _without_language(path: str) -> str:
    language = translation.get_language_from_path(path)
    return path.removeprefix(PREFIXES[language]) if language else path


def _afterwards_in(code: str, request: HttpRequest) -> str:
    """The same page of the sign-in, speaking the language of the page it leads to (middleware.language_of)."""
    wanted = request.GET.get("next", "")
    with translation.override(settings.LANGUAGE_CODE):
        bare = _without_language(wanted) if wanted.startswith("/") else reverse(settings.DESK_REDIRECT_URL)
    return f"{request.path}?next={quote(PREFIXES[code] + bare)}"


def home_in(code: str) -> str:
    """The home page in that language: where a page that is not there sends its reader."""
    with translation.override(code):
        return reverse("families:home")


# The entries of the main menu: their words, and the page they lead to.
ENTRIES = (
    (gettext_lazy("Calendar"), "activities:calendar"),
    (gettext_lazy("Activities"), "activities:list"),
    (gettext_lazy("Plan"), "activities:plan"),
    (gettext_lazy("Projects"), "activities:project_list"),
    (gettext_lazy("Partners"), "activities:institution_list"),
    (gettext_lazy("Find my registration"), "families:find"),
)


@lru_cache(maxsize=20)
def _menu(language: str, year: int) -> tuple[tuple[str, str], ...]:
    """The words and the address of each entry; the plan is this year's."""
    return tuple(
        (str(words), reverse(name, args=[year] if name == "activities:plan" else [])) for words, name in ENTRIES
    )


def _current(path: str, language: str, year: int) -> str:
    """The address of the entry that leads to this page or to one above it."""
    return next((url for _words, url in _menu(language, year) if path.startswith(url)), "")


@lru_cache(maxsize=100)
def _head(language: str, year: int, current: str, *, is_this_page: bool) -> str:
    """The name of the portal and the main menu; an entry is current on its own page and on those below it."""
    shown = {"menu": _menu(language, year), "current": current, "is_this_page": is_this_page}
    return get_template("_head.html").render(shown)


@lru_cache(maxsize=10)
def _foot(language: str) -> str:
    return get_template("_footer.html").render()
