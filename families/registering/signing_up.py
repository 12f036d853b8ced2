"""Sign a whole party up: placed whole or waiting whole, and the same form twice is one sign-up."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from families import gate, parties
from families.gate import Locked
from families.models import Registration, SignUp
from families.parties import Party
from families.refusals import AlreadySent
from families.registering import people, rules


@dataclass(frozen=True)
class Sender:
    """Who sends a form: how to address and reach them, and what they agreed to."""

    name: str
    language: str
    email: str = ""
    phone: str = ""
    may_be_photographed: bool | None = None
    has_declared: bool = False
    needs_answer: str = ""


def register(
    token: str,
    occurrence_id: int,
    sender: Sender,
    party: Party,
    *,
    may_wait: bool = False,
    channel: str = SignUp.Channel.WEB,
    is_demo: bool = False,
    now: datetime,
) -> SignUp:
    """Sign the whole party up: placed whole, or waiting whole where `may_wait`; the same form twice is one sign-up."""
    digest = _digest(occurrence_id, sender, party)
    try:
        with gate.locked(occurrence_id, now=now) as held:
            if sent := _sent_before(token, digest):
                return sent
            rules.check_open(held, now)
            parties.check(party, held.activity, held.capacity.unit, largest=settings.LARGEST_PARTY_ON_THE_WEB)
            registration = _new_registration(held, party, now)
            if held.has_room(registration.seats, now):
                gate.place(held, registration, now)
            elif may_wait:
                gate.queue(held, registration)
            else:
                raise rules.no_room(held, party, registration.seats, now)
            registration.sign_up = _new_sign_up(token, digest, sender, channel, now, is_demo=is_demo)
            registration.needs_answer = sender.needs_answer
            registration.is_first_time = _is_first_time(registration.sign_up)
            registration.save(force_insert=True)
            people.write_people(registration, party)
            return registration.sign_up
    except IntegrityError:
        # The same token came in at another date at this very moment: whoever was first is answered for both.
        if sent := _sent_before(token, digest):
            return sent
        raise


def _sent_before(token: str, digest: str) -> SignUp | None:
    sent = SignUp.objects.filter(form_token=token).first() if token else None
    if sent is not None and sent.form_digest != digest:
        raise AlreadySent(_("This form has already been sent. To sign up once more, press the button again."), sent)
    return sent


def _new_registration(held: Locked, party: Party, now: datetime) -> Registration:
    held.capacity.last_queue_number += 1
    return Registration(
        occurrence=held.occurrence,
        adults=party.adults,
        children=party.children,
        children_along=party.children_along,
        seats=party.seats(held.capacity.unit, is_companion_seated=held.activity.is_companion_seated),
        queue_number=held.capacity.last_queue_number,
        created_at=now,
        **party.age_bands(),
    )


def _new_sign_up(token: str, digest: str, sender: Sender, channel: str, now: datetime, *, is_demo: bool) -> SignUp:
    return SignUp.objects.create(
        contact_name=sender.name,
        email=sender.email,
        phone=sender.phone,
        language=sender.language,
        may_be_photographed=sender.may_be_photographed,
        declared_at=now if sender.has_declared else None,
        form_token=token or None,
        form_digest=digest,
        code=people.free_code(),
        channel=channel,
        created_at=now,
        is_demo=is_demo,
    )


def _is_first_time(sign_up: SignUp) -> bool:
    contact = Q()
    if sign_up.email:
        contact |= Q(sign_up__email=sign_up.email)
    if sign_up.phone:
        contact |= Q(sign_up__phone=sign_up.phone)
    return not contact or not Registration.objects.filter(contact).exclude(sign_up=sign_up).exists()


def _digest(occurrence_id: int, sender: Sender, party: Party) -> str:
    """A fingerprint of what was sent, to know the same form again; keyed, so that names cannot be tried out on it."""
    content = json.dumps([occurrence_id, asdict(sender), asdict(party)], sort_keys=True)
    return hashlib.blake2b(content.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32).hexdigest()
