"""Make the first coordinator, or give one a new password."""

import secrets
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from kopiena import roles
from kopiena.floor.models import User

FIRST_EMAIL = "coordinator@example.lv"
LETTERS = "abcdefghjkmnprstuvz"  # none that looks like another, or like a digit
GROUPS, LETTERS_IN_A_GROUP = 3, 6  # 76 bits


class Command(BaseCommand):
    """Prints the e-mail and the password once; nothing keeps the password readable."""

    help = (
        "With an e-mail: makes that coordinator, or gives her a new password. "
        "Without: with DEBUG and no staff yet, makes the first one; otherwise does nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", help="Whose account to make, or to give a new password.")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        if email is None:
            if not settings.DEBUG or User.objects.filter(is_staff=True).exists():
                return
            email = FIRST_EMAIL
        try:
            validate_email(email)
        except ValidationError as reason:
            raise CommandError(f"{email!r} is not an e-mail address.") from reason
        password = new_password()
        make_coordinator(email, password)
        self.stdout.write(f"E-mail:   {email.lower()}")
        self.stdout.write(f"Password: {password}")


def new_password() -> str:
    """Three groups of letters, easy to read out over the phone."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(LETTERS_IN_A_GROUP)) for _group in range(GROUPS)
    )


@transaction.atomic
def make_coordinator(email: str, password: str) -> None:
    """The account is there, active, a coordinator, and no longer locked out by wrong guesses."""
    user = User.objects.filter(email__iexact=email).first() or User(email=email.lower())
    user.is_staff = user.is_active = True
    user.set_password(password)
    user.save()
    if not Group.objects.filter(name=roles.COORDINATOR).exists():
        roles.set_rights()
    user.groups.add(Group.objects.get(name=roles.COORDINATOR))
    reset(username=user.email)
