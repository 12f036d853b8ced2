"""The notices that deeds over places owe: written as rows in the deed's own transaction, sent by somebody else."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from families.models import Registration
from families.models.registration import RegistrationQuerySet
from kopiena.floor.models import Notice

NO_PLACE = "no_place"
ABOUT = "registration:"


def about(registration_id: int) -> str:
    """What a notice is about, in one word."""
    return f"{ABOUT}{registration_id}"


def untold(registrations: RegistrationQuerySet) -> RegistrationQuerySet:
    """Those of them to whom the word that no place came free is not written.

    A word taken back counts no more once the party left the queue: whoever waits again has a higher revision. Until
    then it does (it was too old to be sent), and the database would not bear a second one. Whoever is erased is told
    nothing, and whoever left no contact cannot be.
    """
    about = Concat(Value(ABOUT), Cast(OuterRef("pk"), CharField()))
    told = Notice.objects.filter(kind=NO_PLACE, about=about).filter(
        ~Q(state=Notice.State.WITHDRAWN) | Q(revision=OuterRef("revision"))
    )
    reachable = registrations.filter(~Q(sign_up__email="") | ~Q(sign_up__phone=""))
    return reachable.filter(~Exists(told), sign_up__erased_at__isnull=True)


def without_word(occurrence_id: int, until: datetime) -> RegistrationQuerySet:
    """Parties that came before `until`, still wait, and have not been told that no place came free."""
    return untold(Registration.objects.of(occurrence_id).in_queue()).filter(created_at__lt=until)


def owe_no_place(occurrence_id: int, until: datetime) -> None:
    """Owe each of them the word that no place came free."""
    Notice.objects.bulk_create(
        Notice(
            about=about(registration.pk),
            kind=NO_PLACE,
            revision=registration.revision,
            recipient=registration.sign_up.email or registration.sign_up.phone,
            language=registration.sign_up.language,
        )
        for registration in without_word(occurrence_id, until).select_related("sign_up")
    )


def take_back_no_place(registration_id: int) -> None:
    """Withdraw the word that has not gone out yet: the party waits no more."""
    Notice.objects.filter(about=about(registration_id), kind=NO_PLACE, state=Notice.State.OWED).update(
        state=Notice.State.WITHDRAWN
    )


def forget(registration_ids: Iterable[int]) -> None:
    """Take whom they were for off all notices about these registrations; what has not gone out will not."""
    ours = Notice.objects.filter(about__in=[about(pk) for pk in registration_ids])
    ours.filter(state__in=[Notice.State.OWED, Notice.State.SENDING]).update(state=Notice.State.WITHDRAWN)
    ours.update(recipient="", details={})
