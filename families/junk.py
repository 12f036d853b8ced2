"""What keeps junk out of the sign-up form: how often one contact a day and one connection an hour may sign up.

The hidden field and the least time for filling the form in are checked by the form itself (`families.forms.sign_up`).

**What the limit of a contact gives away.** Otherwise a known phone or e-mail is answered to the byte as an unknown one.
But whoever signs somebody else's contact up again and again is told "too many" sooner than after the full day's count
if its owner signed up today, and can keep the owner from signing up by the web until the day has passed. Both cost
junk that the coordinator sees, and the owner is told the centre's phone. Without the limit the same stranger could
fill whole lists in the owner's name, so it stands.

Whoever sends many forms in the same instant may get a few past the limit, for checking and counting are two
statements and no lock is held between: it keeps junk rare, it is not a gate.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from families.models import SignUp
from families.refusals import Refused
from families.registering import Sender
from kopiena.floor.models import Tally
from kopiena.floor.models.tally import DAY, HOUR, Try

CONTACT, CONNECTION = "sign-up contact", "sign-up connection"


class TooMany(Refused):
    """So many have signed up from there that it must be junk, or a crowd the centre should know of."""

    def __init__(self, message: str, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def tries_of(sender: Sender, connection: str) -> list[Try]:
    """What one sign-up counts for: its phone and its e-mail, each alone, and the connection it comes over."""
    contacts = [Try(CONTACT, contact, DAY) for contact in (sender.email, sender.phone) if contact]
    return [*contacts, Try(CONNECTION, connection, HOUR)]


def check(tries: list[Try], token: str, now: datetime) -> None:
    """Raise TooMany where there were too many sign-ups before; a form that has signed up already may ask again.

    When to come back is said in whole windows: the very moment would tell a stranger when somebody signed up.
    """
    counts = Tally.objects.tries_of_each(tries, now)
    limits = {CONTACT: settings.CONTACT_SIGN_UPS_PER_DAY, CONNECTION: settings.ADDRESS_SIGN_UPS_PER_HOUR}
    over = {each.what for each, count in counts.items() if count >= limits[each.what]}
    if not over or SignUp.objects.filter(form_token=token).exists():
        return
    if CONTACT in over:
        raise TooMany(
            _(
                "Very many registrations have been made with this phone or e-mail within a day. "
                "Please try again tomorrow. What you wrote is kept on this page."
            ),
            DAY,
        )
    raise TooMany(
        _(
            "Very many registrations have been made over your internet connection within an hour. "
            "Please try again in an hour. What you wrote is kept on this page."
        ),
        HOUR,
    )


def count(tries: list[Try], now: datetime) -> None:
    """Count one sign-up that was made; refusals and a form sent twice are none."""
    Tally.objects.count_each(tries, now)
