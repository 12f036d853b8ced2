"""What we know about people ends: every field has a rule, each at its exact moment, twice without harm."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import models

from activities.models import Capacity, Meeting, Occurrence
from families import registering, retention
from families.models import Participant, Registration, SignUp
from families.parties import Child, Party
from families.registering import Sender
from kopiena.floor.models import Notice, Tally, User
from partners import inviting, joining
from partners.models import Invitation, JoinRequest
from tests.institutions import make_institution, make_member

SECOND = timedelta(seconds=1)


def without_a_rule(
    found: Iterable[type[models.Model]], impersonal: Collection[str], ends: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Fields that stand in no list, and fields and models that stand in one but are not there (or in both)."""
    there = {
        model._meta.label: {field.name for field in model._meta.local_fields}
        for model in found
        if not model._meta.proxy
    }
    missing = [
        f"{label}.{field}: no rule"
        for label, fields in there.items()
        if label not in impersonal
        for field in fields - set(ends.get(label, ()))
    ]
    stale = [
        f"{label}.{field}: not there"
        for label, fields in ends.items()
        for field in set(fields) - there.get(label, set())
    ]
    gone = [f"{label}: not there" for label in impersonal if label not in there]
    twice = [f"{label}: in both lists" for label in impersonal if label in ends]
    return sorted(missing + stale + gone + twice)


def test_every_field_of_every_installed_model_has_a_rule() -> None:
    everything = apps.get_models(include_auto_created=True)
    assert without_a_rule(everything, retention.IMPERSONAL, retention.ENDS) == []


def test_the_guard_finds_a_field_without_a_rule_and_a_rule_without_a_field() -> None:
    ends = {"families.Participant": dict.fromkeys(("id", "registration", "kind", "age", "surname"), retention.KEPT)}
    found = without_a_rule([Participant, Tally], {"floor.Tally", "floor.Gone"}, ends)
    assert found == [
        "families.Participant.first_name: no rule",
        "families.Participant.surname: not there",
        "floor.Gone: not there",
    ]


def test_each_rule_is_one_of_those_written_down_and_says_its_true_length() -> None:
    known = {value for name, value in vars(retention).items() if name.startswith("AFTER_")}
    known |= {retention.KEPT, retention.STAFF, retention.CONTACT}
    used = {rule for fields in retention.ENDS.values() for rule in fields.values()}
    assert used <= known
    lengths = {
        retention.AFTER_NEEDS: retention.NEEDS_KEPT,
        retention.AFTER_PEOPLE: retention.PEOPLE_KEPT,
        retention.AFTER_CONTACTS: retention.CONTACTS_KEPT,
        retention.AFTER_TOKENS: retention.TOKENS_KEPT,
        retention.AFTER_NOTICE: retention.NOTICES_KEPT,
        retention.AFTER_SIGN_IN: retention.SIGN_INS_KEPT,
        retention.AFTER_LOG: retention.LOG_KEPT,
        retention.AFTER_INVITATION: retention.INVITATIONS_KEPT,
        retention.AFTER_REQUEST: retention.REQUESTS_KEPT,
    }
    assert [rule for rule, kept in lengths.items() if not rule.startswith(f"{kept.days} days")] == []
    assert retention.AFTER_TALLY.startswith(f"{retention.TALLIES_KEPT // timedelta(hours=1)} hours")


def test_whoever_is_deleted_takes_everything_of_hers_along() -> None:
    """The rule "ends with the account" is the cascade: each such row hangs on the user, itself or through another."""
    hangs_on_user = {"floor.User"}
    for label in ("floor.User_groups", "floor.User_user_permissions", "partners.Membership", "account.EmailAddress",
                  "account.EmailConfirmation", "admin.LogEntry"):  # fmt: skip
        keys = [field for field in apps.get_model(label)._meta.local_fields if isinstance(field, models.ForeignKey)]
        towards = {key.related_model._meta.label for key in keys if key.remote_field.on_delete is models.CASCADE}
        assert towards & hangs_on_user, label
        hangs_on_user.add(label)
    of_staff = {label for label, fields in retention.ENDS.items() if set(fields.values()) == {retention.STAFF}}
    assert of_staff <= hangs_on_user
    for label, fields in retention.ENDS.items():  # a single key that names a member of staff is emptied
        for name in (name for name, end in fields.items() if end == retention.STAFF and label not in hangs_on_user):
            assert apps.get_model(label)._meta.get_field(name).remote_field.on_delete is models.SET_NULL


@pytest.fixture
def family(make_occurrence: Callable[..., Occurrence], now: datetime) -> Registration:
    """A family with a child, placed at a date in ten days."""
    occurrence = make_occurrence(places=5, is_age_asked=True)
    sender = Sender(
        name="Anna", language="lv", email="anna@example.lv", phone="+37120000000", needs_answer="riekstu alerģija"
    )
    made = registering.register("token-1", occurrence.pk, sender, Party.with_ages(1, (Child(5, "Līga"),)), now=now)
    return made.registrations.get()


def of_family(registration: Registration) -> dict[str, Any]:
    """What is still known about the family."""
    registration = Registration.objects.select_related("sign_up").get(pk=registration.pk)
    sign_up = registration.sign_up
    return {
        "answer": registration.needs_answer,
        "people": [(each.first_name, each.age) for each in registration.participants.all()],
        "contact": (sign_up.contact_name, sign_up.email, sign_up.phone),
        "token": (sign_up.form_token, bool(sign_up.form_digest)),
        "link": sign_up.link_version,
    }


KNOWN = {
    "answer": "riekstu alerģija",
    "people": [("Līga", 5)],
    "contact": ("Anna", "anna@example.lv", "+37120000000"),
    "token": ("token-1", True),
    "link": 1,
}


@pytest.mark.parametrize(
    ("since", "kept", "before", "after"),
    [
        ("sent", retention.TOKENS_KEPT, KNOWN, {**KNOWN, "token": (None, False)}),
        (
            "over",
            retention.NEEDS_KEPT,
            {**KNOWN, "token": (None, False)},
            {**KNOWN, "token": (None, False), "answer": ""},
        ),
        (
            "over",
            retention.PEOPLE_KEPT,
            {**KNOWN, "token": (None, False), "answer": ""},
            {**KNOWN, "token": (None, False), "answer": "", "people": []},
        ),
        (
            "over",
            retention.CONTACTS_KEPT,
            {**KNOWN, "token": (None, False), "answer": "", "people": []},
            {"answer": "", "people": [], "contact": ("", "", ""), "token": (None, False), "link": 2},
        ),
    ],
    ids=["form token", "answer", "people", "contact"],
)
def test_each_thing_about_a_family_ends_at_its_moment_and_not_before(
    family: Registration, since: str, kept: timedelta, before: dict[str, Any], after: dict[str, Any]
) -> None:
    over = Meeting.objects.get(occurrence=family.occurrence).ends_at
    moment = {"sent": family.created_at, "over": over}[since] + kept
    retention.clear_past(moment - SECOND)
    assert of_family(family) == before
    retention.clear_past(moment + SECOND)
    assert of_family(family) == after


def test_the_last_meeting_of_a_course_counts_not_the_first(family: Registration) -> None:
    first = Meeting.objects.get(occurrence=family.occurrence)
    later = first.ends_at + timedelta(days=20)
    Meeting.objects.create(
        occurrence=family.occurrence, starts_at=later - timedelta(hours=1), ends_at=later, where="home"
    )
    retention.clear_past(first.ends_at + retention.NEEDS_KEPT + SECOND)
    assert of_family(family)["answer"] == KNOWN["answer"]
    retention.clear_past(later + retention.NEEDS_KEPT + SECOND)
    assert of_family(family)["answer"] == ""


def test_places_status_and_counts_stay_when_names_go(family: Registration, now: datetime) -> None:
    counts = ("status", "adults", "children", "children_along", "seats", "queue_number", "children_under_7")
    was = (Registration.objects.values(*counts).get(), Capacity.objects.values().get())
    retention.clear_past(now + timedelta(days=800))
    assert (Registration.objects.values(*counts).get(), Capacity.objects.values().get()) == was
    assert SignUp.objects.get().is_erased


def test_an_old_link_no_longer_opens_what_was_forgotten(family: Registration, now: datetime) -> None:
    was = SignUp.objects.values("link_id", "code").get()
    retention.clear_past(now + timedelta(days=800))
    forgotten = SignUp.objects.values("link_id", "code").get()
    assert (forgotten["link_id"] == was["link_id"], forgotten["code"] == was["code"]) == (False, False)


def make_session(moment: datetime) -> type[models.Model]:
    Session.objects.create(session_key="a", session_data="b", expire_date=moment)
    return Session


def make_tally(moment: datetime) -> type[models.Model]:
    Tally.objects.count_one("find", "127.0.0.1", moment)
    return Tally


def make_log_line(moment: datetime) -> type[models.Model]:
    staff = User.objects.create_user("staff@example.lv", is_staff=True)
    LogEntry.objects.create(user=staff, object_repr="#1", action_flag=CHANGE, action_time=moment)
    return LogEntry


def make_sign_in(model: type[models.Model], **fields: Any) -> Callable[[datetime], type[models.Model]]:
    def make(moment: datetime) -> type[models.Model]:
        tried = {"username": "staff@example.lv", "ip_address": "127.0.0.1", "user_agent": "a", "path_info": "/konts/"}
        model._default_manager.create(**tried, **fields)
        model._default_manager.update(attempt_time=moment)  # the row sets its own time when it is made
        return model

    return make


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "kept"),
    [
        (make_session, timedelta(0)),
        (make_tally, timedelta(hours=24)),
        (make_log_line, timedelta(days=365)),
        (make_sign_in(AccessAttempt, failures_since_start=1), timedelta(days=30)),
        (make_sign_in(AccessFailureLog), timedelta(days=30)),
        (make_sign_in(AccessLog), timedelta(days=30)),
    ],
    ids=["session", "tally", "log line", "attempt", "failure", "sign-in"],
)
def test_each_row_of_others_ends_at_its_moment_and_not_before(
    make: Callable[[datetime], type[models.Model]], kept: timedelta, now: datetime
) -> None:
    model = make(now)
    retention.clear_past(now + kept - SECOND)
    assert model._default_manager.count() == 1
    retention.clear_past(now + kept + SECOND)
    assert model._default_manager.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "then"), [("owed", "withdrawn"), ("sending", "withdrawn"), ("sent", "sent")])
def test_a_notice_forgets_whom_it_was_for_and_stays(state: str, then: str, now: datetime) -> None:
    also = {"sending": {"claimed_until": now}, "sent": {"sent_at": now}}.get(state, {})
    known = {"recipient": "anna@example.lv", "details": {"old": "10.00"}, "answer": "451 anna@example.lv: later"}
    Notice.objects.create(about="registration:1", kind="moved", state=state, created_at=now, **known, **also)
    retention.clear_past(now + retention.NOTICES_KEPT - SECOND)
    assert Notice.objects.values_list("recipient", "state").get() == ("anna@example.lv", state)
    retention.clear_past(now + retention.NOTICES_KEPT + SECOND)
    assert Notice.objects.values_list("recipient", "details", "answer", "state").get() == ("", {}, "", then)


@pytest.mark.django_db
def test_an_invitation_ends_30_days_after_it_ran_out_and_a_request_90_days_after_it_was_sent(now: datetime) -> None:
    invited = inviting.invite(make_institution(), "anna@example.lv", "editor", "lv", by=None, now=now)
    asked = joining.ask(joining.Asked("20. PII", "Anna", "anna@example.lv", "", "lv"), "a", "192.0.2.1", now=now)
    retention.clear_past(invited.expires_at + timedelta(days=30) - SECOND)
    assert Invitation.objects.exists()
    retention.clear_past(invited.expires_at + timedelta(days=30) + SECOND)
    assert not Invitation.objects.exists()
    retention.clear_past(now + timedelta(days=90) - SECOND)
    assert JoinRequest.objects.get() == asked
    retention.clear_past(now + timedelta(days=90) + SECOND)
    assert not JoinRequest.objects.exists()


@pytest.mark.django_db
def test_a_request_answered_outlives_its_invitation(now: datetime) -> None:
    asked = joining.ask(joining.Asked("20. PII", "Anna", "anna@example.lv", "", "lv"), "a", "192.0.2.1", now=now)
    by = User.objects.create_user("c@example.lv", is_staff=True, joined_at=now)
    joining.answer(asked.pk, make_institution(), "editor", by=by, now=now)
    retention.clear_past(now + timedelta(days=45))
    asked.refresh_from_db()
    assert (asked.invitation, asked.answered_at) == (None, now)


@pytest.mark.django_db
def test_an_account_that_acts_for_nobody_ends_after_30_days(now: datetime) -> None:
    member = make_member(make_institution(), "member@example.lv").user
    staff = User.objects.create_user("staff@example.lv", is_staff=True)
    named_in_the_log = User.objects.create_user("log@example.lv")
    LogEntry.objects.create(user=named_in_the_log, action_flag=CHANGE, action_time=now)
    never_came = User.objects.create_user("anna@example.lv")
    seen_of_late = User.objects.create_user("olga@example.lv", last_login=now)
    User.objects.update(joined_at=now - timedelta(days=29))
    everybody = {member, staff, named_in_the_log, never_came, seen_of_late}
    retention.clear_past(now)
    assert set(User.objects.all()) == everybody
    retention.clear_past(now + timedelta(days=1, seconds=1))
    assert set(User.objects.all()) == everybody - {never_came}
    retention.clear_past(now + timedelta(days=30, seconds=1))
    assert set(User.objects.all()) == {member, staff, named_in_the_log}


@pytest.mark.django_db
def test_staff_stay_while_they_work_here(now: datetime) -> None:
    User.objects.create_user("staff@example.lv", is_staff=True, joined_at=now)
    retention.clear_past(now + timedelta(days=4000))
    assert User.objects.count() == 1


def test_a_second_run_finds_nothing_left_to_do(family: Registration, now: datetime) -> None:
    for make in (make_session, make_tally, make_log_line, make_sign_in(AccessLog)):
        make(now)
    later = now + timedelta(days=800)
    first = retention.clear_past(later)
    assert first == {
        "sessions": 1,
        "sign-ins": 1,
        "log lines": 1,
        "notices": 1,
        "tallies": 1,
        "form tokens": 1,
        "accounts": 0,
        "invitations": 0,
        "requests to join": 0,
        "answers": 1,
        "people": 1,
        "contacts": 1,
    }
    assert retention.clear_past(later) == dict.fromkeys(first, 0)


def test_a_date_put_off_without_a_new_day_loses_nothing_for_a_year(family: Registration, now: datetime) -> None:
    family.occurrence.meetings.all().delete()
    retention.clear_past(now + timedelta(days=365) - SECOND)
    assert of_family(family) == {**KNOWN, "token": (None, False)}
    retention.clear_past(now + timedelta(days=365))
    forgotten = of_family(family)
    assert (forgotten["answer"], forgotten["people"], forgotten["contact"]) == ("", [], ("", "", ""))
