"""Sign a whole party up: placed whole or waiting whole, and the same form twice is one sign-up."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from families import gate, notices, parties
from families.gate import Locked
from families.models import Registration, SignUp
from families.parties import Party
from families.photos import Photo
from families.refusals import AlreadySent, NeedsReason
from families.registering import people, room, rules
from families.registering.staff import Staff
from kopiena.floor.composed import Composed
from partners.models import Institution

_SENT = Composed(lambda token: SignUp.objects.filter(form_token=token))


@dataclass(frozen=True)
class Sender:
    """Who sends a form: how to address and reach them, and what they agreed to."""

    name: str
    language: str
    email: str = ""
    phone: str = ""
    safe_to_call: str = ""  # in their own words
    may_be_photographed: bool | None = None
    not_photographed: int = 0  # of a group: so many children not
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

    def deed(held: Locked) -> SignUp:
        largest = settings.LARGEST_PARTY_ON_THE_WEB
        registration = _by_the_rules(held, party, largest=largest, may_wait=may_wait)
        sign_up = _new_sign_up(token, digest, sender, channel, now, is_demo=is_demo)
        return _saved(held, registration, sign_up, sender, party)

    digest = _digest(occurrence_id, sender, party)
    return _once(token, digest, occurrence_id, deed, now)


def register_group(
    token: str,
    occurrence_id: int,
    sender: Sender,
    party: Party,
    *,
    institution: Institution,
    may_wait: bool = False,
    now: datetime,
) -> SignUp:
    """An institution signs its own group or class up by the rules of families: no kept places, nothing let pass."""

    def deed(held: Locked) -> SignUp:
        rules.check_photo(Photo.of(sender), party)
        registration = _by_the_rules(held, party, largest=rules.LARGEST_PARTY, may_wait=may_wait, is_group=True)
        sign_up = _new_sign_up(token, digest, sender, SignUp.Channel.DESK, now, institution=institution)
        return _saved(held, registration, sign_up, sender, party)

    digest = _digest(occurrence_id, sender, party, "desk", str(institution.pk))
    return _once(token, digest, occurrence_id, deed, now)


def _by_the_rules(held: Locked, party: Party, *, largest: int, may_wait: bool, is_group: bool = False) -> Registration:
    """A party nobody stands up for: while sign-up is open, of the right age, placed whole or waiting whole."""
    rules.check_open(held)
    if is_group:
        rules.check_groups_come(held)
    parties.check(party, held.activity, held.capacity.unit, largest=largest, is_group=is_group)
    rules.check_age(held, party)
    registration = _new_registration(held, party, is_group=is_group)
    if held.has_room(registration.seats, is_group=is_group):
        gate.place(held, registration)
    elif may_wait and held.capacity.places is not None:  # past the limit for groups there is no queue without one
        gate.queue(held, registration)
    else:
        raise rules.no_room(held, party, registration.seats, is_group=is_group)
    return registration


def register_for(
    token: str,
    occurrence_id: int,
    sender: Sender,
    party: Party,
    *,
    staff: Staff,
    institution: Institution | None = None,
    may_wait: bool = False,
    now: datetime,
) -> SignUp:
    """Sign up somebody who called, or with `institution` a group of it; the places kept for callers come first.

    Raises NeedsReason where a rule stands in the way that the person of the staff may let pass.
    """
    is_group = institution is not None

    def deed(held: Locked) -> SignUp:
        parties.check(party, held.activity, held.capacity.unit, largest=rules.LARGEST_PARTY, is_group=is_group)
        broken = rules.broken_by_staff(held, party)
        registration = _new_registration(held, party, is_group=is_group)
        _place_or_queue(held, registration, party, broken, staff, may_wait=may_wait)
        channel = SignUp.Channel.DESK if is_group else SignUp.Channel.PHONE
        sign_up = _new_sign_up(token, digest, sender, channel, now, institution=institution)
        _saved(held, registration, sign_up, sender, party)
        gate.record(staff.by, registration, "status")
        return sign_up

    digest = _digest(occurrence_id, sender, party, str(institution.pk) if institution else "")
    return _once(token, digest, occurrence_id, deed, now)


def _place_or_queue(
    held: Locked, registration: Registration, party: Party, broken: dict[str, str], staff: Staff, *, may_wait: bool
) -> None:
    """Who may wait does so rather than be asked for a reason to pass over others."""
    found = room.for_caller(held, registration.seats, is_group=registration.is_group)
    if found.is_there and staff.allows(broken | found.broken):
        staff.answer_for(registration, broken | found.broken)
        gate.use_held(held, found.from_held)
        gate.place(held, registration)
    elif may_wait and held.capacity.places is not None:
        staff.answer_for(registration, broken)
        gate.queue(held, registration)
    elif found.is_there:
        raise NeedsReason(broken | found.broken)
    else:
        raise rules.no_room(held, party, registration.seats, is_group=registration.is_group, by_staff=True)


def _once(token: str, digest: str, occurrence_id: int, deed: Callable[[Locked], SignUp], now: datetime) -> SignUp:
    """Do the deed unless its form has been sent before; then what it became."""
    try:
        with gate.locked(occurrence_id, now=now) as held:
            return _sent_before(token, digest) or deed(held)
    except IntegrityError:
        # The same token came in at another date at this very moment: whoever was first is answered for both.
        if sent := _sent_before(token, digest):
            return sent
        raise


def _sent_before(token: str, digest: str) -> SignUp | None:
    sent = _SENT.one(token) if token else None
    if sent is not None and sent.form_digest != digest:
        raise AlreadySent(_("This form has already been sent. To sign up once more, press the button again."), sent)
    return sent


def _new_registration(held: Locked, party: Party, *, is_group: bool = False) -> Registration:
    return Registration(
        occurrence=held.occurrence,
        adults=party.adults,
        children=party.children,
        children_along=party.children_along,
        seats=party.seats(held.capacity.unit, is_companion_seated=held.activity.is_companion_seated),
        queue_number=gate.next_number(held),
        created_at=held.now,
        is_group=is_group,
        **party.age_bands(),
    )


def _new_sign_up(
    token: str,
    digest: str,
    sender: Sender,
    channel: str,
    now: datetime,
    *,
    institution: Institution | None = None,
    is_demo: bool = False,
) -> SignUp:
    return SignUp.objects.create(
        contact_name=sender.name,
        email=sender.email,
        phone=sender.phone,
        safe_to_call=sender.safe_to_call,
        language=sender.language,
        may_be_photographed=sender.may_be_photographed,
        not_photographed=sender.not_photographed,
        declared_at=now if sender.has_declared else None,
        form_token=token or None,
        form_digest=digest,
        code=people.free_code(),
        channel=channel,
        institution=institution,
        created_at=now,
        is_demo=is_demo,
    )


def _saved(held: Locked, registration: Registration, sign_up: SignUp, sender: Sender, party: Party) -> SignUp:
    registration.sign_up = sign_up
    registration.needs_answer = sender.needs_answer
    registration.is_first_time = not Registration.objects.with_contact_of(sign_up).exists()
    registration.save(force_insert=True)
    people.write_people(registration, party)
    if not sign_up.is_demo:
        gate.tell(held, notices.PLACED if registration.is_placed else notices.WAITING, registration)
        if not registration.is_first_time and not registration.is_group:
            notices.owe_twice(registration, held.now)
    return sign_up


def _digest(occurrence_id: int, sender: Sender, party: Party, *also: str) -> str:
    """A fingerprint of what was sent, to know the same form again; keyed, so that names cannot be tried out on it."""
    content = json.dumps([occurrence_id, asdict(sender), asdict(party), *also], sort_keys=True)
    return hashlib.blake2b(content.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32).hexdigest()
