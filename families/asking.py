"""What anybody may ask for with a mere e-mail or phone: the links once more, or to be rung up.

The answer is the same whether the contact is known or not, and so is the work: both are counted and committed once.
What goes out goes to the owner of the contact alone.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac

from families import notices
from families.models import SignUp
from kopiena.floor import outbox
from kopiena.floor.models import Notice, Tally
from kopiena.floor.models.tally import DAY, HOUR, Try

CONNECTION, LINK, CALL = "ask connection", "ask link", "ask call"


def may_ask(connection: str, now: datetime) -> bool:
    """Count one more asking over this connection; whether there were not too many within the hour."""
    with transaction.atomic():
        return _counted(Try(CONNECTION, connection, HOUR), now) < settings.ASKS_PER_HOUR


@transaction.atomic
def send_links(email: str, *, now: datetime) -> None:
    """Owe the owner of this e-mail the links to what it signed up for, once a minute and a few times an hour."""
    asked_before = _counted(Try(LINK, email, HOUR), now)
    newest = SignUp.objects.filter(email=email, erased_at__isnull=True).order_by("-pk").first()
    if newest is None or asked_before >= settings.LINK_LETTERS_PER_HOUR:
        return
    asked = outbox.Owed(
        about=notices.about_sign_up(newest.pk),
        kind=notices.LINK,
        revision=int(now.timestamp()) // 60,
        recipient=email,
        language=newest.language,
    )
    outbox.owe([asked], now)


@transaction.atomic
def be_called(phone: str, *, safe_to_call: str, language: str, now: datetime) -> None:
    """Put the wish to be rung up on the call list; a second wish before the call is one with the first."""
    asked_before = _counted(Try(CALL, phone, DAY), now)
    ours = Notice.objects.about(about_phone(phone))
    details = {"when": safe_to_call} if safe_to_call else {}
    owed = ours.owed()
    if owed.update(language=language, **({"details": details} if details else {})):
        return
    if asked_before >= settings.CALL_WISHES_PER_DAY:
        return
    last = ours.aggregate(last=Max("revision"))["last"] or 0
    wish = outbox.Owed(
        about=about_phone(phone),
        kind=notices.PLEASE_CALL,
        revision=last + 1,
        recipient=phone,
        language=language,
        channel=Notice.Channel.CALL,
        details=details,
    )
    outbox.owe([wish], now)


def about_phone(phone: str) -> str:
    """What such a wish is about: a number that stands for the phone and from which nobody can read it."""
    return f"phone:{int(salted_hmac('families.asking', phone, algorithm='sha256').hexdigest()[:15], 16)}"


def _counted(tried: Try, now: datetime) -> int:
    """How often it was tried before; this time is counted, too."""
    before = Tally.objects.tries_of_each([tried], now)[tried]
    Tally.objects.count_each([tried], now)
    return before
