"""Knowing somebody's e-mail or phone reveals nothing: each answer is to the byte the one for an unknown contact."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from activities.models import Occurrence
from families import links
from families.models import SignUp
from tests.journeys.conftest import EMAIL, PHONE, sign_up_form, signs_up
from tests.journeys.resident import Page, Resident

SEND = {"lv": "Nosūtīt pieteikumu", "ru": "Записаться"}
FIND = {"lv": "Atrast manu pieteikumu", "ru": "Найти мою запись"}
# The known contact and one nobody has used, of the same length.
CONTACTS = {
    "phone": ({"phone": PHONE, "email": ""}, {"phone": "2000 0001", "email": ""}),
    "e-mail": ({"phone": "", "email": EMAIL}, {"phone": "", "email": "olga@example.lv"}),
    "both": ({"phone": PHONE, "email": EMAIL}, {"phone": "2000 0001", "email": "olga@example.lv"}),
}
MASKS = (
    (rb'name="token" value="[^"]+"', b"TOKEN"),
    (rb"/pieteikums/[A-Za-z0-9_-]{43}/", b"LINK"),
    (rb"\b\d{4} \d{4}\b", b"CODE OR PHONE"),
    (rb"(anna|olga)@example\.lv", b"E-MAIL"),
)
both_languages = pytest.mark.parametrize("language", ["lv", "ru"])
each_contact = pytest.mark.parametrize(("known", "unknown"), CONTACTS.values(), ids=CONTACTS)


def seen(page: Page) -> tuple[int, dict[str, str], bytes]:
    """All that comes over the line, without what is random by design and what was typed by the stranger himself."""
    headers = {name: value for name, value in page.response.headers.items() if name not in ("Content-Length", "Date")}
    body = page.response.content
    for pattern, word in MASKS:
        body = re.sub(pattern, word, body)
    return page.status, headers, body


@pytest.fixture
def ours(resident: Resident, make_occurrence: Callable[..., Occurrence]) -> Occurrence:
    """A date the owner of the contact has signed up to, three times, once cancelled."""
    occurrence = make_occurrence(places=8)
    for _ in range(3):
        page = signs_up(resident, occurrence, phone=PHONE, email=EMAIL, adults=1)
    resident.press(resident.open(page.links()["Atcelt pieteikumu"]), "Jā, atcelt pieteikumu")
    return occurrence


def sends(occurrence: Occurrence, language: str, **typed: Any) -> list[Page]:
    """A stranger opens the form, sends it, is refused and sends it right: each page they see."""
    stranger = Resident()
    answers = {"contact_name": "Svešais", "adults": 1, "photo": "no", **typed}
    form = sign_up_form(stranger, occurrence, language)
    wrong = stranger.press(form, SEND[language], **answers | {"adults": "x"})
    full = stranger.press(form, SEND[language], **answers | {"adults": 9})
    result = stranger.press(form, SEND[language], **answers)
    again = stranger.press(form, SEND[language], **answers)
    other = stranger.press(form, SEND[language], **answers | {"needs": "x"})
    return [form, wrong, full, result, again, other]


@both_languages
@each_contact
def test_the_sign_up_form_answers_a_known_contact_as_an_unknown_one(
    ours: Occurrence, known: dict[str, str], unknown: dict[str, str], language: str
) -> None:
    pages = {}
    for name, contact in (("known", known), ("unknown", unknown)):
        pages[name] = [seen(page) for page in sends(ours, language, **contact)]
        assert [status for status, *_ in pages[name]] == [200, 200, 200, 200, 200, 409]
        leaves(SignUp.objects.latest("pk"))
    for first, second in zip(pages["known"], pages["unknown"], strict=True):
        assert first == second


def leaves(sign_up: SignUp) -> None:
    """The stranger cancels by the private link, so that the next finds as many places free."""
    stranger = Resident()
    page = stranger.open(f"/pieteikums/{links.link_of(sign_up)}/atcelt/")
    stranger.press(page, "Jā, atcelt pieteikumu")


@both_languages
def test_find_my_registration_answers_a_known_contact_as_an_unknown_one(ours: Occurrence, language: str) -> None:
    prefix = "" if language == "lv" else f"/{language}"
    codes = set(SignUp.objects.values_list("code", flat=True))
    taken = min(codes)
    free = next(f"{number:08}" for number in range(10_000_000, 10_000_100) if f"{number:08}" not in codes)
    guesses = [
        (free, PHONE),  # the right contact with a code that is nobody's
        (free, EMAIL),
        (taken, "2000 0001"),  # the right code with a contact that is not its own
        (taken, "olga@example.lv"),
        (free, "2000 0001"),
        (free, "olga@example.lv"),
    ]
    told: dict[str, set[Any]] = {"phone": set(), "e-mail": set()}
    for number, (code, contact) in enumerate(guesses):
        stranger = Resident(at=f"192.0.2.{number}")
        page = stranger.press(stranger.open(f"{prefix}/mans-pieteikums/"), FIND[language], code=code, contact=contact)
        status, headers, body = seen(page)
        masked = body.replace(code.encode(), b"CODE")
        told["e-mail" if "@" in contact else "phone"].add((status, str(sorted(headers.items())), masked))
    assert [len(answers) for answers in told.values()] == [1, 1]


def test_the_comparison_would_see_one_word(ours: Occurrence) -> None:
    form = sign_up_form(Resident(), ours)
    status, headers, body = seen(form)
    form.response.content = form.response.content.replace(b"</main>", b" </main>")
    assert seen(form) != (status, headers, body)
    assert b"TOKEN" in body
