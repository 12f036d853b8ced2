"""Sent forms, registrations and people in them: what the database refuses, whatever way it is asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db.models import F, QuerySet

from activities.models import Meeting, Occurrence
from families import registering
from families.models import Attendance, Participant, Registration, SignUp
from families.parties import Child, Party
from families.registering import Sender
from partners.models import Institution
from tests.refusals import Breaks, Change, ask, refused_by

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2027-03-01T10:00+00:00")

BREAKS: Breaks = [
    ("sign_up_language_is_ours", lambda: SignUp.objects.update(language="de")),
    ("sign_up_channel_is_known", lambda: SignUp.objects.update(channel="pigeon")),
    ("sign_up_from_the_web_has_a_contact", lambda: SignUp.objects.update(email="", phone="")),
    ("sign_up_phone_is_international", lambda: SignUp.objects.update(phone="20000000")),
    ("sign_up_phone_is_international", lambda: SignUp.objects.update(phone="+371 20000000")),
    ("sign_up_phone_is_international", lambda: SignUp.objects.update(phone="+37120000000\n")),
    ("sign_up_code_has_eight_digits", lambda: SignUp.objects.filter(language="lv").update(code="1234567")),
    ("sign_up_code_has_eight_digits", lambda: SignUp.objects.filter(language="lv").update(code="1234567x")),
    (
        "sign_up_only_of_a_group_some_are_not_photographed",
        lambda: SignUp.objects.update(may_be_photographed=True, not_photographed=1),
    ),
    *(
        (
            "sign_up_only_of_a_group_some_are_not_photographed",
            lambda answer=answer: SignUp.objects.update(channel="desk", may_be_photographed=answer, not_photographed=1),
        )
        for answer in (False, None)
    ),
    ("sign_up_erased_holds_no_person", lambda: SignUp.objects.update(erased_at=NOW, email="", phone="")),
    ("sign_up_erased_holds_no_person", lambda: SignUp.objects.update(erased_at=NOW, contact_name="", phone="")),
    ("sign_up_erased_holds_no_person", lambda: SignUp.objects.update(erased_at=NOW, contact_name="", email="")),
    (
        "sign_up_erased_holds_no_person",
        lambda: SignUp.objects.filter(language="lv").update(
            erased_at=NOW, contact_name="", email="", phone="", safe_to_call="at ten"
        ),
    ),
    ("SignUp.form_token", lambda: SignUp.objects.update(form_token="a")),
    ("SignUp.link_id", lambda: SignUp.objects.update(link_id="a")),
    ("SignUp.code", lambda: SignUp.objects.update(code="12345678")),
    ("registration_once_for_each_form", lambda: Registration.objects.update(sign_up=SignUp.objects.earliest("pk"))),
    ("registration_number_once", lambda: Registration.objects.update(queue_number=1)),
    ("registration_status_is_known", lambda: Registration.objects.update(status="lost")),
    ("registration_has_somebody", lambda: Registration.objects.update(adults=0, children=0, children_along=0)),
    ("registration_party_is_human", lambda: Registration.objects.update(adults=1001)),
    ("registration_party_is_human", lambda: Registration.objects.update(children=1001)),
    ("registration_party_is_human", lambda: Registration.objects.update(children_along=1001)),
    ("registration_seats_suit_the_party", lambda: Registration.objects.update(seats=0)),
    (
        "registration_seats_suit_the_party",
        lambda: Registration.objects.update(seats=F("adults") + F("children") + F("children_along") + 1),
    ),
    ("registration_cancelled_says_when_and_by_whom", lambda: Registration.objects.update(status="cancelled")),
    (
        "registration_cancelled_says_when_and_by_whom",
        lambda: Registration.objects.update(status="cancelled", cancelled_at=NOW),
    ),
    (
        "registration_cancelled_says_when_and_by_whom",
        lambda: Registration.objects.update(status="cancelled", cancelled_by="family"),
    ),
    (
        "registration_cancelled_says_when_and_by_whom",
        lambda: Registration.objects.update(status="cancelled", cancelled_at=NOW, cancelled_by="the rain"),
    ),
    ("registration_cancelled_says_when_and_by_whom", lambda: Registration.objects.update(cancelled_at=NOW)),
    ("registration_placed_says_when", lambda: Registration.objects.update(placed_at=None)),
    ("registration_only_the_centre_merges_or_clears", lambda: Registration.objects.update(cancelled_for="junk")),
    (
        "registration_only_the_centre_merges_or_clears",
        lambda: Registration.objects.update(
            status="cancelled", cancelled_at=NOW, cancelled_by="family", cancelled_for="merged"
        ),
    ),
    (
        "registration_only_the_centre_merges_or_clears",
        lambda: Registration.objects.update(
            status="cancelled", cancelled_at=NOW, cancelled_by="centre", cancelled_for="whim"
        ),
    ),
    ("registration_override_is_known", lambda: Registration.objects.update(overrides=["age", "places"])),
    ("registration_reason_is_for_something", lambda: Registration.objects.update(override_reason="A twin")),
    ("participant_kind_is_known", lambda: Participant.objects.update(kind="dog")),
    ("participant_age_is_human", lambda: Participant.objects.update(kind="adult", age=121)),
    ("participant_child_is_a_child", lambda: Participant.objects.update(kind="child", age=18)),
    ("participant_child_is_a_child", lambda: Participant.objects.update(kind="child_along", age=18)),
    ("attendance_once_for_a_registration", lambda: _again("registration")),
    ("attendance_once_for_an_own_group", lambda: _again("institution")),
    ("attendance_once_for_all_others", lambda: _again("others")),
    (
        "attendance_is_of_one_kind",
        lambda: _attendance("registration").update(institution=Institution.objects.get(slug="darzins")),
    ),
    ("attendance_is_human", lambda: Attendance.objects.update(adults=2001)),
    ("attendance_is_human", lambda: Attendance.objects.update(children=2001)),
]

FITS: list[Change] = [
    lambda: SignUp.objects.update(phone=""),
    lambda: SignUp.objects.update(email=""),
    lambda: SignUp.objects.update(channel="phone", email="", phone=""),
    lambda: SignUp.objects.update(erased_at=NOW, contact_name="", email="", phone=""),
    lambda: SignUp.objects.update(form_token=None),
    *(lambda language=language: SignUp.objects.update(language=language) for language in ("lv", "ru", "en")),
    *(lambda channel=channel: SignUp.objects.update(channel=channel) for channel in SignUp.Channel.values),
    lambda: SignUp.objects.update(channel="desk", may_be_photographed=True, not_photographed=1),
    lambda: SignUp.objects.update(channel="desk", may_be_photographed=False),
    lambda: Registration.objects.update(children=1000),
    lambda: Registration.objects.update(overrides=["age", "window", "held", "order"], override_reason="A twin"),
    lambda: Participant.objects.update(kind="adult", age=120),
    lambda: Participant.objects.update(kind="child", age=17),
    lambda: Participant.objects.update(age=0),
    lambda: Participant.objects.update(age=None),
    lambda: Attendance.objects.update(adults=2000, children=2000),
    lambda: Attendance.objects.update(adults=0, children=0),
    lambda: [
        Attendance.objects.create(institution=other, meeting=Meeting.objects.get(), noted_at=NOW)
        for other in [Institution.objects.create(slug="saulite", kind="preschool", name_lv="Saulīte")]
    ],
]


def _attendance(kind: str) -> QuerySet[Attendance]:
    """The one row of that kind: of a registration, of an own group, of all others."""
    kinds = {
        "registration": {"registration__isnull": False},
        "institution": {"institution__isnull": False},
        "others": {"registration__isnull": True, "institution__isnull": True},
    }
    return Attendance.objects.filter(**kinds[kind])


def _again(kind: str) -> None:
    """The same once more."""
    row = _attendance(kind).get()
    row.pk = None
    row.save(force_insert=True)


@pytest.fixture
def families(make_occurrence: Callable[..., Occurrence]) -> list[Registration]:
    """Two families with a place at one date, each with a child; one of them came, a group too, and others."""
    occurrence = make_occurrence(is_age_asked=True)
    party = Party.with_ages(1, (Child(5, "Līga"),))
    for language in ("lv", "ru"):
        sender = Sender(name="Anna", language=language, email="anna@example.lv", phone="+37120000000")
        registering.register(f"token-{language}", occurrence.pk, sender, party, now=NOW)
    meeting = occurrence.meetings.get()
    darzins = Institution.objects.create(slug="darzins", kind="preschool", name_lv="Dārziņš")
    for whose in ({"registration": Registration.objects.earliest("pk")}, {"institution": darzins}, {}):
        Attendance.objects.create(meeting=meeting, adults=1, children=2, noted_at=NOW, **whose)
    return list(Registration.objects.order_by("pk"))


@pytest.mark.usefixtures("families")
@pytest.mark.parametrize(("constraint", "change"), BREAKS)
def test_the_database_refuses(constraint: str, change: Change) -> None:
    model, _, field = constraint.partition(".")
    refused = refused_by(change)
    assert refused == constraint if not field else refused.startswith(f"families_{model.lower()}_{field}_")


@pytest.mark.usefixtures("families")
@pytest.mark.parametrize("change", FITS)
def test_the_database_accepts_what_just_fits(change: Change) -> None:
    ask(change)


def test_a_registration_is_exactly_one_of_placed_waiting_and_cancelled() -> None:
    words = {
        status: (each.is_placed, each.is_waiting, each.is_cancelled)
        for status in Registration.Status.values
        for each in [Registration(status=status)]
    }
    assert words == {
        "placed": (True, False, False),
        "waiting": (False, True, False),
        "cancelled": (False, False, True),
    }


def test_everybody_who_comes_is_counted_once() -> None:
    assert Registration(adults=2, children=3, children_along=1).people == 6


def test_the_queue_is_asked_in_the_order_of_coming_and_of_one_date_only(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    ours, other = make_occurrence(places=1), make_occurrence(places=1)
    sender = Sender(name="Anna", language="lv", phone="+37120000000")
    made = {
        (occurrence.pk, number): registering.register(
            f"{occurrence.pk}-{number}", occurrence.pk, sender, Party(adults=1), may_wait=True, now=NOW
        ).registrations.get()
        for number in (1, 2, 3)
        for occurrence in (ours, other)
    }
    # The older row may stand behind: numbers decide, not keys.
    Registration.objects.filter(pk=made[ours.pk, 2].pk).update(queue_number=9)
    assert list(Registration.objects.of(ours.pk).placed()) == [made[ours.pk, 1]]
    assert list(Registration.objects.of(ours.pk).in_queue()) == [made[ours.pk, 3], made[ours.pk, 2]]


def test_a_code_is_read_aloud_in_two_groups() -> None:
    assert SignUp(code="48291375").code_in_groups == "4829 1375"


def test_keys_are_random_and_of_their_length() -> None:
    made = [SignUp() for _ in range(50)]
    assert len({each.link_id for each in made}) == len({each.code for each in made}) == 50
    assert {(len(each.link_id), len(each.code), each.code.isdigit()) for each in made} == {(32, 8, True)}


def test_nobodys_name_stands_in_what_the_log_keeps(families: list[Registration]) -> None:
    rows: list[Any] = [families[0], families[0].sign_up, families[0].participants.get(), *Attendance.objects.all()]
    assert [str(row) for row in rows] == [f"#{row.pk}" for row in rows]
