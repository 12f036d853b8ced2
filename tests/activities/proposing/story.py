"""For tests of what is decided: an institution with people, and a project it has sent to the centre."""

from datetime import datetime, timedelta
from typing import Any

from activities.models import Proposal
from activities.proposing import drafts
from kopiena.floor.models import User
from partners.models import Institution, Membership, Project
from tests.conftest import NOW

WRITTEN = {"title": "Zaļā palodze", "summary": "Audzējam lociņus uz palodzes."}
SOON = NOW + timedelta(days=12)


def institution(slug: str = "20-pii") -> Institution:
    names = {"kind": "preschool", "short_name_lv": "20. PII", "short_name_ru": "20-й детский сад", "name_lv": "20. PII"}
    return Institution.objects.get_or_create(slug=slug, defaults=names)[0]


def person(email: str = "ilze@example.lv", of: Institution | None = None, role: str = "editor", **fields: Any) -> User:
    """Somebody who acts for it since long ago."""
    user = User.objects.create_user(email, **fields)
    made = Membership.objects.create(institution=of or institution(), user=user, role=role)
    Membership.objects.filter(pk=made.pk).update(since=NOW - timedelta(days=90))
    return user


def sent(
    by: User | None = None, *, now: datetime = NOW, content: dict[str, Any] | None = None, **also: Any
) -> Proposal:
    """A project, or what is asked for by `also`, that waits for the coordinator."""
    by = by or person()
    fields = {"language": "lv", "kind": "project", **also}
    of = fields.pop("institution", None) or institution()
    kind = fields.pop("kind")
    made = drafts.begin(of, kind, content=WRITTEN if content is None else content, by=by, now=now, **fields)
    return drafts.propose(made.pk, made.revision, by=by, now=now)


def activity(**also: Any) -> dict[str, Any]:
    """The content of an activity with one date."""
    date = {"day": f"{SOON:%Y-%m-%d}", "from": "14:00", "until": "16:00", "whole": "", "last": ""}
    return {
        "title": "Lāču rīts",
        "summary": "Ejam mežā skatīties pēdas.",
        "theme": "cleanup",
        "where": "home",
        "dates": [date],
        "is_sign_up_needed": True,
        "unit": "people",
        "places": "20",
        "languages": ["lv"],
        **also,
    }


def published(of: Institution | None = None, **fields: Any) -> Project:
    """A project that is on the site."""
    texts = {"title_lv": "Zaļā palodze", "summary_lv": "Audzējam sīpolus.", "title_ru": "Зелёный подоконник"}
    made = Project.objects.create(slug="zala-palodze", state="published", **{**texts, **fields})
    made.institutions.add(of or institution())
    return made


def again(row: Proposal) -> Proposal:
    return Proposal.objects.get(pk=row.pk)
