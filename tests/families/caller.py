"""For tests of signing up by phone: the coordinator's form as the browser sends it, and what it left behind."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from families.models import Registration

PHONE_PAGE = "/admin/families/signup/pa-talruni/"
KNOWN_PAGE = f"{PHONE_PAGE}lidzigi/"
HIDDEN = re.compile(r'<input type="hidden" name="(token|let_pass)" value="([^"]+)">')
CALLER = {"contact_name": "Anna", "phone": "2000 0000", "adults": "2", "children": "", "language": "lv", "photo": ""}


def hidden_in(answer: Any) -> dict[str, str]:
    """The hidden fields of the form on that page."""
    return dict(HIDDEN.findall(answer.content.decode()))


def form_for(client: Client, occurrence: Any, **typed: Any) -> dict[str, Any]:
    """A freshly opened form for the date, filled in."""
    return {**hidden_in(client.get(PHONE_PAGE)), "occurrence": str(occurrence.pk), **CALLER, **typed}


def signs_up(client: Client, occurrence: Any, **typed: Any) -> Any:
    """The coordinator opens the form, fills it in and presses the button."""
    return client.post(PHONE_PAGE, form_for(client, occurrence, **typed))


def told_page_of(registration: Registration) -> str:
    return reverse("admin:families_signup_told", args=[registration.sign_up_id])


def slip_page_of(registration: Registration) -> str:
    return reverse("admin:families_signup_slip", args=[registration.sign_up_id])
