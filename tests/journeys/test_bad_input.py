"""Every field of every form with what nobody should type: a sentence in answer, nothing lost, nothing half saved."""

from collections.abc import Callable
from typing import Any

import pytest

from activities.models import Capacity, Occurrence
from families.models import Participant, Registration, SignUp
from kopiena.floor import phones
from kopiena.floor.models import Notice
from tests.journeys.conftest import NOTHING, PHONE, saved, sign_up_form, signs_up
from tests.journeys.resident import Fields, Page, Resident

SCRIPT = "<script>alert(1)</script>"
BAD = {
    "nothing": "",
    "ten thousand letters": "ķ" * 10_000,
    "ten thousand digits": "9" * 10_000,
    "an emoji": "👩‍👩‍👧‍👦",
    "marks that turn the writing": "\u202eannA\u202c \u200f\u2067",
    "a script": SCRIPT,
    "quotation marks": "\"'><img src=x onerror=alert(1)>",
    "NUL": "An\x00na",
    "less than nothing": "-1",
    "a thousand million": str(10**9),
    "more than any column holds": str(10**30),
    "a number as engineers write it": "1e3",
    "digits of another script": "٣",
    "two hundred years": "200",
    "a date that does not exist": "2027-02-30",
    "a lone surrogate": "%ED%A0%80",
}
ALSO = {"missing": None, "a list": ["x", "y"]}
GOOD: dict[str, Any] = {"contact_name": "Anna", "phone": PHONE, "email": "", "adults": 2, "photo": "no", "needs": ""}
CHILD = {"declaration": "on", "rows": 1, "child_1_first_name": "Ilze", "child_1_age": 6}
LANGUAGES = ("lv", "ru")  # English is what stands in the code
bad_values = pytest.mark.parametrize("bad", [*BAD, *ALSO])


def fields_with(page: Page, good: dict[str, Any], name: str, bad: str) -> Fields:
    """The form filled well, but for one field."""
    filled = {**dict(page.fields()), **{key: str(value) for key, value in good.items()}}
    filled.pop(name, None)
    value = {**BAD, **ALSO}[bad]
    values = [] if value is None else value if isinstance(value, list) else [value]
    return [*filled.items(), *((name, each) for each in values)]


def answered_in_each_language(
    who: Resident, open_form: Callable[[str], Page], good: dict[str, Any], name: str, bad: str, forms: dict[str, Page]
) -> list[Page]:
    """Sends the same to the form in each language; what was typed and the tongue of the answer are looked at here."""
    pages = []
    for language in LANGUAGES:
        form = forms.pop(language, None) or open_form(language)
        fields = fields_with(form, good, name, bad)
        page = who.post(form, fields).with_field(name)
        assert SCRIPT not in page.source, (name, language)
        assert "<img src=x" not in page.source, (name, language)
        if page.errors():
            forms[language] = form  # a refused form may be sent again, so it need not be opened anew
            assert page.status in (200, 429), (name, language)
            nothing_typed_is_lost(page, fields, f"{name}, {language}")
        pages.append(page)
    told = [page.errors() for page in pages]
    assert len({len(lines) for lines in told}) == 1, (name, told)
    for sentences in zip(*told, strict=True):
        assert len(set(sentences)) == len(LANGUAGES), f"{name}: not in the page's language: {sentences}"
        assert any("а" <= letter <= "я" for letter in sentences[1]), sentences
    return pages


def nothing_typed_is_lost(page: Page, sent: Fields, where: str) -> None:
    """Every text stands in its field again (what no page can hold, NUL, shows as the sign for it)."""
    kinds = {
        each.get("name"): each.get("type", "text") for each in page.form.iter() if each.tag in ("input", "textarea")
    }
    for name, value in dict(sent).items():
        if kinds.get(name, "hidden") not in ("hidden", "radio", "checkbox"):
            assert page.typed(name) == value.replace("\x00", "\ufffd"), f"{where}: {name}"


@pytest.fixture
def roomy(make_occurrence: Callable[..., Occurrence]) -> Occurrence:
    return make_occurrence(places=None)


@pytest.fixture
def roomy_with_ages(make_occurrence: Callable[..., Occurrence]) -> Occurrence:
    return make_occurrence(places=None, is_age_asked=True)


def is_whole() -> bool:
    """Either nothing was saved, or each sent form with its registration and every child in it."""
    registrations = list(Registration.objects.all())
    asked = [each for each in registrations if each.occurrence.activity.is_age_asked]
    children = sum(each.children + each.children_along for each in asked)
    return (
        SignUp.objects.count() == len(registrations)
        and Participant.objects.count() == children
        and sum(each.seats for each in registrations) == sum(Capacity.objects.values_list("taken", flat=True))
    )


@bad_values
def test_the_sign_up_form_answers_anything_in_any_field(resident: Resident, roomy: Occurrence, bad: str) -> None:
    forms: dict[str, Page] = {}
    for name in ("contact_name", "phone", "email", "adults", "children", "photo", "needs", "token", "declaration"):
        before = saved()["SignUp"]
        good = {**GOOD, "children": 0}
        pages = answered_in_each_language(
            resident, lambda language: sign_up_form(resident, roomy, language), good, name, bad, forms
        )
        assert is_whole(), name
        refused = sum(bool(page.errors()) for page in pages)
        assert saved()["SignUp"] == before + len(LANGUAGES) - refused, name


@bad_values
def test_the_rows_of_children_answer_anything_in_any_field(
    resident: Resident, roomy_with_ages: Occurrence, bad: str
) -> None:
    forms: dict[str, Page] = {}
    for name in ("rows", "child_1_first_name", "child_1_age", "child_1_along", "declaration"):
        answered_in_each_language(
            resident, lambda language: sign_up_form(resident, roomy_with_ages, language), GOOD | CHILD, name, bad, forms
        )
        assert is_whole(), name


@bad_values
def test_the_form_for_changes_answers_anything_in_any_field(
    resident: Resident, roomy_with_ages: Occurrence, bad: str
) -> None:
    ours = signs_up(resident, roomy_with_ages, declaration="on", child_1_age=6)

    def form(language: str) -> Page:
        return resident.open(f"{'' if language == 'lv' else '/' + language}{ours.address}mainit/")

    forms: dict[str, Page] = {}
    for name in ("adults", "rows", "child_1_first_name", "child_1_age", "child_1_along"):
        answered_in_each_language(resident, form, {"adults": 2, "child_1_age": 6, "rows": 1}, name, bad, forms)
        assert is_whole(), name


@bad_values
def test_find_my_registration_answers_anything_in_any_field(
    resident: Resident, roomy: Occurrence, settings: Any, bad: str
) -> None:
    settings.FIND_ATTEMPTS_PER_HOUR = 1000
    signs_up(resident, roomy)

    def form(language: str) -> Page:
        return resident.open(f"{'' if language == 'lv' else '/' + language}/mans-pieteikums/")

    forms: dict[str, Page] = {}
    for name in ("code", "contact"):
        pages = answered_in_each_language(resident, form, {"code": "12345678", "contact": PHONE}, name, bad, forms)
        assert all(page.errors() for page in pages), name


@bad_values
@pytest.mark.parametrize(
    ("button", "good"),
    [
        ({"lv": "Atsūtiet man saiti", "ru": "Пришлите мне ссылку"}, {"email": "anna@example.lv"}),
        ({"lv": "Lūdzu, piezvaniet man", "ru": "Перезвоните мне, пожалуйста"}, {"phone": PHONE, "safe_to_call": ""}),
    ],
    ids=["send me the link", "please call me"],
)
def test_whoever_asks_for_the_link_or_a_call_is_answered_whatever_they_type(
    resident: Resident, settings: Any, button: dict[str, str], good: dict[str, str], bad: str
) -> None:
    settings.ASKS_PER_HOUR = 1000

    def form(language: str) -> Page:
        page = resident.open(f"{'' if language == 'lv' else '/' + language}/mans-pieteikums/")
        return page.with_button(button[language])

    for name in good:
        forms: dict[str, Page] = {}
        pages = answered_in_each_language(resident, form, good, name, bad, forms)
        assert all(page.errors() or page.marked("message--good") for page in pages), name
        is_taken = name == "safe_to_call" or phones.normalise(str(BAD.get(bad)))  # a date may be 8 digits
        assert is_taken or all(page.errors() for page in pages), name
    assert not Notice.objects.exclude(kind="please_call").exists()


@bad_values
def test_the_buttons_for_rows_lose_nothing_whatever_stands_in_the_fields(
    resident: Resident, roomy_with_ages: Occurrence, bad: str
) -> None:
    value = BAD.get(bad, "x")
    for name, button in (("add_child", "1"), ("add_child", value), ("remove_child", value), ("remove_child", "7")):
        form = sign_up_form(resident, roomy_with_ages)
        sent: Fields = [("contact_name", value), ("child_1_first_name", value), ("child_1_age", value), ("rows", "1")]
        page = resident.post(form, [*sent, (name, button)])
        assert page.status == 200
        assert page.typed("contact_name") == value.replace("\x00", "\ufffd")
        assert SCRIPT not in page.source
    assert saved() == NOTHING


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@bad_values
def test_the_filters_of_the_list_answer_anything(resident: Resident, roomy: Occurrence, bad: str, prefix: str) -> None:
    value = {**BAD, **ALSO}[bad]
    for name in ("theme", "institution", "age", "free", "page", "nobody-knows-this"):
        answer = resident.client.get(f"{prefix}/aktivitates/", {} if value is None else {name: value})
        page = Page(answer, "/")
        assert page.status == 200, name
        assert SCRIPT not in page.source, name
        assert not answer.cookies
        if name == "age" and value and not isinstance(value, list) and page.marked("invalid-feedback"):
            (field,) = [each for each in page.document.iter("input") if each.get("name") == "age"]
            assert field.get("value") == value.replace("\x00", "\ufffd")


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@pytest.mark.parametrize(
    "address",
    [
        *(f"/kalendars/{month}/" for month in ("2027-13", "2027-00", "0000-01", "9999-99", "2027-3", "٢٠٢٧-٠٣", "x")),
        *(
            f"/kalendars/{week}/"
            for week in ("2027-n53", "2027-n00", "9999-n01", "٢٠٢٧-n٠٣", "2027-03/x", "2027-13/dienas")
        ),
        *(f"/plans/{year}/" for year in ("0", "1", "99999", "-1", "٢٠٢٧", "1e3")),
        *(f"/pieteikties/{number}/" for number in ("0", "-1", str(10**30), "٣", "1e3", "%00")),
        *(f"/aktivitates/{slug}/" for slug in ("nav-tadas", "%00", "ķ" * 300, "%3Cscript%3Ealert(1)%3C/script%3E")),
        *(f"/{place}/{slug}/" for place in ("iestades", "projekti") for slug in ("nav-tadas", "%00", "x" * 3000)),
    ],
)
def test_an_address_that_is_none_is_said_in_its_language(resident: Resident, prefix: str, address: str) -> None:
    page = resident.open(prefix + address)
    assert page.status == 404
    assert (
        page.heading
        == {
            "": "Šādas lapas nav",
            "/ru": "Такой страницы нет",
            "/en": "There is no such page",
        }[prefix]
    )
    assert SCRIPT not in page.source


@pytest.mark.parametrize("place", ["../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "%00", "", "nav.webp", "x" * 3000])
def test_a_picture_that_is_none_is_no_page(resident: Resident, place: str) -> None:
    page = resident.open(f"/media/{place}")
    assert page.status in (400, 404)
    assert page.heading in ("Šādas lapas nav", "To neizdevās izlasīt")


@pytest.mark.parametrize("address", ["/de/kalendars/", "/RU/kalendars/", "/lv/kalendars/", "/ru-RU/", "/xx/"])
def test_a_language_we_do_not_speak_is_no_page(resident: Resident, address: str) -> None:
    assert resident.open(address).status == 404


def test_unknown_words_in_a_query_change_no_page(resident: Resident, roomy: Occurrence) -> None:
    for address in ("/", "/kalendars/2027-03/", "/plans/2027/", "/iestades/", roomy.activity.get_absolute_url()):
        plain, asked = (
            resident.client.get(address + query).content.decode().replace(query, "")
            for query in ("", "?utm_source=x&lang=de&language=ru")
        )
        assert plain == asked.replace(query_as_html("?utm_source=x&lang=de&language=ru"), ""), address


def query_as_html(query: str) -> str:
    return query.replace("&", "&amp;")
