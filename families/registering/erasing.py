"""Forget who it was; what was counted stays."""

from datetime import datetime

from django.db.models import QuerySet

from families import gate, notices
from families.models import Registration, SignUp
from families.models.sign_up import new_link_id
from families.registering.changing import CancelledBy, leave
from families.registering.people import free_code

FORGOTTEN = (
    *("contact_name", "email", "phone", "safe_to_call", "form_digest"),
    *("link_id", "code", "link_version", "erased_at"),
)


def erase(sign_up_id: int, *, now: datetime) -> None:
    """Forget who it was: what is still to come is cancelled, names and contacts go, the counts stay."""
    for registration in Registration.objects.filter(sign_up_id=sign_up_id).order_by("occurrence_id"):
        with gate.locked_with(registration.pk, now=now) as (held, kept):
            if not kept.is_cancelled and not held.has_begun:
                leave(held, kept, CancelledBy.FAMILY)
                gate.promote(held)
            kept.needs_answer = ""
            kept.save(update_fields=["needs_answer"])
            kept.participants.all().delete()
    ours = SignUp.objects.filter(pk=sign_up_id)
    # Only here: what ends by itself after a year says nothing about who asks to be rung up today.
    notices.forget_wishes(ours.exclude(phone="").values_list("phone", flat=True))
    forget(ours, now)


def forget(sign_ups: QuerySet[SignUp], now: datetime) -> int:
    """Take name, contact and keys off sent forms; returns how many. Places are not touched."""
    count = 0
    for sign_up in sign_ups.filter(erased_at__isnull=True):
        sign_up.contact_name = sign_up.email = sign_up.phone = sign_up.safe_to_call = sign_up.form_digest = ""
        sign_up.link_id, sign_up.code = new_link_id(), free_code()
        sign_up.link_version += 1
        sign_up.erased_at = now
        sign_up.save(update_fields=FORGOTTEN)
        notices.forget([sign_up])
        sign_up.registrations.exclude(override_reason="").update(override_reason="")
        count += 1
    return count
