"""The main job: from the calendar to "Pieteikums apstiprināts", in three languages, without JavaScript."""

from typing import Any

import pytest
from django.test import Client

from activities.models import Occurrence
from families.models import Registration, SignUp
from tests.journeys.conftest import NOTHING, PHONE, saved, sign_up_form, signs_up
from tests.journeys.resident import Page, Resident

SEND = {"lv": "Nosūtīt pieteikumu", "ru": "Записаться", "en": "Send"}
ADD = {"lv": "Pievienot bērnu", "ru": "Добавить ребёнка", "en": "Add a child"}
CHILD = {"lv": "2. bērns", "ru": "Ребёнок 2", "en": "Child 2"}
CONFIRMED = {"lv": "Pieteikums apstiprināts", "ru": "Запись подтверждена", "en": "Registration confirmed"}
MOST = "Lielākais cilvēku skaits vienā veidlapā: 12. Ja nāks vairāk, nosūtiet vēl vienu veidlapu."
FAMILY = {"contact_name": "Anna", "phone": "+371 20000000", "adults": 2, "photo": "yes", "declaration": "on"}


def with_three_children(who: Resident, form: Page, language: str = "lv") -> Page:
    """Presses "add a child" twice, telling ages on the way; nobody runs a script."""
    form = who.press(form, ADD[language], contact_name="Anna", child_1_first_name="Ilze", child_1_age=6)
    return who.press(form, ADD[language], child_2_age=4)


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
def test_a_family_finds_an_activity_in_the_calendar_and_signs_up(
    resident: Resident, with_ages: Occurrence, language: str
) -> None:
    prefix = "" if language == "lv" else f"/{language}"
    title = getattr(with_ages.activity, f"title_{language}")
    calendar = resident.open(f"{prefix}/kalendars/2027-03/")
    (way,) = {address for text, address in calendar.links().items() if title in text}
    activity = resident.open(way)
    (sign_up,) = {address for address in activity.links().values() if "/pieteikties/" in address}
    form = with_three_children(resident, resident.open(sign_up), language)
    assert CHILD[language] in [legend.text for legend in form.form.iter("legend")]
    assert (form.typed("contact_name"), form.typed("child_1_first_name"), form.typed("child_2_age")) == (
        "Anna",
        "Ilze",
        "4",
    )
    page = resident.press(form, SEND[language], **FAMILY, child_3_age=1, child_3_along="on", child_1_age=6)
    assert page.status == 200, page.errors()
    assert page.marked("status") == [CONFIRMED[language]]
    assert page.heading == title
    assert page.address.startswith(f"{prefix}/pieteikums/")
    registration = Registration.objects.get()
    assert (registration.adults, registration.children, registration.children_along) == (2, 2, 1)
    assert [(child.first_name, child.age) for child in registration.participants.order_by("pk")] == [
        ("Ilze", 6),
        ("", 4),
        ("", 1),
    ]
    sent = SignUp.objects.get()
    assert (sent.language, sent.phone, sent.may_be_photographed) == (language, "+37120000000", True)
    assert sent.code_in_groups in page.text


def test_a_child_is_removed_again_and_the_others_stay(resident: Resident, with_ages: Occurrence) -> None:
    form = with_three_children(resident, sign_up_form(resident, with_ages))
    form = resident.press(form, "Noņemt 1. bērnu", child_3_age=9)
    assert [form.typed(f"child_{n}_age") for n in (1, 2, 3)] == ["4", "9", ""]
    assert saved() == NOTHING


def test_the_enter_key_sends_the_form_and_does_not_add_a_child(resident: Resident, with_ages: Occurrence) -> None:
    page = resident.press(sign_up_form(resident, with_ages), "", **FAMILY, child_1_age=6)
    assert page.marked("status") == ["Pieteikums apstiprināts"]


def test_a_grandmother_alone_signs_up_by_e_mail_only(resident: Resident, make_occurrence: Any) -> None:
    occurrence = make_occurrence()
    page = signs_up(resident, occurrence, phone="", email="Vecmamma@Example.lv", adults=1)
    assert page.marked("status") == ["Pieteikums apstiprināts"]
    assert SignUp.objects.get().email == "vecmamma@example.lv"


@pytest.mark.parametrize("typed", ["20000000", "2000 0000", "+371 2000 0000", "+37120000000", "00371 20000000"])
def test_a_phone_passes_however_it_is_written(resident: Resident, make_occurrence: Any, typed: str) -> None:
    signs_up(resident, make_occurrence(), phone=typed)
    assert SignUp.objects.get().phone == "+37120000000"


def test_neither_answer_about_photographs_is_chosen_beforehand(resident: Resident, make_occurrence: Any) -> None:
    form = sign_up_form(resident, make_occurrence())
    assert "photo" not in dict(form.fields())
    page = resident.press(form, "Nosūtīt pieteikumu", contact_name="Anna", phone=PHONE, adults=1)
    assert page.title.startswith("Kļūda:")
    assert len(page.errors()) == 1
    assert saved() == NOTHING


def test_with_children_the_parents_consent_is_asked(resident: Resident, with_ages: Occurrence) -> None:
    undeclared = {**FAMILY, "declaration": None}
    page = resident.press(sign_up_form(resident, with_ages), "Nosūtīt pieteikumu", **undeclared, child_1_age=6)
    assert len(page.errors()) == 1
    assert page.typed("child_1_age") == "6"
    assert saved() == NOTHING


def test_marks_that_turn_the_writing_reach_nobody_who_reads_the_list(resident: Resident, with_ages: Occurrence) -> None:
    form = sign_up_form(resident, with_ages)
    turned = {
        "contact_name": "An\u202ena",
        "child_1_first_name": " Il\u202eze ",
        "needs": "\u2067Riekstu\u202e alerģija",
    }
    resident.press(form, "Nosūtīt pieteikumu", **{**FAMILY, **turned}, child_1_age=6)
    registration = Registration.objects.get()
    assert registration.participants.get().first_name == "Ilze"
    assert (registration.needs_answer, registration.sign_up.contact_name) == ("Riekstu alerģija", "Anna")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("contact_name", "\u202e\u200f", "Ierakstiet, kā Jūs uzrunāt."),
        ("phone", "12", "Tālruņa numurā ir 8 cipari, piemēram, 2000 0000."),
        ("phone", "", "Ierakstiet tālruni vai e-pastu, lai varam Jums paziņot."),
        ("adults", "-1", "Skaitlis nevar būt mazāks par 0."),
        ("adults", "1e3", "Ierakstiet veselu skaitli, piemēram, 2."),
        ("adults", "0", "Ierakstiet, kas nāks: vismaz viens cilvēks."),
        (
            "children",
            str(10**9),
            MOST,
        ),
    ],
)
def test_each_mistake_is_named_with_a_way_on(
    resident: Resident, make_occurrence: Any, field: str, typed: str, said: str
) -> None:
    page = signs_up(resident, make_occurrence(), **{field: typed})
    assert page.errors() == [said]
    assert page.typed(field) == typed
    assert saved() == NOTHING


def test_a_child_of_two_hundred_years_and_one_too_young_are_named(resident: Resident, make_occurrence: Any) -> None:
    occurrence = make_occurrence(is_age_asked=True, age_from=4, age_to=7)
    form = with_three_children(resident, sign_up_form(resident, occurrence))
    old = resident.press(form, SEND["lv"], **FAMILY, child_3_age=200)
    assert old.errors() == ["Bērna vecums: 0–17 gadi. Kas vecāks, tas ir pieaugušais."]
    young = resident.press(form, SEND["lv"], **FAMILY, child_3_age=1)
    assert young.errors() == [
        "Vecums: 4–7 gadi. 3. bērnam šajā dienā: 1 gads. "
        "Viņš vai viņa var nākt līdzi – atzīmējiet „Nāk līdzi, bet nepiedalās”."
    ]
    assert resident.press(young, SEND["lv"], child_3_along="on").marked("status") == [CONFIRMED["lv"]]


def test_an_error_stands_beside_its_field_and_on_top_as_a_link_to_it(resident: Resident, make_occurrence: Any) -> None:
    page = signs_up(resident, make_occurrence(), contact_name="", phone="12", children=1)
    assert page.title.startswith("Kļūda:")
    summary = next(each for each in page.document.iter("div") if each.get("id") == "errors")
    ids = {each.get("id") for each in page.document.iter() if each.get("id")}
    targets = {link.get("href", "")[1:] for link in summary.iter("a")}
    assert targets == {"id_contact_name", "id_phone"}
    assert targets <= ids
    fields = {each.get("id"): each for each in page.form.iter("input")}
    for target in targets:
        assert fields[target].get("aria-invalid") == "true"
        described = (fields[target].get("aria-describedby") or "").split()
        assert set(described) & ids, f"{target} is not described by its error"


def test_every_field_says_what_it_is_for_to_browser_and_keyboard(resident: Resident, with_ages: Occurrence) -> None:
    form = sign_up_form(resident, with_ages)
    seen = [
        field
        for field in form.form.iter()
        if field.tag in ("input", "textarea") and field.get("type") not in ("hidden", "checkbox", "radio")
    ]
    assert len(seen) >= 7
    for field in seen:
        assert field.get("autocomplete"), field.get("name")
    modes = {field.get("name"): field.get("inputmode") for field in seen}
    assert (modes["phone"], modes["email"], modes["adults"], modes["child_1_age"]) == (
        "tel",
        "email",
        "numeric",
        "numeric",
    )


def test_the_same_form_sent_twice_is_one_registration_and_one_page(resident: Resident, make_occurrence: Any) -> None:
    form = sign_up_form(resident, make_occurrence())
    answers = {"contact_name": "Anna", "phone": PHONE, "adults": 2, "photo": "no"}
    first = resident.press(form, "Nosūtīt pieteikumu", **answers)
    again = resident.press(form, "Nosūtīt pieteikumu", **answers)
    assert again.address == first.address
    assert saved() == {**NOTHING, "SignUp": 1, "Registration": 1}


def test_the_back_button_with_other_content_is_asked_about_and_nothing_typed_is_lost(
    resident: Resident, make_occurrence: Any
) -> None:
    form = sign_up_form(resident, make_occurrence())
    answers = {"contact_name": "Anna", "phone": PHONE, "adults": 2, "photo": "no"}
    first = resident.press(form, "Nosūtīt pieteikumu", **answers)
    other = resident.press(form, "Nosūtīt pieteikumu", **answers | {"adults": 3, "contact_name": "Anna un māsa"})
    assert other.status == 409
    assert (other.typed("adults"), other.typed("contact_name")) == ("3", "Anna un māsa")
    assert other.typed("token") not in ("", form.typed("token"))
    assert other.title.startswith("Kļūda:")
    assert saved() == {**NOTHING, "SignUp": 1, "Registration": 1}
    (send,) = [words for words in other.buttons() if words]
    second = resident.press(other, send)
    assert second.marked("status") == ["Pieteikums apstiprināts"]
    assert second.address != first.address
    assert saved() == {**NOTHING, "SignUp": 2, "Registration": 2}


def test_a_known_contact_is_answered_exactly_as_an_unknown_one(
    resident: Resident, neighbour: Resident, make_occurrence: Any
) -> None:
    occurrence = make_occurrence()
    first, second = signs_up(resident, occurrence), signs_up(neighbour, occurrence)
    assert first.address != second.address
    codes = SignUp.objects.order_by("pk").values_list("code", flat=True)
    shown = [page.text.replace(f"{code[:4]} {code[4:]}", "") for page, code in zip((first, second), codes, strict=True)]
    assert shown[0] == shown[1]


def test_private_pages_are_kept_by_nobody_and_lead_nowhere(resident: Resident, make_occurrence: Any) -> None:
    page = signs_up(resident, make_occurrence())
    ways = [page.address, *(way for way in page.links().values() if "/pieteikums/" in way)]
    for way in ways:
        answer = Client().get(way)
        assert "no-store" in answer["Cache-Control"], way
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow"), way
    assert len(set(ways)) >= 5


def test_two_opened_forms_are_two_although_an_empty_one_is_drawn_once(
    resident: Resident, neighbour: Resident, with_ages: Occurrence
) -> None:
    ours, theirs = sign_up_form(resident, with_ages), sign_up_form(neighbour, with_ages)

    tokens = {ours.typed("token"), theirs.typed("token")}

    assert len(tokens) == 2
    assert ours.source.replace(ours.typed("token"), "") == theirs.source.replace(theirs.typed("token"), "")
