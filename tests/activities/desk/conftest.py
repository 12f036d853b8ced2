"""Institutions with people at their desks, and how a browser of theirs sends a draft."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from activities.models import Proposal
from kopiena.floor.models import User
from partners.models import Institution, Membership

WRITTEN = {"title": "Zaļā palodze", "summary": "Audzējam lociņus."}


def institution(slug: str, **fields: Any) -> Institution:
    name = slug.replace("-", ". ").upper()
    return Institution.objects.create(slug=slug, kind="preschool", short_name_lv=name, name_lv=name, **fields)


def member(of: Institution, email: str, role: str = "editor") -> User:
    """Somebody who acts for it."""
    user = User.objects.create_user(email)
    Membership.objects.create(institution=of, user=user, role=role)
    return user


def browser(user: User, **client: Any) -> Client:
    """One in which they are signed in."""
    made = Client(**client)
    made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def draft_of(of: Institution, now: datetime, kind: str = "project", **fields: Any) -> Proposal:
    given = {"language": "lv", "content": {}, "created_at": now, "saved_at": now, **fields}
    return Proposal.objects.create(institution=of, kind=kind, **given)


@pytest.fixture(autouse=True)
def at_noon(now: datetime) -> Iterator[None]:
    """The clock that views ask stands at `now`."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def ours(db: None) -> Institution:
    return institution("20-pii")


@pytest.fixture
def theirs(db: None) -> Institution:
    return institution("13-vsk")


@pytest.fixture
def teacher(ours: Institution) -> Client:
    """Signed in for ours."""
    return browser(member(ours, "skolotaja@example.lv"))


@pytest.fixture
def stranger(theirs: Institution) -> Client:
    """Signed in for another institution."""
    return browser(member(theirs, "cita@example.lv"))
