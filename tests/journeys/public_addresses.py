"""Every public address there is, with an example of each; a new one without an example fails a test."""

from collections.abc import Iterator
from datetime import date

from django.urls import get_resolver, reverse
from django.utils import translation

from kopiena.floor.access import mark_of
from tests.guards.test_access_marks import addresses

# What stands in the place of each part of an address, by the part's name.
PARTS = {"first": date(2027, 3, 1), "year": 2027, "monday": date(2027, 3, 1), "number": 1, "path": "activities/nav.jpg"}
# By the name of the address: the slugs of what is seen there.
SLUGS = {
    "activity": "redzama",
    "institution": "redzama-iestade",
    "project": "redzams-projekts",
    "venue": "redzama-vieta",
}
# The sign-in's own pages lead nowhere; the pictures of the office are files.
NOT_OURS = ("account_", "media")


def named() -> Iterator[tuple[str, list[str]]]:
    """The names of all public addresses with the names of their parts."""
    for namespace, name, route, view in addresses(get_resolver().url_patterns):
        if mark_of(view) == "public" and name and not name.startswith(NOT_OURS):
            parts = [part.split(":")[-1].rstrip(">") for part in route.split("<")[1:]]
            yield (f"{namespace}:{name}" if namespace else name), [part.split(">")[0] for part in parts]


def examples(slugs: dict[str, str] = SLUGS, languages: tuple[str, ...] = ("lv", "ru", "en")) -> list[str]:
    """One path to each, in each language."""
    found = []
    for language in languages:
        with translation.override(language):
            for name, parts in named():
                own = name.split(":")[-1]
                slug = next((slug for key, slug in slugs.items() if own.startswith(key)), slugs["activity"])
                found.append(reverse(name, kwargs={part: slug if part == "slug" else PARTS[part] for part in parts}))
    return list(dict.fromkeys(found))
