"""For tests of the admin: staff of each role signed in, and a date's form as the browser sends it."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from kopiena import roles
from kopiena.floor.models import User


def staff(role: str | None = None, **fields: Any) -> User:
    """A member of staff with that role; none: a superuser."""
    roles.set_rights()
    number = User.objects.count() + 1
    user = User.objects.create_user(
        f"staff{number}@example.lv", "a long enough secret", is_staff=True, is_superuser=role is None, **fields
    )
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(role: str | None = None) -> Client:
    """A browser in which that member of staff is signed in."""
    client = Client()
    client.force_login(staff(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def meetings(*rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """The fields of the meetings on a date's page."""
    sent: dict[str, Any] = {"meetings-TOTAL_FORMS": len(rows), "meetings-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        for name, value in {"where": "venue", "holds_room": "on", **row}.items():
            if value not in (None, False):
                sent[f"meetings-{number}-{name}"] = value
    return sent


def date_form(activity: Any, *rows: dict[str, Any], initial: int = 0, **fields: Any) -> dict[str, Any]:
    """A date's whole form."""
    sent = {"activity": activity.pk, "is_sign_up_needed": "on"}
    return {**sent, **meetings(*rows, initial=initial), **fields}


def registration_page_of(registration: Any) -> str:
    return reverse("admin:families_registration_change", args=[registration.pk])


def cancel_page_of(registration: Any) -> str:
    return reverse("admin:families_registration_cancel", args=[registration.pk])


def page_of_date(page: str, occurrence: Any, *more: int) -> str:
    """A page of the office about a date: "change", "places", "held", "queue", "place", "close" and so on."""
    return reverse(f"admin:activities_occurrence_{page}", args=[occurrence.pk, *more])


def places_page_of(occurrence: Any) -> str:
    return page_of_date("places", occurrence)
