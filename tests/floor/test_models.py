"""The floor's nouns: what the database refuses, and when the centre announces."""

from datetime import datetime, timedelta

import pytest

from kopiena.floor.models import Centre, Notice, Supporter, Tally, User
from tests.refusals import Breaks, Change, ask, refused_by

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2027-03-01T10:00+00:00")
SECOND = timedelta(seconds=1)

BREAKS: Breaks = [
    ("centre_is_one", lambda: Centre.objects.update(id=2)),
    ("centre_is_one", lambda: Centre.objects.bulk_create([Centre(pk=2, name_lv="Otrs")])),
    (
        "centre_announcement_ends_after_it_begins",
        lambda: Centre.objects.update(announcement_from=NOW, announcement_until=NOW),
    ),
    ("notice_once_for_each_revision", lambda: Notice.objects.update(about="registration:1")),
    ("notice_state_is_known", lambda: Notice.objects.update(state="lost")),
    ("notice_language_is_ours", lambda: Notice.objects.update(language="de")),
    ("notice_channel_is_known", lambda: Notice.objects.update(channel="fax")),
    ("notice_reason_is_known", lambda: Notice.objects.update(state="failed", reason="rain")),
    ("notice_says_why_it_did_not_go_out", lambda: Notice.objects.update(state="failed")),
    ("notice_says_why_it_did_not_go_out", lambda: Notice.objects.update(reason="refused")),
    ("notice_sent_says_when", lambda: Notice.objects.update(state="sent")),
    ("notice_sent_says_when", lambda: Notice.objects.update(sent_at=NOW)),
    ("notice_in_hand_says_until_when", lambda: Notice.objects.update(state="sending")),
    ("notice_in_hand_says_until_when", lambda: Notice.objects.update(claimed_until=NOW)),
    (
        "notice_in_hand_says_until_when",
        lambda: Notice.objects.update(state="sending", claimed_until=NOW, channel="call"),
    ),
    ("notice_is_called_by_somebody", lambda: Notice.objects.update(done_by=User.objects.first())),
    ("Notice.message_id", lambda: Notice.objects.update(message_id="<one@example.lv>")),
    ("tally_once", lambda: Tally.objects.update(key="a")),
    ("user_email_once", lambda: User.objects.filter(email="b@example.lv").update(email="A@Example.lv")),
    ("user_language_is_ours", lambda: User.objects.update(language="de")),
    ("User.email", lambda: User.objects.update(email="a@example.lv")),
]

FITS: list[Change] = [
    lambda: Centre.objects.update(announcement_from=NOW, announcement_until=NOW + SECOND),
    lambda: Centre.objects.update(announcement_until=NOW),
    lambda: Notice.objects.filter(about="registration:1").update(revision=1),
    lambda: Notice.objects.filter(about="registration:1").update(about="registration:2", channel="call"),
    lambda: Notice.objects.update(state="sending", claimed_until=NOW),
    lambda: Notice.objects.update(state="sent", sent_at=NOW),
    lambda: Notice.objects.update(state="sent", sent_at=NOW, channel="call", done_by=User.objects.first()),
    *(
        lambda state=state, reason=reason: Notice.objects.update(state=state, reason=reason)
        for state in ("failed", "withdrawn")
        for reason in filter(None, Notice.Reason.values)
    ),
    *(lambda language=language: User.objects.update(language=language) for language in ("lv", "ru", "en")),
    lambda: Tally.objects.filter(key="b").update(what="sign-in", key="a"),
]


@pytest.fixture(autouse=True)
def floor() -> None:
    """The centre, and two of everything else, all as it should be."""
    Centre.objects.update_or_create(pk=1, defaults={"name_lv": "Kopienas resursu centrs"})
    Notice.objects.bulk_create(Notice(about=f"registration:{number}", kind="moved") for number in (1, 2))
    Tally.objects.bulk_create(Tally(what="find", key=key, counted_at=NOW) for key in "ab")
    for name in "ab":
        User.objects.create_user(f"{name}@example.lv")


@pytest.mark.parametrize(("constraint", "change"), BREAKS)
def test_the_database_refuses(constraint: str, change: Change) -> None:
    model, _, field = constraint.partition(".")
    refused = refused_by(change)
    assert refused == constraint if not field else refused.startswith(f"floor_{model.lower()}_{field}_")


@pytest.mark.parametrize("change", FITS)
def test_the_database_accepts_what_just_fits(change: Change) -> None:
    ask(change)


@pytest.mark.parametrize(
    ("announced_from", "announced_until", "is_shown"),
    [
        (None, None, True),
        (NOW, None, True),
        (NOW + SECOND, None, False),
        (None, NOW + SECOND, True),
        (None, NOW, False),
        (NOW - SECOND, NOW + SECOND, True),
        (NOW - SECOND, NOW, False),
    ],
)
def test_the_announcement_is_shown_from_its_first_moment_to_before_its_last(
    announced_from: datetime | None, announced_until: datetime | None, is_shown: bool
) -> None:
    centre = Centre(
        announcement_lv="Brīvdienās slēgts", announcement_from=announced_from, announcement_until=announced_until
    )
    assert centre.is_announcing(NOW) is is_shown


def test_without_words_nothing_is_announced() -> None:
    assert not Centre(announcement_ru="Закрыто", announcement_from=NOW - SECOND).is_announcing(NOW)


@pytest.mark.parametrize(
    ("phone", "email", "has"), [("", "", False), ("+37120000000", "", True), ("", "a@example.lv", True)]
)
def test_one_way_to_reach_the_centre_is_a_contact(phone: str, email: str, has: bool) -> None:
    assert Centre(phone=phone, email=email).has_contact is has


def test_supporters_stand_in_their_order() -> None:
    centre = Centre.objects.get()
    for position, name in ((2, "A"), (1, "C"), (1, "B")):
        Supporter.objects.create(centre=centre, name=name, position=position)
    assert [supporter.name for supporter in centre.supporters.all()] == ["B", "C", "A"]


def test_an_email_is_kept_in_small_letters_and_found_in_any() -> None:
    made = User.objects.create_user(" Anna@Example.LV ", "a long enough secret")
    assert made.email == "anna@example.lv"
    assert User.objects.get_by_natural_key("ANNA@example.lv") == made
    assert made.check_password("a long enough secret")


def test_a_superuser_may_open_the_admin_and_a_user_may_not() -> None:
    first, second = User.objects.create_superuser("s@example.lv"), User.objects.create_user("u@example.lv")
    assert (first.is_staff, first.is_superuser, second.is_staff, second.is_superuser) == (True, True, False, False)


def test_nobodys_name_or_address_stands_in_what_the_log_keeps() -> None:
    made = User.objects.create_user("anna@example.lv", name="Anna")
    assert str(made) == f"#{made.pk}"
    assert str(Notice(about="registration:1", kind="moved", recipient="anna@example.lv")) == "moved registration:1"
