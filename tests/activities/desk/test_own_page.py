"""The institution's own page: what it may change there, what it may not, and what the coordinator sees of it."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import translation

from partners.models import Institution
from tests.journeys.resident import Page

ADDRESS = "/musu-iestade/20-pii/lapa/"


def form_of(response: Any) -> Page:
    return Page(response, ADDRESS).with_field("stand")


def sent(teacher: Client, **typed: Any) -> Any:
    fields = dict(form_of(teacher.get(ADDRESS)).fields())
    return teacher.post(ADDRESS, {**fields, **typed})


def test_what_is_saved_stands_on_the_site_at_once_and_in_the_log(
    teacher: Client, ours: Institution, now: datetime
) -> None:
    response = sent(teacher, about="Augam kopā.\r\nNāciet!", phone="2000 0000", website="example.lv")
    assert response.status_code == 302
    ours.refresh_from_db()
    assert (ours.about_lv, ours.phone, ours.website) == ("Augam kopā.\nNāciet!", "+37120000000", "https://example.lv")
    entry = LogEntry.objects.get()
    assert (entry.user.email, entry.object_id, entry.action_time) == ("skolotaja@example.lv", str(ours.pk), now)
    with translation.override("lv"):
        assert entry.get_change_message() == "Mainīts: par iestādi (latviski), tālrunis un tīmekļa vietne."
    assert "Augam kopā." in Page(Client().get("/iestades/20-pii/"), "").text


def test_each_language_is_written_by_itself(teacher: Client, ours: Institution) -> None:
    Institution.objects.update(about_lv="Latviski.")
    page = form_of(teacher.get(f"{ADDRESS}?valoda=ru"))
    assert (page.typed("about"), page.typed("language")) == ("", "ru")
    teacher.post(ADDRESS, {**dict(page.fields()), "about": "По-русски."})
    ours.refresh_from_db()
    assert (ours.about_lv, ours.about_ru) == ("Latviski.", "По-русски.")


def test_another_language_is_shown_only_when_nothing_typed_would_be_lost(teacher: Client, ours: Institution) -> None:
    Institution.objects.update(about_lv="Augam.\nKopā.")
    fields = {**dict(form_of(teacher.get(ADDRESS)).fields()), "valoda": "ru", "show": "1"}
    shown = teacher.post(ADDRESS, {**fields, "about": "Augam.\r\nKopā."})
    assert (shown.status_code, shown["Location"]) == (302, f"{ADDRESS}?valoda=ru")
    asked = teacher.post(ADDRESS, {**fields, "about": "Mans teksts", "phone": "12"})
    page = form_of(asked)
    assert [page.typed(name) for name in ("about", "phone", "language")] == ["Mans teksts", "12", "lv"]
    assert page.errors() == []
    assert page.links()["Nesaglabāt un rādīt: Русский"] == f"{ADDRESS}?valoda=ru"
    assert teacher.post(ADDRESS, {**dict(page.fields()), "phone": ""}).status_code == 302
    ours.refresh_from_db()
    assert (ours.about_lv, ours.about_ru) == ("Mans teksts", "")


def test_name_and_address_are_shown_and_not_changed(teacher: Client, ours: Institution) -> None:
    Institution.objects.update(address="Smilšu iela 92")
    page = form_of(teacher.get(ADDRESS))
    assert "Smilšu iela 92" in page.text
    assert "Nosaukumu un adresi maina koordinatore" in page.text
    forged = {
        "name_lv": "Cits",
        "short_name_lv": "C",
        "address": "Rīga",
        "slug": "x",
        "is_partner": "",
        "about_ru": "x",
    }
    sent(teacher, about="Par mums.", **forged)
    ours.refresh_from_db()
    assert (ours.name_lv, ours.address, ours.slug, ours.is_partner, ours.about_ru) == (
        "20. PII",
        "Smilšu iela 92",
        "20-pii",
        True,
        "",
    )


def test_the_second_window_is_told_and_pressing_once_more_saves_it(teacher: Client, ours: Institution) -> None:
    first = dict(form_of(teacher.get(ADDRESS)).fields())
    sent(teacher, about="Pirmais.")
    clash = teacher.post(ADDRESS, {**first, "about": "Otrais.", "email": "darzs@example.lv"})
    assert clash.status_code == 409
    page = form_of(clash)
    found = [(each.label, each.theirs, each.yours) for each in clash.context["differences"]]
    assert found == [("Par mums", "Pirmais.", "Otrais."), ("E-pasts", "", "darzs@example.lv")]
    ours.refresh_from_db()
    assert (ours.about_lv, ours.email) == ("Pirmais.", "")
    assert teacher.post(ADDRESS, dict(page.fields())).status_code == 302
    ours.refresh_from_db()
    assert (ours.about_lv, ours.email) == ("Otrais.", "darzs@example.lv")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "12"),
        ("phone", "9" * 500),
        ("email", "nav"),
        ("website", "javascript:alert(1)"),
        ("website", "example.lv/" + "x" * 300),
        ("about", "x" * 10_001),
        ("about", "\0"),
    ],
)
def test_what_is_not_right_is_said_and_kept_in_the_form(
    teacher: Client, ours: Institution, field: str, typed: str
) -> None:
    response = sent(teacher, own_partners="Bibliotēka", **{field: typed})
    page = form_of(response)
    assert response.status_code == 200
    assert len(page.errors()) == 1
    assert page.typed("own_partners") == "Bibliotēka"
    ours.refresh_from_db()
    assert ours.own_partners_lv == ""


def test_saving_what_is_there_already_notes_nothing(teacher: Client) -> None:
    assert sent(teacher).status_code == 302
    assert not LogEntry.objects.exists()


def test_for_others_it_does_not_exist(stranger: Client, ours: Institution) -> None:
    assert [stranger.get(ADDRESS).status_code, stranger.post(ADDRESS, {"about": "x"}).status_code] == [404, 404]


def test_what_no_page_can_show_is_left_out_and_a_word_processors_line_end_is_one(
    teacher: Client, ours: Institution
) -> None:
    assert sent(teacher, about="Augam\x07 kopā.\x0bNāciet!\x1b").status_code == 302
    ours.refresh_from_db()
    assert ours.about_lv == "Augam kopā.\nNāciet!"
