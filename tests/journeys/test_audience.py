"""What is not for everybody leaves no trace: each public page is the same byte for byte with it and without it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import models
from django.test import Client

from activities.models import Activity, Meeting, Need, Occurrence, Room, Venue
from partners.models import Institution, Project
from tests.journeys.public_addresses import SLUGS, examples

Make = Callable[..., Any]
CANARY = "Kanarija"
HIDDEN: list[dict[str, str]] = [
    {"audience": "invited"},
    {"audience": "discreet"},
    {"state": "draft"},
    {"state": "proposed"},
    {"state": "returned"},
    {"state": "archived"},
]
QUERIES = (
    "",
    "?q=kanarija",
    "?when=month",
    "?ages=5&party=2",
    "?theme=home",
    "?district=kanarija",
    "?institution=kanarija",
)


def marked(model: type[models.Model], **fields: Any) -> dict[str, Any]:
    """Every text of the row says the canary's name."""
    texts = {
        field.name: CANARY
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, models.SlugField | models.URLField | models.EmailField)
        and field.name not in ("invitation_id", "phone")
    }
    return texts | fields


def hide(now: datetime, number: int, how: dict[str, str], seen: Activity) -> Activity:
    """An activity with everything an activity can have, at a place and of an institution that all may see."""
    activity = Activity.objects.create(
        **marked(Activity, slug=f"kanarija-{number}", theme="home", published_at=now, approximate_year=2027),
        **{"state": "published", "is_in_russian": True, "project": seen.project, "made_for": seen} | how,
    )
    activity.organisers.add(*seen.organisers.all())
    Need.objects.create(**marked(Need, activity=activity, kind="helpers", wanted=3))
    venue = Venue.objects.get(slug=SLUGS["venue"])
    for days in (-40, 0, 5, 400):
        occurrence = Occurrence.objects.create(
            **marked(Occurrence, activity=activity, decision_at=now + timedelta(hours=1))
        )
        start = now + timedelta(days=days, hours=3)
        Meeting.objects.create(
            **marked(
                Meeting, occurrence=occurrence, starts_at=start, ends_at=start + timedelta(hours=2), where="venue"
            ),
            venue=venue,
            is_cancelled=days == 0,
        )
    return activity


@pytest.fixture
def seen(make_occurrence: Make, now: datetime) -> Activity:
    """One of each that everybody may see."""
    project = Project.objects.create(slug=SLUGS["project"], title_lv="Pagalms", state="published")
    partner = Institution.objects.create(
        slug=SLUGS["institution"], kind="other", short_name_lv="Iestāde", name_lv="Iestāde"
    )
    venue = Venue.objects.create(slug=SLUGS["venue"], name_lv="Mezgls", address="Smilšu iela 92", district_lv="Ķīmija")
    occurrence = make_occurrence(
        slug=SLUGS["activity"], project=project, theme="home", starts_at=now + timedelta(days=3)
    )
    Meeting.objects.update(venue=venue)
    activity: Activity = occurrence.activity
    activity.organisers.add(partner)
    return activity


def opened(client: Client) -> dict[str, bytes]:
    """Everything public there is, in each language, with some filters where there are any."""
    paths = examples()
    paths += [
        f"{path}{query}" for path in paths if "aktivitates/" in path or path.endswith(".ics") for query in QUERIES[1:]
    ]
    found = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        found[path] = b"%d " % answer.status_code + answer.content
    return found


@pytest.mark.django_db
def test_hidden_activities_change_no_public_page_by_a_byte(client: Client, seen: Activity, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        before = opened(client)
        for number, how in enumerate(HIDDEN):
            hide(now, number, how, seen)
        after = opened(client)
    assert [path for path in before if before[path] != after[path]] == []
    assert sum(page.startswith(b"200 ") for page in before.values()) > len(before) * 0.6
    assert b"Ezera talka" in before["/aktivitates/"]


@pytest.mark.django_db
def test_pages_of_what_is_hidden_do_not_exist(client: Client, seen: Activity, now: datetime) -> None:
    """And nothing of what only hidden activities use is seen."""
    hidden = [hide(now, number, how, seen) for number, how in enumerate(HIDDEN)]
    venue = Venue.objects.create(**marked(Venue, slug="kanarija"))
    Room.objects.create(venue=venue, name_lv=CANARY)
    Project.objects.create(**marked(Project, slug="kanarija", state="draft"))
    Meeting.objects.filter(occurrence__activity__in=hidden).update(venue=venue)
    with time_machine.travel(now, tick=False):
        for activity in hidden:
            slugs = {"activity": activity.slug, "project": "kanarija", "venue": "kanarija", "institution": "nav"}
            own = [path for path in examples(slugs) if "kanarija" in path or "/nav" in path]
            assert own
            assert {path: client.get(path).status_code for path in own} == dict.fromkeys(own, 404)
        assert [path for path, page in opened(client).items() if CANARY.encode() in page] == []


@pytest.mark.django_db
def test_the_walk_would_see_it(client: Client, seen: Activity, now: datetime) -> None:
    """The twin: published and open, it is on most pages."""
    hide(now, 0, {}, seen)
    with time_machine.travel(now, tick=False):
        found = [path for path, page in opened(client).items() if CANARY.encode() in page]
    assert {"/", "/aktivitates/", "/kalendars/2027-03/", "/plans/2027/"} <= set(found)
    assert len(found) > 12
