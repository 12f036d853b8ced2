"""Every kind in every language: it builds, says what it must, and nothing it must not."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from django.utils import translation

from activities.models import Activity, Capacity, Occurrence, Venue
from families import letters, links
from families.models import Registration, SignUp
from kopiena.floor import counted
from kopiena.floor.models import Notice
from kopiena.floor.outbox import kind_of
from tests.families.letters import stories
from tests.families.letters.stories import CHILDREN, anna, everything, parts, read, said, told

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]
LANGUAGES = ("lv", "ru", "en")
TITLE = {"lv": "Ezera talka", "ru": "Субботник у озера", "en": "Lake clean-up"}
SPOKEN = sorted(name for name, kind in stories.ALL.items() if kind_of(kind).spoken and name != "cancelled")
every_kind = pytest.mark.parametrize("name", sorted(stories.ALL))
every_language = pytest.mark.parametrize("language", LANGUAGES)


def letter(name: str, dates: Dates, language: str = "lv", **also: Any) -> tuple[Notice, EmailMessage]:
    """The notice at the end of the story, and the letter as it goes over the wire."""
    notice, now = told(name, dates, language, **also)
    return notice, read(notice, now)


def registration_of(notice: Notice) -> Registration:
    if notice.about.startswith("registration:"):
        return Registration.objects.get(pk=notice.about_id())
    return Registration.objects.get(sign_up=notice.about_id())


def test_there_is_a_story_for_every_kind_families_get() -> None:
    of_others = {"failed_letters", "call_list", "please_call"}  # to the office, and a wish that is no letter
    assert set(stories.ALL.values()) == {kind.name for kind in letters.ALL} - of_others


@every_language
@every_kind
def test_it_is_in_the_familys_own_language(make_occurrence: Dates, name: str, language: str) -> None:
    with translation.override("en" if language == "lv" else "lv"):  # whatever the worker itself speaks
        _notice, message = letter(name, make_occurrence, language)
    found = parts(message)
    greeting = {"lv": "Labdien", "ru": "Здравствуйте", "en": "Hello"}[language]
    others = [other for code, other in TITLE.items() if code != language]
    for text in (found["text/plain"], found["text/html"]):
        assert f"{TITLE[language]} 1" in text
        assert greeting in text
    assert not [other for other in others if other in everything(message)]
    assert f'<html lang="{language}">' in found["text/html"]
    assert (message["Content-Language"], message["To"]) == (language, "anna@example.lv")


@every_language
@every_kind
def test_it_has_the_private_link_and_no_other_address_than_the_sites(
    make_occurrence: Dates, name: str, language: str
) -> None:
    notice, message = letter(name, make_occurrence, language)
    ours = links.link_of(registration_of(notice).sign_up)
    way = f"{settings.SITE_URL}{'' if language == 'lv' else '/' + language}/pieteikums/{ours}/"
    for text in (parts(message)["text/plain"], parts(message)["text/html"]):
        assert way in text
        assert {found for found in re.findall(r"https?://[^/\s\"<]+", text)} == {settings.SITE_URL}


@every_language
@every_kind
def test_it_names_no_child_and_counts_them_instead(make_occurrence: Dates, name: str, language: str) -> None:
    _notice, message = letter(name, make_occurrence, language)
    assert not [child for child in CHILDREN if child in everything(message)]
    with translation.override(language):
        counted_so = counted.children(2) in parts(message)["text/plain"]
    says_who_comes = name not in {"cancelled", "cancelled_by_the_centre", "called_off", "one_meeting_called_off"}
    assert counted_so is (says_who_comes and not name.startswith(("twice", "link")))


@every_kind
def test_the_contacts_name_stands_in_the_greeting_only(make_occurrence: Dates, name: str) -> None:
    sender = anna(name="Annemarija")
    _notice, message = letter(name, make_occurrence, sender=sender)
    found = everything(message).split("Annemarija")
    assert len(found) == (1 if name == "link" else 3)  # in the text and in the page
    assert all(before.endswith("Labdien, ") for before in found[:-1])


@pytest.mark.parametrize("name", SPOKEN)
@every_language
def test_what_is_said_is_complete_and_in_the_familys_language(make_occurrence: Dates, name: str, language: str) -> None:
    words = said(*told(name, make_occurrence, language))
    hello = {"lv": "Labdien! Te Kopiena. ", "ru": "Здравствуйте! Это Kopiena. ", "en": "Hello! This is Kopiena. "}
    assert words.startswith(hello[language])
    assert f"{TITLE[language]} 1" in words
    assert words.endswith(".")
    assert "\n" not in words
    assert "Anna" not in words
    assert not [child for child in CHILDREN if child in words]


def test_a_title_that_is_not_translated_comes_in_the_next_language_and_says_so(make_occurrence: Dates) -> None:
    _notice, message = letter("placed", make_occurrence, "ru", title_ru="", title_lv="Stādu tirgus")
    assert "Stādu tirgus" in str(message["Subject"])
    assert '<p class="about" lang="lv">Stādu tirgus</p>' in parts(message)["text/html"]


# Discreet

SUBJECT = {"lv": "Ziņa no Kopienas", "ru": "Сообщение от Kopiena", "en": "A message from Kopiena"}
CANARIES = ("Klusais kakis", "Тихий котёл", "Quiet cat", "Kakis", "Slepenā", "Anna", "Ķīmijas", "Smilšu")


def hide() -> None:
    """Whatever is there becomes discreet and bears words that must not leak."""
    Activity.objects.update(
        audience="discreet",
        title_lv="Klusais kakis",
        title_ru="Тихий котёл",
        title_en="Quiet cat",
        bring_lv="Kakis",
        weather_lv="Kakis",
    )
    Occurrence.objects.update(reason_lv="Kakis", reason_ru="Kakis", reason_en="Kakis")
    Venue.objects.update(name_lv="Slepenā māja", address="Slepenā iela 1")


@every_language
@every_kind
def test_a_discreet_letter_says_that_there_is_news_and_nothing_else(
    make_occurrence: Dates, name: str, language: str
) -> None:
    notice, now = told(name, make_occurrence, language)
    hide()
    message = read(notice, now)
    found = parts(message)
    assert message["Subject"] == SUBJECT[language]
    assert set(found) == {"text/plain", "text/html"}
    assert [word for word in (*CANARIES, *CHILDREN, *TITLE.values()) if word in everything(message)] == []
    assert not re.search(r"\d\d[.:]\d\d|mart|март|March", found["text/plain"])
    assert links.link_of(registration_of(notice).sign_up) in found["text/html"]


@pytest.mark.parametrize("name", SPOKEN)
def test_a_discreet_call_is_told_nothing_to_say(make_occurrence: Dates, name: str) -> None:
    notice, now = told(name, make_occurrence)
    hide()
    assert said(notice, now) == ""


def test_who_is_moved_from_a_discreet_date_to_an_open_one_is_told_discreetly(make_occurrence: Dates) -> None:
    notice, now = told("moved_to_another_date", make_occurrence)
    Activity.objects.filter(pk=Occurrence.objects.get(pk=notice.details["date"]).activity_id).update(
        audience="discreet"
    )
    other = Activity.objects.create(slug="atklata", title_lv="Atklāta talka", theme="cleanup", state="published")
    Occurrence.objects.exclude(pk=notice.details["date"]).update(activity=other)
    message = read(notice, now)
    assert (message["Subject"], set(parts(message))) == (SUBJECT["lv"], {"text/plain", "text/html"})
    assert "talka" not in everything(message)
    assert said(notice, now) == ""


def test_one_discreet_link_among_others_makes_the_whole_letter_discreet(make_occurrence: Dates) -> None:
    notice, now = told("link", make_occurrence)
    Activity.objects.filter(title_lv__endswith="2").update(audience="discreet")
    message = read(notice, now)
    assert message["Subject"] == SUBJECT["lv"]
    assert "talka" not in everything(message)
    assert parts(message)["text/plain"].count("/pieteikums/") == 2


# Other families


@every_kind
def test_no_letter_holds_anything_of_another_family(make_occurrence: Dates, name: str) -> None:
    notice, now = told(name, make_occurrence)
    occurrence = registration_of(notice).occurrence
    stranger = {"contact_name": "Svešā", "email": "svesa@example.lv", "phone": "+37120000077"}
    theirs = SignUp.objects.create(**stranger, language="lv", created_at=now)
    Registration.objects.create(
        sign_up=theirs,
        occurrence=occurrence,
        status="waiting",
        adults=7,
        children=0,
        seats=7,
        queue_number=99,
        created_at=now,
    )
    Capacity.objects.filter(pk=occurrence.pk).update(waiting=F("waiting") + 1)
    text = everything(read(notice, now))
    strange = ("Svešā", "svesa@", "20000077", "2000 0077", "7 pieaug", links.link_of(theirs), theirs.code_in_groups)
    assert [word for word in strange if word in text] == []
