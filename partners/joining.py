"""An institution asks to be invited; the coordinator answers with an invitation, or in her own way."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kopiena.floor.models import Tally, User
from kopiena.floor.models.tally import DAY, HOUR, Try
from partners import inviting
from partners.models import Institution, Invitation, JoinRequest
from partners.refusals import Refused

OF_ONE, CONNECTION = "join contact", "join connection"


@dataclass(frozen=True)
class Asked:
    """What stood in the form."""

    institution_name: str
    name: str
    email: str
    words: str
    language: str


class TooMany(Refused):
    """So many have asked from there that it must be junk."""


def ask(asked: Asked, token: str, connection: str, *, now: datetime) -> JoinRequest:
    """Keep the request for the coordinator; the same form sent twice is one. Raises TooMany."""
    known = JoinRequest.objects.filter(form_token=token).first()
    if known is not None:
        return known
    limits = {
        Try(OF_ONE, asked.email, DAY): settings.REQUESTS_TO_JOIN_OF_ONE_PER_DAY,
        Try(CONNECTION, connection, HOUR): settings.REQUESTS_TO_JOIN_PER_HOUR,
    }
    Tally.objects.count_each(list(limits), now)
    counts = Tally.objects.tries_of_each(list(limits), now)
    if any(counts[each] > limit for each, limit in limits.items()):
        raise TooMany(_("That was sent many times in a row. What you wrote is kept: please try again tomorrow."))
    made, _is_new = JoinRequest.objects.get_or_create(form_token=token, defaults={**vars(asked), "created_at": now})
    return made


@transaction.atomic
def answer(request_id: int, institution: Institution, role: str, *, by: User, now: datetime) -> Invitation:
    """Invite whoever asked to act for this institution, made just now or long known. Raises Refused."""
    request = _unanswered(request_id)
    if institution.pk is None:
        institution.save()
    invited = inviting.invite(institution, request.email, role, request.language, by=by, now=now)
    request.answered_at, request.invitation = now, invited
    request.save(update_fields=["answered_at", "invitation"])
    return invited


@transaction.atomic
def answered_otherwise(request_id: int, *, now: datetime) -> None:
    """The coordinator has answered in another way. Raises Refused."""
    request = _unanswered(request_id)
    request.answered_at = now
    request.save(update_fields=["answered_at"])


def _unanswered(request_id: int) -> JoinRequest:
    request = JoinRequest.objects.select_for_update().get(pk=request_id)
    if request.answered_at is not None:
        raise Refused(_("This request has been answered already."))
    return request
