"""The notices that deeds over places owe: written as rows in the deed's own transaction, sent by somebody else.

Which of them a family gets, and whether as a letter or as a call, is decided here; how they read stands in
`families.letters`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.fields import CharField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from families.models import Registration, SignUp
from families.models.registration import RegistrationQuerySet
from kopiena.floor import outbox
from kopiena.floor.models import Notice
from kopiena.floor.models.notice import NoticeQuerySet
from kopiena.floor.outbox import mailbox

PLACED = "placed"
WAITING = "waiting"
PROMOTED = "promoted"
NO_PLACE = "no_place"
CHANGED = "changed"
CANCELLED = "cancelled"
CALLED_OFF = "called_off"
TAKEN_UP = "taken_up"
MOVED = "moved"
REMINDER_EARLY = "reminder_early"
REMINDER = "reminder"
TWICE = "twice"
LINK = "link"
PLEASE_CALL = "please_call"

ABOUT = "registration:"
ABOUT_SIGN_UP = "sign_up:"
SOON = timedelta(hours=24)  # so shortly before the beginning a letter may be read too late: everybody is rung up


def about(registration_id: int) -> str:
    """What a notice is about, in one word."""
    return f"{ABOUT}{registration_id}"


def about_sign_up(sign_up_id: int) -> str:
    """The same of a whole sent form."""
    return f"{ABOUT_SIGN_UP}{sign_up_id}"


def owe(
    kind: str,
    registrations: Iterable[Registration],
    *,
    starts_at: datetime | None,
    now: datetime,
    is_called: bool = True,
    details: dict[str, Any] | None = None,
) -> None:
    """Owe each of them this word, as a letter where they have an e-mail, as a call where the kind calls for one.

    Who has no e-mail is rung up; shortly before the beginning everybody with a phone is.
    """
    is_called = is_called and outbox.kind_of(kind).spoken is not None
    outbox.owe(
        (
            owed(kind, registration, channel, recipient, details or {})
            for registration in registrations
            for channel, recipient in ways_to(registration.sign_up, starts_at=starts_at, now=now, is_called=is_called)
        ),
        now,
    )


def ways_to(
    sign_up: SignUp, *, starts_at: datetime | None, now: datetime, is_called: bool = True
) -> list[tuple[str, str]]:
    """By which channels, and at which address, they hear of what begins then; none for who left no contact."""
    is_soon = starts_at is not None and now <= starts_at < now + SOON
    ways = [(Notice.Channel.MAIL.value, sign_up.email)] if sign_up.email else []
    if sign_up.phone and is_called and (is_soon or not sign_up.email):
        ways.append((Notice.Channel.CALL.value, sign_up.phone))
    return ways


def owed(kind: str, registration: Registration, channel: str, recipient: str, details: dict[str, Any]) -> outbox.Owed:
    """One such word to the registration as it is now, revision and language."""
    return outbox.Owed(
        about=about(registration.pk),
        kind=kind,
        revision=registration.revision,
        recipient=recipient,
        language=registration.sign_up.language,
        channel=channel,
        details=details,
    )


def owe_twice(newer: Registration, now: datetime) -> None:
    """Tell whoever signed up before with the same phone or e-mail that there is a second sign-up for the date."""
    earlier = Registration.objects.of(newer.occurrence_id).live().with_contact_of(newer.sign_up)
    outbox.owe(
        (
            outbox.Owed(
                about=about(owner.pk),
                kind=TWICE,
                revision=newer.pk,  # once for each sign-up that comes on top
                recipient=owner.sign_up.email,
                language=owner.sign_up.language,
                details={"second": newer.pk},
            )
            for owner in earlier.exclude(sign_up__email="").select_related("sign_up")
        ),
        now,
    )


def untold(registrations: RegistrationQuerySet) -> RegistrationQuerySet:
    """Those of them to whom the word that no place came free at this date is not written.

    A word taken back counts no more once the party left the queue: whoever waits again has a higher revision. Until
    then it does (it was too old to be sent), and the database would not bear a second one. Whoever is erased is told
    nothing, and whoever left no contact cannot be.
    """
    about = Concat(Value(ABOUT), Cast(OuterRef("pk"), CharField()))
    told = Notice.objects.annotate(date=KeyTextTransform("date", "details")).filter(
        Q(state=Notice.State.WITHDRAWN, revision=OuterRef("revision"))
        | ~Q(state=Notice.State.WITHDRAWN)
        & (Q(date__isnull=True) | Q(date=Cast(OuterRef("occurrence_id"), CharField()))),
        kind=NO_PLACE,
        about=about,
    )
    reachable = registrations.filter(~Q(sign_up__email="") | ~Q(sign_up__phone=""))
    return reachable.filter(~Exists(told), sign_up__erased_at__isnull=True)


def is_word_for(notice: Notice, registration: Registration) -> bool:
    """The same of one notice and one registration: whether it tells, or was to tell, that this date has no place."""
    if notice.state == Notice.State.WITHDRAWN:
        return notice.revision == registration.revision
    return notice.details.get("date") in (None, registration.occurrence_id)


def without_word(occurrence_id: int, until: datetime) -> RegistrationQuerySet:
    """Parties that came before `until`, still wait, and have not been told that no place came free."""
    return untold(Registration.objects.of(occurrence_id).in_queue()).filter(created_at__lt=until)


def owe_no_place(occurrence_id: int, until: datetime, *, starts_at: datetime | None, now: datetime) -> None:
    """Owe each of them the word that no place came free."""
    waiting = without_word(occurrence_id, until).select_related("sign_up")
    owe(NO_PLACE, waiting, starts_at=starts_at, now=now, details={"date": occurrence_id})


def take_back(registration_id: int, *kinds: str, reason: str = Notice.Reason.NOT_SO) -> None:
    """Withdraw what has not gone out yet about it; without kinds, everything."""
    ours = Notice.objects.about(about(registration_id))
    (ours.filter(kind__in=kinds) if kinds else ours).withdraw(reason)


def forget(sign_ups: Iterable[SignUp]) -> None:
    """Take whom they were for off all notices about these sent forms; what has not gone out will not."""
    abouts = []
    for sign_up in sign_ups:
        abouts += [about_sign_up(sign_up.pk), *map(about, sign_up.registrations.values_list("pk", flat=True))]
    _forget(Notice.objects.about(*abouts))


def forget_wishes(phones: Iterable[str]) -> None:
    """The same of wishes to be rung up, which are known by their phone alone."""
    _forget(Notice.objects.filter(kind=PLEASE_CALL, recipient__in=list(phones)))


def _forget(ours: NoticeQuerySet) -> None:
    ours = Notice.objects.filter(pk__in=list(ours.values_list("pk", flat=True)))  # they lose what they are found by
    ours.filter(state__in=[Notice.State.OWED, Notice.State.SENDING]).update(
        state=Notice.State.WITHDRAWN, reason=Notice.Reason.ERASED, claimed_until=None
    )
    mailbox.throw_away(ours.values_list("message_id", flat=True))
    ours.update(recipient="", details={}, answer="")
