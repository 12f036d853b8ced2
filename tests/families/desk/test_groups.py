"""The desk's pages of groups: what a teacher signs up, sees, changes and cancels, and what does not exist for her."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Occurrence
from families import groups, registering
from families.models import Registration, SignUp
from kopiena.floor.models import User
from partners.models import Institution, Membership
from tests.gate import boss, class_comes, group, kindergarten, signs_up

pytestmark = pytest.mark.django_db

Soon = Callable[..., Occurrence]
GROUPS = "/musu-iestade/pienenite/grupas/"
TYPED = {
    "contact_name": "Ilze",
    "email": "Ilze@example.lv",
    "phone": "2000 0000",
    "language": "lv",
    "adults": "2",
    "children": "6",
    "photo": "but",
    "not_photographed": "2",
    "needs": "Ratiņkrēsls",
}


def member(slug: str = "pienenite", email: str = "ilze@example.lv") -> Client:
    """A browser in which somebody who acts for that institution is signed in."""
    kindergarten()
    institution, _ = Institution.objects.get_or_create(slug=slug, defaults={"name_lv": slug, "kind": "preschool"})
    user = User.objects.create_user(email, name="Ilze")
    Membership.objects.create(user=user, institution=institution, role="editor")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def teacher() -> Client:
    return member()


def page_of(client: Client, address: str, data: dict[str, Any] | None = None, status: int = 200) -> str:
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == status
    return answer.content.decode()


def new(occurrence: Occurrence) -> str:
    return f"{GROUPS}jauna/{occurrence.pk}/"


def typed(client: Client, occurrence: Occurrence, **also: Any) -> dict[str, Any]:
    """The form filled in, with the token its page came with."""
    return {**TYPED, "token": client.get(new(occurrence)).context["form"].shown_token, **also}


def comes(occurrence: Occurrence, adults: int = 1, children: int = 4, **also: Any) -> Registration:
    return class_comes(occurrence, adults, children, **{"now": timezone.now(), **also})


def limit(occurrence: Occurrence, for_groups: int | None, places: int | None = 10) -> None:
    given: dict[str, Any] = {"unit": "people", "places": places, "for_groups": for_groups}
    registering.set_places(occurrence.pk, by=boss(), now=timezone.now(), **given)


def test_a_teacher_signs_her_class_up_and_sees_that_it_is_confirmed(teacher: Client, soon: Soon) -> None:
    occurrence = soon()
    form = page_of(teacher, new(occurrence))
    assert 'value="ilze@example.lv"' in form  # whom we know already need not be typed
    assert "child_1" not in form  # nobody asks a class for its ages
    answer = teacher.post(new(occurrence), typed(teacher, occurrence), follow=True)
    made = Registration.objects.select_related("sign_up").get()
    assert answer.redirect_chain == [(f"{GROUPS}{made.pk}/", 302)]
    page = answer.content.decode()
    assert "Pieteikums apstiprināts" in page
    assert [row for row in ("6 bērni", "2 pieaugušie", "Ratiņkrēsls", "2000 0000") if row not in page] == []
    sent = made.sign_up
    assert (sent.institution, sent.channel, made.is_group) == (kindergarten(), "desk", True)
    assert (sent.contact_name, sent.email, sent.phone, sent.language) == (
        "Ilze",
        "ilze@example.lv",
        "+37120000000",
        "lv",
    )
    assert (sent.may_be_photographed, sent.not_photographed) == (True, 2)


def test_the_form_sent_twice_is_one_group_and_with_other_content_asked_again(teacher: Client, soon: Soon) -> None:
    occurrence = soon(places=30)
    data = typed(teacher, occurrence)
    first, again = teacher.post(new(occurrence), data), teacher.post(new(occurrence), data)
    assert first["Location"] == again["Location"]
    page = page_of(teacher, new(occurrence), {**data, "children": "9"}, status=409)
    assert 'value="9"' in page
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"contact_name": " "}, "contact_name"),
        ({"email": "", "phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "nav"}, "email"),
        ({"adults": ""}, "adults"),
        ({"adults": "divi"}, "adults"),
        ({"children": "99999999999999999999"}, "children"),
        ({"children": "-1"}, "children"),
        ({"children": "1001"}, "children"),
        ({"adults": "500", "children": "501"}, "adults"),
        ({"adults": "0", "children": "0", "photo": "yes", "not_photographed": ""}, "adults"),
        ({"photo": ""}, "photo"),
        ({"photo": "perhaps"}, "photo"),
        ({"photo": "yes"}, "photo"),
        ({"not_photographed": ""}, "not_photographed"),
        ({"not_photographed": "7"}, "not_photographed"),
        ({"not_photographed": "-1"}, "not_photographed"),
        ({"not_photographed": "9" * 30}, "not_photographed"),
        ({"language": "de"}, "language"),
        ({"needs": "a" * 501}, "needs"),
        ({"contact_name": "Il\x00ze"}, "contact_name"),
        ({"token": ""}, "__all__"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_everything_typed_is_kept(
    teacher: Client, soon: Soon, also: dict[str, str], field: str
) -> None:
    occurrence = soon(places=None)
    data = typed(teacher, occurrence, **also)
    answer = teacher.post(new(occurrence), data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    for name in ("contact_name", "phone", "email", "adults", "children", "not_photographed", "needs"):
        assert answer.context["form"][name].value() == data[name]
    assert not SignUp.objects.exists()


def test_an_empty_or_broken_post_is_answered_with_the_form(teacher: Client, soon: Soon) -> None:
    occurrence = soon()
    assert teacher.post(new(occurrence)).status_code == 200
    broken = teacher.post(new(occurrence), b"adults=%ff%fe&photo=%00", "application/x-www-form-urlencoded")
    assert broken.status_code == 200


def test_a_class_that_does_not_fit_may_wait_or_goes_where_there_is_room_with_all_that_was_typed(
    teacher: Client, soon: Soon
) -> None:
    full = soon(places=7)
    roomy = soon(places=20, activity=full.activity)
    limit(roomy, 8, places=20)
    data = typed(teacher, full)
    page = page_of(teacher, new(full), data)
    assert "Visiem kopā vietu nepietiek" not in page  # it never will be enough here, and that is what is said
    assert "Lielākais vietu skaits, ko grupa šeit var saņemt: 7" in page
    assert f'formaction="{new(roomy)}"' in page
    taken_along = page_of(teacher, new(roomy), {**data, "take_along": "1"})
    assert 'value="6"' in taken_along
    assert "Ratiņkrēsls" in taken_along
    assert not SignUp.objects.exists()
    waits = teacher.post(new(full), {**data, "wait": "1"}, follow=True).content.decode()
    assert "Gaidīšanas rindā. Jūsu kārtas numurs: 1" in waits
    assert "Lielākais vietu skaits" in waits
    assert "Jūsu grupu nesadalīsim" in waits
    assert "ģimen" not in waits.partition("<main")[2]


def test_where_all_places_for_groups_are_taken_the_button_says_that_it_waits(teacher: Client, soon: Soon) -> None:
    occurrence = soon()
    limit(occurrence, 5)
    comes(occurrence)
    page = page_of(teacher, new(occurrence))
    assert "Grupām brīvu vietu nav; var stāties rindā" in page
    assert page.count('name="wait"') == 2  # Enter too
    assert "Nosūtīt pieteikumu" not in page


@pytest.mark.parametrize(("for_groups", "fields"), [(0, {}), (None, {"unit": "families"})])
def test_where_groups_do_not_come_there_is_no_form(
    teacher: Client, soon: Soon, for_groups: int | None, fields: dict[str, Any]
) -> None:
    occurrence = soon(**fields)
    if for_groups is not None:
        limit(occurrence, for_groups)
    page = page_of(teacher, new(occurrence))
    assert "Uz šo laiku grupas nevar pieteikt" in page
    assert 'name="adults"' not in page
    assert new(occurrence) not in page_of(teacher, f"{GROUPS}jauna/")
    assert page_of(teacher, new(occurrence), typed(teacher, occurrence))
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"audience": "invited"}, {"audience": "discreet"}])
def test_what_is_not_public_does_not_exist(teacher: Client, soon: Soon, fields: dict[str, Any]) -> None:
    occurrence = soon(**fields)
    page_of(teacher, new(occurrence), status=404)
    page_of(teacher, new(occurrence), TYPED, status=404)
    assert new(occurrence) not in page_of(teacher, f"{GROUPS}jauna/")
    page_of(teacher, f"{GROUPS}jauna/{10**30}/", status=404)


def test_another_institutions_group_a_familys_registration_and_a_discreet_one_do_not_exist(
    teacher: Client, soon: Soon
) -> None:
    other = Institution.objects.create(slug="cits", name_lv="Cits", kind="preschool")
    unseen = [
        comes(soon(), institution=other),
        signs_up(soon(), 2, now=timezone.now()),
        group(soon(audience="discreet"), 1, 4, now=timezone.now()),
    ]
    before = list(Registration.objects.order_by("pk").values())
    for each in unseen:
        for part in ("", "mainit/", "atcelt/"):
            page_of(teacher, f"{GROUPS}{each.pk}/{part}", status=404)
            page_of(teacher, f"{GROUPS}{each.pk}/{part}", TYPED, status=404)
        assert f"{GROUPS}{each.pk}/" not in page_of(teacher, GROUPS)
    assert list(Registration.objects.order_by("pk").values()) == before


def test_the_institution_is_the_one_of_the_address_whatever_the_form_says(teacher: Client, soon: Soon) -> None:
    other, occurrence = Institution.objects.create(slug="cits", name_lv="Cits", kind="preschool"), soon()
    teacher.post(new(occurrence), typed(teacher, occurrence, institution=str(other.pk), is_group="", channel="web"))
    assert (SignUp.objects.get().institution, SignUp.objects.get().channel) == (kindergarten(), "desk")


def test_a_colleague_sees_and_changes_what_another_signed_up(teacher: Client, soon: Soon) -> None:
    occurrence = soon()
    teacher.post(new(occurrence), typed(teacher, occurrence))
    made, colleague = Registration.objects.get(), member(email="anna@example.lv")
    assert f"{GROUPS}{made.pk}/" in page_of(colleague, GROUPS)
    address = f"{GROUPS}{made.pk}/mainit/"
    form = page_of(colleague, address)
    assert [value for value in ('value="6"', 'value="2"', 'value="but"') if value not in form] == []
    data = {"adults": "1", "children": "5", "photo": "no", "not_photographed": ""}
    assert "ir mainīts" in colleague.post(address, data, follow=True).content.decode()
    made.refresh_from_db()
    assert (made.adults, made.children, made.sign_up.may_be_photographed) == (1, 5, False)


def test_a_class_larger_than_there_is_room_for_keeps_its_places_and_what_was_typed(teacher: Client, soon: Soon) -> None:
    made = comes(soon(places=10))
    data = {"adults": "1", "children": "10", "photo": "yes", "not_photographed": ""}
    page = page_of(teacher, f"{GROUPS}{made.pk}/mainit/", data)
    assert "Visiem kopā vietu nepietiek" in page
    assert 'value="10"' in page
    made.refresh_from_db()
    assert (made.children, made.seats) == (4, 5)


def test_cancelling_asks_first_and_gives_the_places_to_the_queue(teacher: Client, soon: Soon) -> None:
    occurrence = soon(places=5)
    made, family = comes(occurrence), signs_up(occurrence, 3, now=timezone.now())
    address = f"{GROUPS}{made.pk}/atcelt/"
    page = page_of(teacher, address)
    assert [words for words in ("Jā, atcelt pieteikumu", "Nē, atstāt, kā ir", "citi") if words not in page] == []
    assert Registration.objects.get(pk=made.pk).is_placed
    assert "Pieteikums atcelts" in teacher.post(address, follow=True).content.decode()
    assert Registration.objects.get(pk=family.pk).is_placed
    assert not Registration.objects.get(pk=made.pk).is_placed
    assert "Jā, atcelt" not in page_of(teacher, address)


def test_once_it_has_begun_nothing_is_changed_any_more(teacher: Client, soon: Soon) -> None:
    made = comes(soon())
    with time_machine.travel(timezone.now() + timedelta(days=10, minutes=5)):
        client = member(email="late@example.lv")
        for part, data in (("mainit/", {"adults": "1", "children": "2", "photo": "yes"}), ("atcelt/", {})):
            for answer in (client.get(f"{GROUPS}{made.pk}/{part}"), client.post(f"{GROUPS}{made.pk}/{part}", data)):
                assert "Aktivitāte jau ir sākusies" in answer.content.decode()
    made.refresh_from_db()
    assert (made.children, made.status) == (4, "placed")


def test_while_too_many_write_at_once_the_form_is_kept(
    teacher: Client, soon: Soon, crowded: Callable[[], None]
) -> None:
    occurrence, made = soon(), comes(soon())
    data = typed(teacher, occurrence)
    crowded()
    answer = teacher.post(new(occurrence), data)
    assert (answer.status_code, "Retry-After" in answer) == (503, True)
    assert "Ratiņkrēsls" in answer.content.decode()
    assert "Ierakstītais nav zudis" in page_of(teacher, f"{GROUPS}{made.pk}/mainit/", TYPED, status=503)
    assert "Ierakstītais nav zudis" in page_of(teacher, f"{GROUPS}{made.pk}/atcelt/", {}, status=503)


def test_what_is_to_come_stands_first_by_date_and_what_was_below(teacher: Client, soon: Soon) -> None:
    now = timezone.now()
    late, early, gone, off = soon(places=30), soon(places=30), soon(), soon()
    for occurrence, days in ((late, 12), (early, 3)):
        start = now + timedelta(days=days)
        occurrence.meetings.update(starts_at=start, ends_at=start + timedelta(hours=1))
    made = {name: comes(each) for name, each in (("late", late), ("early", early), ("gone", gone), ("off", off))}
    registering.cancel(made["off"].pk, now=now)
    gone.meetings.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=2, hours=-1))
    coming = [each.registration for each in groups.open_groups(kindergarten(), now)]
    past = [each.registration for each in groups.past_groups(kindergarten(), now)]
    assert coming == [made["early"], made["late"]]
    assert past == [made["off"], made["gone"]]
    page = page_of(teacher, GROUPS)
    order = [page.index(f"{GROUPS}{made[name].pk}/") for name in ("early", "late", "off", "gone")]
    assert order == sorted(order)
    assert "Notika" in page


@pytest.mark.parametrize("part", ["", "jauna/"])
def test_three_rows_ask_no_more_of_the_database_than_one(teacher: Client, soon: Soon, part: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(teacher, GROUPS + part)
        return len(queries)

    comes(soon())
    asked()
    with_one = asked()
    comes(soon())
    comes(soon(places=2))
    assert asked() == with_one


def test_the_dates_to_choose_from_are_open_ones_with_what_is_free_for_groups(teacher: Client, soon: Soon) -> None:
    now = timezone.now()
    few, any_number, full = soon(places=20), soon(places=None), soon(places=5)
    limit(few, 3, places=20)
    comes(full)
    closed = [
        soon(occurrence={"state": "cancelled"}),
        soon(occurrence={"is_sign_up_needed": False}),
        soon(occurrence={"sign_up_opens_at": now + timedelta(days=1)}),
        soon(occurrence={"sign_up_closes_at": now - timedelta(days=1)}),
    ]
    off = soon()
    off.meetings.update(is_cancelled=True)
    shown = teacher.get(f"{GROUPS}jauna/").context["dates"]
    places = {date.offer.occurrence: (date.free, date.places_mark) for date in shown}
    assert places == {few: (3, "few"), any_number: (None, "free"), full: (0, "none")}
    assert {row.pk for row in groups.open_dates(now)}.isdisjoint(each.pk for each in (*closed, off))


def test_many_dates_stand_on_pages_and_any_page_asked_for_is_answered(
    teacher: Client, soon: Soon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("families.desk.groups.DATES_A_PAGE", 2)
    dates = [soon() for _ in range(3)]
    second = page_of(teacher, f"{GROUPS}jauna/?page=2")
    assert [new(each) in second for each in dates] == [False, False, True]
    for asked in ("0", "-1", "99999999999999999999", "a", "%00"):
        page_of(teacher, f"{GROUPS}jauna/?page={asked}")


def test_who_waits_in_vain_is_shown_where_there_is_room(teacher: Client, soon: Soon) -> None:
    now = timezone.now()
    full = soon(places=5, occurrence={"promote_until": now + timedelta(days=1)})
    comes(full)
    waits, roomy = comes(full), soon(activity=full.activity)
    limit(roomy, 5)
    with time_machine.travel(now + timedelta(days=2)):
        page = page_of(member(email="late@example.lv"), f"{GROUPS}{waits.pk}/")
    assert "Šoreiz vietas neatbrīvojās" in page
    assert f'href="{new(roomy)}"' in page
