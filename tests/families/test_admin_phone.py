"""The coordinator signs up who calls: placed, waiting, with a reason, never lost, and only she."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Capacity, Meeting, Occurrence
from families import gate, links, registering
from families.models import Participant, Registration, SignUp
from families.registering import Busy
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Institution
from tests.families.caller import KNOWN_PAGE, PHONE_PAGE, form_for, hidden_in, signs_up, slip_page_of, told_page_of
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

Soon = Callable[..., Occurrence]
Comes = Callable[..., Registration]


@pytest.fixture
def coordinator() -> Client:
    return signed_in(COORDINATOR)


@pytest.fixture
def kindergarten() -> Institution:
    return Institution.objects.create(slug="saulite", kind="preschool", short_name_lv="Saulīte", name_lv="PII Saulīte")


def hold(occurrence: Occurrence, held: int) -> None:
    until = timezone.now() + timedelta(days=1)
    registering.hold_places(occurrence.pk, held=held, until=until, by=staff(), now=timezone.now())


# Placed


def test_a_caller_is_placed_and_the_page_after_shows_the_code_to_read_aloud(soon: Soon, coordinator: Client) -> None:
    occurrence = soon(places=5)
    answer = signs_up(coordinator, occurrence, children="1", photo="no", parents_know="on", needs="Ratiņkrēsls")
    made = Registration.objects.get()
    sign_up = made.sign_up
    assert answer["Location"] == told_page_of(made)
    assert (made.status, made.adults, made.children, made.seats, made.needs_answer) == (
        "placed",
        2,
        1,
        3,
        "Ratiņkrēsls",
    )
    assert (sign_up.contact_name, sign_up.phone, sign_up.email, sign_up.language) == ("Anna", "+37120000000", "", "lv")
    assert (sign_up.channel, sign_up.may_be_photographed, sign_up.declared_at is not None) == ("phone", False, True)
    page = coordinator.get(answer["Location"]).content.decode()
    assert sign_up.code_in_groups in page
    assert f"?occurrence={occurrence.pk}" in page
    assert slip_page_of(made) in page
    assert LogEntry.objects.get().object_repr == f"#{made.pk}"


def test_no_contact_at_all_is_allowed(soon: Soon, coordinator: Client) -> None:
    signs_up(coordinator, soon(), contact_name="", phone="", email="")
    made = Registration.objects.get()
    assert (made.status, made.sign_up.contact_name, made.sign_up.phone) == ("placed", "", "")
    assert coordinator.get(told_page_of(made)).status_code == coordinator.get(slip_page_of(made)).status_code == 200


@pytest.mark.parametrize(("photo", "kept"), [("", None), ("yes", True), ("no", False)])
def test_whether_they_were_asked_about_photographs_is_kept(
    photo: str, kept: bool | None, soon: Soon, coordinator: Client
) -> None:
    signs_up(coordinator, soon(), photo=photo)
    assert SignUp.objects.get().may_be_photographed is kept


def test_places_kept_for_callers_are_the_callers(soon: Soon, comes: Comes, coordinator: Client) -> None:
    occurrence = soon(places=6)
    hold(occurrence, 2)
    comes(occurrence)
    signs_up(coordinator, occurrence)
    assert Capacity.objects.values_list("taken", "held").get() == (6, 0)


def test_the_same_form_twice_is_one_sign_up(soon: Soon, coordinator: Client) -> None:
    form = form_for(coordinator, soon())
    first, second = coordinator.post(PHONE_PAGE, form), coordinator.post(PHONE_PAGE, form)
    assert first["Location"] == second["Location"]
    assert Registration.objects.count() == 1


def test_the_same_form_with_other_content_is_asked_about(soon: Soon, coordinator: Client) -> None:
    occurrence, other = soon(), soon()
    form = form_for(coordinator, occurrence)
    coordinator.post(PHONE_PAGE, form)
    again = coordinator.post(PHONE_PAGE, {**form, "occurrence": str(other.pk), "adults": "3"})
    assert (again.status_code, Registration.objects.count()) == (409, 1)
    assert told_page_of(Registration.objects.get()) in again.content.decode()
    assert coordinator.post(PHONE_PAGE, {**form, **hidden_in(again), "adults": "3"}).status_code == 302
    assert Registration.objects.count() == 2


# Ages


def test_ages_become_participants_and_who_does_not_suit_comes_along(soon: Soon, coordinator: Client) -> None:
    signs_up(coordinator, soon(age_from=4, age_to=7), ages="4, 1 6", children="", children_along="1")
    made = Registration.objects.get()
    assert (made.status, made.children, made.children_along) == ("placed", 2, 1)
    assert list(Participant.objects.values_list("age", "kind")) == [(4, "child"), (1, "child_along"), (6, "child")]


def test_of_children_who_all_suit_those_named_last_come_along(soon: Soon, coordinator: Client) -> None:
    signs_up(coordinator, soon(), ages="4,5,6", children_along="1")
    assert list(Participant.objects.values_list("age", "kind")) == [(4, "child"), (5, "child"), (6, "child_along")]


@pytest.mark.parametrize("ages", ["4", "4, 5, 6", "four", "4, 99", "1.5", "-1", "4\x00", "٤"])
def test_ages_that_cannot_be_are_refused_and_kept(ages: str, soon: Soon, coordinator: Client) -> None:
    answer = signs_up(coordinator, soon(), ages=ages, children="2")
    assert set(answer.context["form"].errors) == {"ages"}
    assert Registration.objects.count() == 0
    assert answer.context["form"]["ages"].value() == ages


def test_ages_are_not_kept_where_the_activity_does_not_ask_them(
    make_occurrence: Callable[..., Occurrence], coordinator: Client
) -> None:
    signs_up(coordinator, make_occurrence(starts_at=timezone.now() + timedelta(days=9)), ages="4, 7")
    assert Registration.objects.values_list("children", flat=True).get() == 2
    assert Participant.objects.count() == 0


# Rules that may be let pass


def test_a_child_too_old_is_said_and_let_pass_only_with_a_reason(soon: Soon, coordinator: Client) -> None:
    form = form_for(coordinator, soon(age_from=4, age_to=7), ages="9")
    asked = coordinator.post(PHONE_PAGE, form)
    page = asked.content.decode()
    assert (asked.status_code, Registration.objects.count()) == (200, 0)
    assert "4–7" in page
    assert 'name="reason"' in page
    form |= hidden_in(asked)
    without = coordinator.post(PHONE_PAGE, form)
    assert set(without.context["form"].errors) == {"reason"}
    assert Registration.objects.count() == 0
    coordinator.post(PHONE_PAGE, {**form, **hidden_in(without), "reason": "Brālis"})
    assert Registration.objects.values_list("overrides", "override_reason").get() == (["age"], "Brālis")


def test_only_what_was_shown_is_let_pass(soon: Soon, coordinator: Client) -> None:
    """What was said of one date or party says nothing of another, and nobody can write the permission themselves."""
    occurrence, other = soon(age_from=4, age_to=7), soon(age_from=4, age_to=7)
    form = form_for(coordinator, occurrence, ages="9", reason="Brālis")
    asked = {**form, **hidden_in(coordinator.post(PHONE_PAGE, form))}
    for change in ({"occurrence": str(other.pk)}, {"ages": "15"}, {"let_pass": "age"}, {"let_pass": asked["token"]}):
        assert coordinator.post(PHONE_PAGE, {**asked, **change}).status_code == 200
    assert Registration.objects.count() == 0
    assert coordinator.post(PHONE_PAGE, asked).status_code == 302


def test_a_closed_sign_up_takes_a_reason(soon: Soon, coordinator: Client) -> None:
    occurrence = soon(occurrence={"sign_up_closes_at": timezone.now() - timedelta(hours=1)})
    form = form_for(coordinator, occurrence, reason="Zvanīja vakar")
    asked = coordinator.post(PHONE_PAGE, form)
    coordinator.post(PHONE_PAGE, {**form, **hidden_in(asked)})
    assert Registration.objects.values_list("status", "overrides").get() == ("placed", ["window"])


@pytest.fixture
def queue_waits(soon: Soon, comes: Comes) -> Occurrence:
    """A date with four free places, past the moment to move up, where a party waits for which they are enough."""
    occurrence = soon(places=4)
    leaving, waiting = comes(occurrence), comes(occurrence)
    Occurrence.objects.filter(pk=occurrence.pk).update(promote_until=timezone.now() - timedelta(hours=1))
    registering.cancel(leaving.pk, now=timezone.now())
    waiting.refresh_from_db()
    assert waiting.status == "waiting"
    return occurrence


def test_passing_over_the_queue_takes_a_reason(queue_waits: Occurrence, coordinator: Client) -> None:
    form = form_for(coordinator, queue_waits, adults="1", reason="Kaimiņiene")
    asked = coordinator.post(PHONE_PAGE, form)
    assert 'name="wait"' in asked.content.decode()
    coordinator.post(PHONE_PAGE, {**form, **hidden_in(asked)})
    assert Registration.objects.placed().values_list("overrides", flat=True).get() == ["order"]


def test_who_may_wait_does_not_pass_over_others_whatever_was_let_pass(
    queue_waits: Occurrence, coordinator: Client
) -> None:
    form = form_for(coordinator, queue_waits, adults="1", reason="Kaimiņiene")
    asked = coordinator.post(PHONE_PAGE, form)
    coordinator.post(PHONE_PAGE, {**form, **hidden_in(asked), "wait": "1"})
    made = Registration.objects.order_by("pk").last()
    assert made is not None
    assert (made.status, made.overrides, made.override_reason) == ("waiting", [], "")


# Full


def test_where_it_is_full_the_ways_on_are_offered_and_waiting_works(
    soon: Soon, comes: Comes, coordinator: Client
) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    form = form_for(coordinator, occurrence, children="1", needs="Alerģija")
    refused = coordinator.post(PHONE_PAGE, form)
    page = refused.content.decode()
    assert Registration.objects.count() == 1
    assert f"/admin/activities/occurrence/{occurrence.pk}/vietas/" in page
    assert 'name="wait"' in page
    assert "Alerģija" in page
    answer = coordinator.post(PHONE_PAGE, {**form, "wait": "1"})
    made = Registration.objects.in_queue().get()
    assert (answer["Location"], made.needs_answer) == (told_page_of(made), "Alerģija")
    assert "Kārtas numurs: 1" in coordinator.get(answer["Location"]).content.decode()


def test_a_date_known_to_be_full_offers_the_queue_at_once(soon: Soon, comes: Comes, coordinator: Client) -> None:
    occurrence, free = soon(places=4), soon(places=4)
    comes(occurrence)
    assert 'name="wait"' in coordinator.get(f"{PHONE_PAGE}?occurrence={occurrence.pk}").content.decode()
    assert 'name="wait"' not in coordinator.get(f"{PHONE_PAGE}?occurrence={free.pk}").content.decode()


def test_a_rule_can_be_let_pass_on_the_way_into_the_queue(soon: Soon, comes: Comes, coordinator: Client) -> None:
    occurrence = soon(places=4)
    comes(occurrence)
    Occurrence.objects.filter(pk=occurrence.pk).update(sign_up_closes_at=timezone.now() - timedelta(hours=1))
    form = form_for(coordinator, occurrence, reason="Zvanīja vakar")
    asked = coordinator.post(PHONE_PAGE, {**form, "wait": "1"})
    assert 'name="wait"' in asked.content.decode()
    without_room = coordinator.post(PHONE_PAGE, {**form, **hidden_in(asked)})
    assert Registration.objects.count() == 1
    coordinator.post(PHONE_PAGE, {**form, **hidden_in(without_room), "wait": "1"})
    made = Registration.objects.in_queue().get()
    assert (made.overrides, made.override_reason) == (["window"], "Zvanīja vakar")


# Groups


def test_a_group_of_an_institution_is_numbers_and_a_contact(
    soon: Soon, coordinator: Client, kindergarten: Institution
) -> None:
    signs_up(coordinator, soon(places=30), children="20", ages="5, 6", institution=str(kindergarten.pk))
    made = Registration.objects.get()
    assert (made.is_group, made.children, made.adults, made.seats) == (True, 20, 2, 22)
    assert (made.sign_up.institution, made.sign_up.channel) == (kindergarten, "desk")
    assert Participant.objects.count() == 0
    assert Capacity.objects.get().taken_by_groups == 22
    assert "Saulīte" in coordinator.get(told_page_of(made)).content.decode()


def test_a_group_keeps_to_the_limit_for_groups(soon: Soon, coordinator: Client, kindergarten: Institution) -> None:
    occurrence = soon(places=30)
    registering.set_places(occurrence.pk, unit="people", places=30, for_groups=10, by=staff(), now=timezone.now())
    answer = signs_up(coordinator, occurrence, children="20", institution=str(kindergarten.pk))
    assert Registration.objects.count() == 0
    assert 'name="wait"' in answer.content.decode()


def test_where_a_place_is_for_a_family_a_group_is_refused_beside_its_field(
    soon: Soon, coordinator: Client, kindergarten: Institution
) -> None:
    answer = signs_up(coordinator, soon(unit="families"), children="5", institution=str(kindergarten.pk))
    assert set(answer.context["form"].errors) == {"institution"}


# Nothing is lost


def test_a_gate_that_is_too_crowded_answers_503_with_everything_kept(
    soon: Soon, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def crowded(occurrence_id: int, *, now: datetime) -> Iterator[None]:
        raise Busy
        yield

    form = form_for(coordinator, soon(), needs="Alerģija", children="3", photo="no")
    with monkeypatch.context() as patched:
        patched.setattr(gate, "locked", crowded)
        answer = coordinator.post(PHONE_PAGE, form)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert kept(answer, form) == form
    assert coordinator.post(PHONE_PAGE, {**form, **hidden_in(answer)}).status_code == 302


def kept(answer: Any, form: dict[str, Any]) -> dict[str, Any]:
    """What the page still holds of what was sent."""
    shown = answer.context["form"]
    fields = {name: shown[name].value() for name in form if name in shown.fields}
    return {**{name: fields.get(name) for name in form}, "token": hidden_in(answer)["token"]}


@pytest.mark.parametrize("token", ["", "x", "\x00", "another date's"])
def test_a_form_that_is_not_ours_is_kept_and_asked_for_once_more(token: str, soon: Soon, coordinator: Client) -> None:
    occurrence = soon()
    given = links.new_form_token(occurrence.pk, timezone.now()) if token == "another date's" else token
    form = form_for(coordinator, occurrence, token=given)
    answer = coordinator.post(PHONE_PAGE, form)
    assert (answer.status_code, Registration.objects.count()) == (200, 0)
    assert coordinator.post(PHONE_PAGE, {**form, **hidden_in(answer)}).status_code == 302


@pytest.mark.parametrize("garbage", ["\x00", "9" * 40, "🎈", "-1", "1e3", "x" * 5000, "' OR 1=1", "٣"])
def test_garbage_in_any_field_is_answered_calmly(garbage: str, soon: Soon, coordinator: Client) -> None:
    form = form_for(coordinator, soon())
    for name in (*form, "email", "ages", "children_along", "institution", "reason", "let_pass", "parents_know"):
        for button in ({}, {"wait": "1"}, {"search": "1"}, {"known": garbage}):
            assert coordinator.post(PHONE_PAGE, {**form, name: garbage, **button}).status_code in (200, 302, 409)
    assert coordinator.get(PHONE_PAGE, {"occurrence": garbage}).status_code == 200
    assert coordinator.post(KNOWN_PAGE, {"phone": garbage, "occurrence": garbage}).status_code == 200


def test_what_is_forged_has_no_effect(soon: Soon, coordinator: Client) -> None:
    forged = {"status": "cancelled", "seats": "0", "queue_no": "99", "places": "999", "channel": "web", "is_group": "1"}
    signs_up(coordinator, soon(places=5), **forged)
    made = Registration.objects.get()
    assert (made.status, made.seats, made.queue_number, made.is_group) == ("placed", 2, 1, False)
    assert (made.sign_up.channel, Capacity.objects.get().places) == ("phone", 5)


# Which dates


def test_dates_of_every_audience_are_there_but_not_those_nobody_can_be_signed_up_for(
    soon: Soon, coordinator: Client
) -> None:
    ours = [soon(), soon(audience="invited"), soon(audience="discreet")]
    soon(state="draft")
    soon(occurrence={"is_sign_up_needed": False})
    soon(occurrence={"state": "cancelled"})
    Meeting.objects.filter(occurrence=soon()).update(is_cancelled=True)
    past = soon()
    Meeting.objects.filter(occurrence=past).update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    page = coordinator.get(PHONE_PAGE)
    assert set(page.context["form"].dates) == {str(date.pk) for date in ours}
    assert signs_up(coordinator, past).context["form"].errors.keys() == {"occurrence"}


def test_a_date_says_what_is_free_what_is_kept_and_who_waits(soon: Soon, comes: Comes, coordinator: Client) -> None:
    occurrence = soon(places=6)
    comes(occurrence)
    comes(occurrence)
    hold(occurrence, 1)
    shown = coordinator.get(f"{PHONE_PAGE}?occurrence={occurrence.pk}").context["chosen"]
    assert shown.endswith("brīvas: 2 · no tām pa tālruni: 1 · rindā: 1")


def test_the_form_asks_the_database_no_more_for_three_dates_than_for_one(soon: Soon, coordinator: Client) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            soon()
        coordinator.get(PHONE_PAGE)
        with CaptureQueriesContext(connection) as asked:
            coordinator.get(PHONE_PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# Afterwards


def test_the_slip_speaks_the_familys_language_and_holds_no_private_link(soon: Soon, coordinator: Client) -> None:
    signs_up(coordinator, soon(), language="ru", contact_name="Ольга")
    made = Registration.objects.get()
    page = coordinator.get(slip_page_of(made)).content.decode()
    assert '<html lang="ru">' in page
    assert made.sign_up.code_in_groups in page
    assert "Субботник" in page
    for shown in (page, coordinator.get(told_page_of(made)).content.decode()):
        assert links.link_of(made.sign_up) not in shown
        assert made.sign_up.link_id not in shown


def test_the_slip_of_what_only_the_invited_know_names_neither_what_nor_where(soon: Soon, coordinator: Client) -> None:
    signs_up(coordinator, soon(audience="discreet"), photo="yes")
    made = Registration.objects.get()
    page = coordinator.get(slip_page_of(made)).content.decode()
    assert made.sign_up.code_in_groups in page
    assert "Ezera" not in page
    assert "Smilšu" not in page
    assert made.sign_up.may_be_photographed is None


def test_a_contact_signed_up_twice_for_the_date_is_said_afterwards(
    soon: Soon, comes: Comes, coordinator: Client
) -> None:
    occurrence = soon()
    earlier = comes(occurrence)
    answer = signs_up(coordinator, occurrence)
    page = coordinator.get(answer["Location"]).content.decode()
    assert f"/admin/families/registration/{earlier.pk}/change/" in page


def test_an_erased_sign_up_has_no_slip(soon: Soon, coordinator: Client) -> None:
    signs_up(coordinator, soon())
    made = Registration.objects.get()
    registering.erase(made.sign_up_id, now=timezone.now())
    assert coordinator.get(slip_page_of(made)).status_code == 404


def test_the_page_of_a_sent_form_says_what_was_let_pass_and_that_it_is_a_group(
    soon: Soon, coordinator: Client, kindergarten: Institution
) -> None:
    occurrence = soon(places=30, occurrence={"sign_up_closes_at": timezone.now() - timedelta(hours=1)})
    form = form_for(coordinator, occurrence, reason="Zvanīja vakar", children="9", institution=str(kindergarten.pk))
    coordinator.post(PHONE_PAGE, {**form, **hidden_in(coordinator.post(PHONE_PAGE, form))})
    page = coordinator.get(f"/admin/families/signup/{SignUp.objects.get().pk}/change/").content.decode()
    for shown in ("Zvanīja vakar", "Saulīte", "pieteikšanās laiks", "iestādes grupa vai klase"):
        assert shown in page


# Who


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_a_coordinator_signs_up_by_phone(role: str, soon: Soon, comes: Comes) -> None:
    registration = comes(soon())
    client = signed_in(role)
    form = {**form_for(signed_in(COORDINATOR), registration.occurrence), "phone": "2000 0009"}
    answers = [client.get(PHONE_PAGE), client.post(PHONE_PAGE, form), client.post(KNOWN_PAGE, {"phone": "2000 0000"})]
    answers += [client.get(KNOWN_PAGE), client.get(told_page_of(registration)), client.get(slip_page_of(registration))]
    assert {answer.status_code for answer in answers} == {403}
    assert Registration.objects.count() == 1
    assert PHONE_PAGE not in client.get("/admin/").content.decode()


def test_the_way_there_is_on_the_front_on_the_list_and_on_a_date(soon: Soon, coordinator: Client) -> None:
    occurrence = soon()
    assert PHONE_PAGE in coordinator.get("/admin/").content.decode()
    assert PHONE_PAGE in coordinator.get("/admin/families/signup/").content.decode()
    date = coordinator.get(f"/admin/activities/occurrence/{occurrence.pk}/change/").content.decode()
    assert f"{PHONE_PAGE}?occurrence={occurrence.pk}" in date


def test_a_post_from_another_site_is_refused(soon: Soon) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(PHONE_PAGE, {"occurrence": str(soon().pk)}).status_code == 403
    assert client.post(KNOWN_PAGE, {"phone": "2000 0000"}).status_code == 403


def test_whose_sign_in_ended_is_told_so_on_a_page_of_the_house(soon: Soon) -> None:
    answer = Client(enforce_csrf_checks=True).post(PHONE_PAGE, {"occurrence": str(soon().pk)})
    assert answer.status_code == 403
    assert [each.name for each in answer.templates][:2] == ["403_csrf.html", "site.html"]
    assert "csrf" not in answer.content.decode().lower()


def test_what_is_not_there_is_not_found(coordinator: Client) -> None:
    for number in ("9", "9" * 30):
        for page in ("pierakstits", "izdruka"):
            assert coordinator.get(f"/admin/families/signup/{number}/{page}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_sign_up_stands_in_no_transaction_of_the_admin(soon: Soon) -> None:
    """With real transactions the gate's own durable one would refuse to stand inside another."""
    signs_up(signed_in(COORDINATOR), soon())
    assert Registration.objects.count() == 1
