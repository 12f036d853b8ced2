"""What tests of proposed activities begin with: an institution, its teacher, and a draft that is complete."""

from datetime import datetime
from typing import Any

from activities.models import Activity, Proposal, Venue
from activities.proposing import drafts
from kopiena.floor.models import User
from partners.models import Institution, Membership, Project
from tests.conftest import NOW


def institution(slug: str = "20-pii", name: str = "20. PII") -> Institution:
    made, _ = Institution.objects.get_or_create(
        slug=slug, defaults={"name_lv": name, "short_name_lv": name, "kind": "preschool", "is_partner": True}
    )
    return made


def teacher(of: Institution | None = None, email: str = "skolotaja@example.lv") -> User:
    user, _ = User.objects.get_or_create(email=email)
    Membership.objects.get_or_create(user=user, institution=of or institution(), defaults={"role": "editor"})
    return user


def venue(slug: str = "mezgls", name: str = "Mezgls") -> Venue:
    made, _ = Venue.objects.get_or_create(slug=slug, defaults={"name_lv": name, "address": "Smilšu iela 92"})
    return made


def row(day: str = "2027-03-16", begins: str = "17:00", until: str = "18:00", **also: str) -> dict[str, str]:
    return {"day": day, "from": begins, "until": until, "last": "", "whole": "", **also}


def complete(**also: Any) -> dict[str, Any]:
    """A content that may be proposed."""
    return {
        "title": "Sīpolloki palodzei",
        "summary": "Kopā sējam sīpollokus un dilles.",
        "theme": "garden",
        "where": f"v{venue().pk}",
        "dates": [row()],
        **also,
    }


def every_tuesday(**also: Any) -> dict[str, Any]:
    """Each Tuesday of March 2027 from the 9th on, by the rule of a repeat."""
    return {
        "dates": [],
        "repeat_every": "1",
        "repeat_weekdays": ["1"],
        "repeat_from": "17:00",
        "repeat_until": "18:00",
        "repeat_first": "2027-03-09",
        "repeat_last": "2027-03-30",
        **also,
    }


def draft(
    content: dict[str, Any] | None = None,
    *,
    activity: Activity | None = None,
    within: Proposal | None = None,
    language: str = "lv",
    of: Institution | None = None,
    now: datetime = NOW,
) -> Proposal:
    return drafts.begin(
        of or institution(),
        Proposal.Kind.ACTIVITY,
        language=language,
        content=complete() if content is None else content,
        activity=activity,
        within=within,
        by=teacher(of),
        now=now,
    )


def project(of: Institution | None = None, slug: str = "zala-palodze", **also: Any) -> Project:
    made = Project.objects.create(slug=slug, **{"title_lv": "Zaļā palodze", "state": "published", **also})
    made.institutions.add(of or institution())
    return made
