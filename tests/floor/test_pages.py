"""The pages about the centre and the pages of errors, in three languages, with and without a contact."""

import html5lib
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from families import retention
from kopiena import errors
from kopiena.floor import context
from kopiena.floor.models import Centre

PAGES = ("about", "join", "privacy", "accessibility")
LANGUAGES = ("lv", "ru", "en")
HEADINGS = {
    ("about", "lv"): "Par centru",
    ("about", "ru"): "О центре",
    ("about", "en"): "About the centre",
    ("join", "lv"): "Es pārstāvu iestādi",
    ("join", "ru"): "Я представляю учреждение",
    ("join", "en"): "I represent an institution",
    ("privacy", "lv"): "Privātums",
    ("privacy", "ru"): "Конфиденциальность",
    ("privacy", "en"): "Privacy",
    ("accessibility", "lv"): "Piekļūstamības paziņojums",
    ("accessibility", "ru"): "Заявление о доступности",
    ("accessibility", "en"): "Accessibility statement",
}
NO_CONTACT = {
    "lv": "Centra kontaktinformācija drīz būs šeit.",
    "ru": "Контактная информация центра скоро появится здесь.",
    "en": "The centre's contact details will be here soon.",
}
ERRORS = {
    404: {"lv": "Šādas lapas nav", "ru": "Такой страницы нет", "en": "There is no such page"},
    403: {"lv": "Šī lapa Jums nav pieejama", "ru": "Эта страница Вам недоступна", "en": "This page is not open to you"},
    400: {"lv": "To neizdevās izlasīt", "ru": "Не удалось это прочитать", "en": "We could not read that"},
    500: {
        "lv": "Pie mums kaut kas nogāja greizi.",
        "ru": "У нас что-то сломалось.",
        "en": "Something went wrong on our side.",
    },
    503: {"lv": "Mirklīti, lūdzu", "ru": "Минутку, пожалуйста", "en": "One moment, please"},
}


@pytest.fixture
def centre(db: None) -> Centre:
    Centre.objects.all().delete()
    return Centre.objects.create(
        pk=1,
        name_lv="Daugavpils Kopienas resursu centrs",
        address_lv="Smilšu iela 92, Daugavpils",
        hours_lv="Otrdien 15.00–18.00",
    )


def address(page: str, language: str) -> str:
    with translation.override(language):
        return reverse("partners:join" if page == "join" else f"floor:{page}")


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def heading_of(response: HttpResponse) -> list[str]:
    """The text of every h1; parsed strictly, so broken markup fails here."""
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text_of(response))
    return ["".join(heading.itertext()).strip() for heading in document.iter("h1")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_speaks_the_language_of_its_address(client: Client, centre: Centre, page: str, language: str) -> None:
    response = client.get(address(page, language))

    assert response.status_code == 200
    assert heading_of(response) == [HEADINGS[page, language]]
    assert f"<title>{HEADINGS[page, language]} – Kopiena</title>" in text_of(response)
    assert f'<html lang="{language}">' in text_of(response)
    assert response["Content-Language"] == language


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_the_same_for_everybody(client: Client, centre: Centre, page: str) -> None:
    response = client.get(address(page, "lv"))

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in text_of(response)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_without_a_contact_no_page_says_call_us(client: Client, centre: Centre, page: str, language: str) -> None:
    text = text_of(client.get(address(page, language)))

    assert NO_CONTACT[language].replace("'", "&#x27;") in text or NO_CONTACT[language] in text
    assert "Smilšu iela 92, Daugavpils" in text
    assert "Otrdien 15.00–18.00" in text
    assert "tel:" not in text
    assert "mailto:" not in text


@pytest.mark.parametrize("page", PAGES)
def test_with_a_contact_the_phone_can_be_pressed(client: Client, centre: Centre, page: str) -> None:
    Centre.objects.update(phone="+37120000000", email="centrs@example.lv", phone_hours_lv="darbdienās 9.00–12.00")

    text = text_of(client.get(address(page, "lv")))

    assert '<a class="no-break" href="tel:+37120000000">2000 0000</a>' in text
    assert '<a href="mailto:centrs@example.lv">centrs@example.lv</a>' in text
    assert "darbdienās 9.00–12.00" in text
    assert NO_CONTACT["lv"] not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_database_without_a_centre_still_has_its_pages(client: Client, db: None, page: str) -> None:
    Centre.objects.all().delete()

    assert client.get(address(page, "lv")).status_code == 200


def test_the_centre_in_one_language_only_is_marked_as_such(client: Client, centre: Centre) -> None:
    assert '<dd lang="lv">Smilšu iela 92, Daugavpils</dd>' in text_of(client.get(address("about", "ru")))


def test_supporters_are_named_with_their_sentence(client: Client, centre: Centre) -> None:
    centre.supporters.create(name="Biedrība Piemērs", sentence_lv="Dāvina sēklas.")

    text = text_of(client.get(address("about", "ru")))

    assert 'Biedrība Piemērs – <span lang="lv">Dāvina sēklas.</span>' in text


def test_the_promises_on_the_privacy_page_are_those_the_night_work_keeps(client: Client, centre: Centre) -> None:
    text = text_of(client.get(address("privacy", "en")))

    assert retention.NEEDS_KEPT.days == 7
    assert "Erased 7 days after the activity." in text
    assert retention.PEOPLE_KEPT.days == 30
    assert "Erased 30 days after the last meeting." in text
    assert retention.LISTS_OPEN.days == 30
    assert "until 30 days after the meeting; never your phone, e-mail or surname." in text
    assert retention.CONTACTS_KEPT.days == 365
    assert "Erased 12 months after the last meeting." in text
    assert retention.TALLIES_KEPT.total_seconds() == 24 * 60 * 60
    assert "Erased after 24 hours." in text


def test_the_languages_come_first_and_stay_on_the_page(client: Client, centre: Centre) -> None:
    text = text_of(client.get("/ru/privatums/?x=1"))
    body = text[text.index("<body") :]

    places = [
        body.index('<a href="/privatums/?x=1" lang="lv" hreflang="lv">Latviešu</a>'),
        body.index('<a href="/ru/privatums/?x=1" lang="ru" hreflang="ru" aria-current="true">Русский</a>'),
        body.index('<a href="/en/privatums/?x=1" lang="en" hreflang="en">English</a>'),
        body.index('class="site-name"'),
        body.index('class="menu"'),
        body.index("<main"),
    ]
    assert places == sorted(places)


def test_search_engines_are_told_of_the_other_languages(client: Client, centre: Centre, settings) -> None:
    settings.SITE_URL = "https://kopiena.example.lv"

    text = text_of(client.get("/en/par-mums/?utm=1"))

    assert '<link rel="alternate" hreflang="lv" href="https://kopiena.example.lv/par-mums/">' in text
    assert '<link rel="alternate" hreflang="ru" href="https://kopiena.example.lv/ru/par-mums/">' in text
    assert '<link rel="alternate" hreflang="en" href="https://kopiena.example.lv/en/par-mums/">' in text


def test_a_private_link_is_not_repeated_for_search_engines() -> None:
    request = RequestFactory().get("/pieteikums/abc/")
    request.resolver_match = resolve("/pieteikums/abc/")

    shown = context.languages(request)

    assert [language["url"] for language in shown] == ["/pieteikums/abc/", "/ru/pieteikums/abc/", "/en/pieteikums/abc/"]
    assert [language["address"] for language in shown] == ["", "", ""]


def test_the_other_languages_keep_what_was_asked_for_and_an_address_without_them_stays() -> None:
    asked = RequestFactory().get("/ru/kalendars/2027-03/", {"vecums": "5"})
    asked.resolver_match = resolve("/kalendars/2027-03/")
    office = RequestFactory().get("/admin/r/1/2/")
    office.resolver_match = resolve("/admin/r/1/2/")

    assert [language["url"] for language in context.languages(asked)] == [
        "/kalendars/2027-03/?vecums=5",
        "/ru/kalendars/2027-03/?vecums=5",
        "/en/kalendars/2027-03/?vecums=5",
    ]
    assert {language["url"] for language in context.languages(office)} == {"/admin/r/1/2/"}


def test_a_first_visit_asks_for_four_things_and_no_script_blocks(client: Client, centre: Centre) -> None:
    text = text_of(client.get("/par-mums/"))

    assert text.count('rel="stylesheet"') == 1
    assert text.count("<script") == text.count("<script defer") == 1
    assert "<img" not in text


def error_page(status: int, path: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().get(path)
    request.resolver_match = None
    handlers = {
        400: errors.bad_request,
        403: errors.forbidden,
        404: errors.not_found,
        500: errors.server_error,
        503: errors.unavailable,
    }
    return handlers[status](request)


# No test below may touch the database: pytest-django refuses it, and that is the point.
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_is_told_in_the_language_of_the_path_without_the_database(status: int, language: str) -> None:
    response = error_page(status, {"lv": "/nav/", "ru": "/ru/nav/", "en": "/en/nav/"}[language])

    assert response.status_code == status
    assert heading_of(response) == [ERRORS[status][language]]
    assert f'<html lang="{language}">' in text_of(response)
    assert response["Content-Language"] == language
    assert response["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_an_address_that_is_not_there_is_answered_by_our_page(client: Client) -> None:
    response = client.get("/ru/nav-tadas-lapas/")

    assert response.status_code == 404
    assert heading_of(response) == [ERRORS[404]["ru"]]
    assert '<a href="/en/" lang="en" hreflang="en">English</a>' in text_of(response)
    assert "hreflang" not in text_of(response).split("</head>")[0]


def test_a_busy_portal_says_when_to_try_again(settings) -> None:
    response = error_page(503, "/ru/kalendars/?joma=garden&x=<b>")

    assert response["Retry-After"] == str(settings.RETRY_AFTER_SECONDS)
    assert 'href="/ru/kalendars/?joma=garden&amp;x=%3Cb%3E"' in text_of(response)


def test_an_error_in_the_page_of_errors_still_says_something(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> HttpResponse:
        raise RuntimeError("the template is broken too")

    monkeypatch.setattr(errors, "render", broken)

    response = error_page(500, "/ru/")

    assert response.status_code == 500
    assert heading_of(response) == [ERRORS[500]["ru"]]
    assert response["Cache-Control"] == "no-store"
