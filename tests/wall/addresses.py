"""Every address there is, from the URL resolver, with an example of each that leads to what is institution A's."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from tests.guards.test_access_marks import addresses
from tests.wall.world import World

LANGUAGE = re.compile(r"^(lv|ru|en)/")
# What stands in the place of each part of an address, by the part's name.
PLAIN = {
    "first": "2027-03",
    "year": "2027",
    "monday": "2027-n12",
    "number": "2",
    "path": "pictures/nav.jpg",
    "rest": "1/1",
    "object_id": "1",
}


def named() -> Iterator[tuple[str, str]]:
    """The name of each address and its route, each once: the languages share their names."""
    seen: set[str] = set()
    for namespace, name, route, _view in addresses(get_resolver().url_patterns):
        route = LANGUAGE.sub("", route)
        key = f"{namespace}:{name}" if name else route
        if key not in seen:
            seen.add(key)
            yield key, route


def example(key: str, route: str, role: str, world: World) -> str:
    """A path to it, filled with what is A's; in the family's hands the private link is a true one."""
    if "(?P" in route:  # two of Django's own are no plain routes: the page of an app, and whatever is not there
        return "/admin/families/" if "app_label" in route else "/admin/nothing-here/"

    def value(match: "re.Match[str]") -> str:
        return str(_part(key, match[1].split(":")[-1], role, world))

    return "/" + re.sub("<([^<>]+)>", value, route)


def _part(key: str, part: str, role: str, world: World) -> Any:
    if part == "link":
        return world.invited if "invitation" in key else world.link(role)
    if part == "slug":
        return _slug(key, world)
    if part == "object_id" and "view_on_site" not in key:
        return _object(key, world)
    if part in PLAIN:
        return PLAIN[part]
    if "attendance" in key or "desk_meeting" in key:  # only of what has begun is there a word to say
        gone = world.rows["meeting gone"]
        return {"meeting_id": gone.pk, "occurrence_id": gone.occurrence_id}.get(part, 0)
    numbers = {
        "id": world.users["editor of A"].pk,
        "other_id": world.rows["group"].pk,
        "content_type_id": 1,
        "activity_id": world.occurrence.activity_id,
        "institution_id": world.mine.pk,
        "invitation_id": world.rows["invitation"].pk,
        "membership_id": world.rows["membership"].pk,
        "occurrence_id": world.occurrence.pk,
        "meeting_id": world.rows["meeting"].pk,
        "registration_id": world.registration.pk,
        "sign_up_id": world.sign_up.pk,
        "notice_id": world.rows["notice"].pk,
        "proposal_id": world.rows["proposal"].pk,
    }
    return numbers.get(part) or _row(key, world)


def _row(key: str, world: World) -> int:
    """What "pk" stands for, by the name of the address."""
    for part in ("draft", "asking", "group", "proposal"):
        if part in key:
            return int(world.rows[part].pk)
    return int(world.occurrence.activity_id)


def _slug(key: str, world: World) -> str:
    if key.startswith("activities:venue"):
        return "mezgls"
    if key.startswith("activities:project"):
        return "projekts-a"
    if re.search("^activities:(institution|desk|draft)|^families:desk|^partners:", key):
        return world.mine.slug
    return "aktivitate-a"


def _object(key: str, world: World) -> int:
    rows = {
        "institution": world.mine,
        "project": world.rows["project"],
        "activity": world.occurrence.activity,
        "occurrence": world.occurrence,
        "capacity": world.occurrence,
        "venue": world.rows["venue"],
        "room": world.rows["room"],
        "notice": world.rows["notice"],
        "proposal": world.rows["proposal"],
        "registration": world.registration,
        "signup": world.sign_up,
        "joinrequest": world.rows["join request"],
        "user": world.users["editor of A"],
        "centre": None,
        "participant": None,
    }
    row = next((row for name, row in rows.items() if re.search(rf"[_/]{name}[_/]", key)), None)
    return row.pk if row is not None else 1
