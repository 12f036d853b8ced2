"""For tests of the desk: institutions, their people signed in, and the code from the letter."""

from typing import Any

from django.test import Client

from kopiena.floor.models import Notice, User
from partners.models import Institution, Membership

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make_institution(slug: str = "20-pii", **fields: Any) -> Institution:
    """A kindergarten."""
    names = {"short_name_lv": slug, "name_lv": f"Daugavpils {slug}", "kind": "preschool"}
    return Institution.objects.create(**{"slug": slug, **names, **fields})


def make_member(institution: Institution, email: str = "anna@example.lv", role: str = "editor") -> Membership:
    """Somebody who acts for it."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    return Membership.objects.create(institution=institution, user=user, role=role)


def browser_of(user: User) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def newest_code() -> str:
    """The code of the newest letter that is owed."""
    return str(Notice.objects.filter(kind="sign_in_code", state="owed").latest("pk").details["code"])
