"""What every page of the site shows around its own content: the languages and the menu; never a query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import gettext as _

from kopiena.floor.access import mark_of

OWN_NAMES = {"lv": "Latviešu", "ru": "Русский", "en": "English"}
LOCALES = {"lv": "lv_LV", "ru": "ru_RU", "en": "en_GB"}  # as Open Graph names them


def site(request: HttpRequest) -> dict[str, Any]:
    """The languages (this same page in each) and the main menu."""
    spoken = languages(request)
    return {
        "LANGUAGE_CODE": active_language(),
        "site_languages": spoken,
        "site_menu": menu(request),
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
    query = request.META.get("QUERY_STRING", "")
    asked = f"?{iri_to_uri(query)}" if query else ""
    is_for_all = match is not None and mark_of(match.func) in ("public", "public_form")
    current = active_language()
    paths = {code: path_in(code, match) or escape_uri_path(request.path) for code, _name in settings.LANGUAGES}
    return [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "locale": LOCALES[code],
            "url": path + asked if match is not None else home_in(code),
            "address": settings.SITE_URL + path if is_for_all else "",
            "is_current": code == current,
        }
        for code, path in paths.items()
    ]


def path_in(code: str, match: ResolverMatch | None) -> str:
    """The same page's path in that language, "" for what has no name; Django's own finder would look it up again."""
    if match is None:
        return ""
    try:
        with translation.override(code):
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return ""


def home_in(code: str) -> str:
    """The home page in that language: where a page that is not there sends its reader."""
    with translation.override(code):
        return reverse("families:home")


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The main menu; an entry is current on its own page and on the pages below it."""
    entries = [
        (_("Calendar"), reverse("activities:calendar")),
        (_("Activities"), reverse("activities:list")),
        (_("Plan"), reverse("activities:plan", args=[timezone.localdate().year])),
        (_("Projects"), reverse("activities:project_list")),
        (_("Partners"), reverse("activities:institution_list")),
        (_("Find my registration"), reverse("families:find")),
    ]
    return [
        {
            "name": name,
            "url": url,
            "is_current": request.path.startswith(url),
            "is_this_page": request.path == url,
        }
        for name, url in entries
    ]
