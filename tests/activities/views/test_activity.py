"""The page of one activity."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client

from activities.models import Capacity, Need
from partners.models import Institution, Project

Make = Callable[..., Any]
See = Callable[..., str]


def test_it_tells_what_for_whom_when_and_where_in_this_order(see: See, make_occurrence: Make) -> None:
    occurrence = make_occurrence(
        slug="dobes",
        title_lv="Puķu dobes",
        summary_lv="Stādām kopā.",
        description_lv="Pirmā rinda.\n\nOtrā rinda.",
        bring_lv="Cimdus.",
        weather_lv="Lietū nenotiks.",
        led_by_lv="Skolotājas",
        age_from=4,
        age_to=7,
        is_in_latvian=True,
    )
    activity = occurrence.activity
    Need.objects.create(activity=activity, kind="things", title_lv="Grābekļi", wanted=3)
    institution = Institution.objects.create(slug="20-pii", kind="preschool", short_name_lv="20", name_lv="20. PII")
    activity.organisers.add(institution)
    page = see("/aktivitates/dobes/")
    told = [
        "Puķu dobes",
        "Stādām kopā.",
        "<p>Otrā rinda.</p>",
        "4–7 gadi",
        "Nē, bērni nāk kopā ar pieaugušo.",
        "Latviski",
        "Ceturtdien, 11. martā, plkst. 12.00–14.00",
        "Mezgls</a>, Smilšu iela 92",
        "Palikušas 10 vietas",
        f'href="/pieteikties/{occurrence.pk}/">Pieteikties',
        "Cimdus.",
        "Lietū nenotiks.",
        "Grābekļi",
        'href="/iestades/20-pii/">20. PII',
        "Skolotājas",
    ]
    assert [page.find(words) for words in told] == sorted(page.find(words) for words in told)
    assert all(words in page for words in told)


def test_every_date_has_its_button_but_only_one_is_filled(see: See, make_occurrence: Make, now: datetime) -> None:
    full = make_occurrence(slug="talka", starts_at=now + timedelta(days=1))
    Capacity.objects.filter(pk=full.pk).update(places=0)
    free = make_occurrence(activity=full.activity, starts_at=now + timedelta(days=2))
    later = make_occurrence(activity=full.activity, starts_at=now + timedelta(days=3))
    page = see("/aktivitates/talka/")
    buttons = re.findall(r'<a class="(button[^"]*)" href="/pieteikties/(\d+)/">([^<]+)<span[^>]*>([^<]+)', page)
    assert buttons == [
        ("button", str(full.pk), "Stāties rindā", ": otrdien, 2. martā"),
        ("button button--main", str(free.pk), "Pieteikties", ": trešdien, 3. martā"),
        ("button", str(later.pk), "Pieteikties", ": ceturtdien, 4. martā"),
    ]
    assert "Brīvu vietu nav" in page
    assert "Jūsu ģimeni nesadalīsim" in page


def test_a_made_up_date_says_so_at_the_button(see: See, make_occurrence: Make, make_activity: Make) -> None:
    make_occurrence(slug="paraugs", occurrence={"is_demo": True})
    make_occurrence(slug="nac", occurrence={"is_demo": True, "is_sign_up_needed": False})
    make_activity(slug="kadreiz", is_demo=True)
    make_occurrence(slug="ists")
    assert see("/aktivitates/paraugs/").count("Šis ir paraugs") == 1
    assert see("/aktivitates/nac/").count("Šis ir paraugs") == 1
    assert see("/aktivitates/kadreiz/").count("Šis ir paraugs") == 1
    assert "Šis ir paraugs" not in see("/aktivitates/ists/")


def test_a_cancelled_date_says_the_word_and_the_reason(see: See, make_occurrence: Make) -> None:
    make_occurrence(slug="talka", occurrence={"state": "cancelled", "reason_lv": "Stipra vēja dēļ."})
    page = see("/aktivitates/talka/")
    assert "Nenotiks" in page
    assert "Stipra vēja dēļ." in page
    assert "Pieteikties" not in page


def test_a_past_one_shows_what_came_of_it(see: See, make_occurrence: Make, now: datetime) -> None:
    make_occurrence(slug="talka", starts_at=now - timedelta(days=3), outcome_lv="Savācām 40 maisu.", bring_lv="Cimdus")
    page = see("/aktivitates/talka/")
    assert "Notika 26. februārī" in page
    assert "Savācām 40 maisu." in page
    assert "Cimdus" not in page
    assert "Pieteikties" not in page
    assert "Прошло 26 февраля" in see("/ru/aktivitates/talka/")


def test_an_undated_one_says_about_when(see: See, make_activity: Make) -> None:
    make_activity(slug="dobes", approximate_year=2027, approximate_season="spring")
    assert "Laiks tiks precizēts: 2027. gada pavasarī" in see("/aktivitates/dobes/")
    assert "Время уточняется: весна 2027 года" in see("/ru/aktivitates/dobes/")


def test_what_is_made_for_it_is_named_both_ways(see: See, make_activity: Make) -> None:
    lesson = make_activity(slug="gleznosana", title_lv="Gleznošana")
    make_activity(slug="molberti", title_lv="Molberti", made_for=lesson)
    make_activity(slug="slepeni", title_lv="Slepenais", made_for=lesson, audience="discreet")
    secret = make_activity(slug="lielais", title_lv="Lielais noslēpums", audience="discreet")
    make_activity(slug="mazais", title_lv="Mazais", made_for=secret)
    page = see("/aktivitates/gleznosana/")
    assert 'href="/aktivitates/molberti/">Molberti' in page
    assert "Slepenais" not in page
    assert 'href="/aktivitates/gleznosana/">Gleznošana' in see("/aktivitates/molberti/")
    assert "noslēpums" not in see("/aktivitates/mazais/")


def test_a_project_is_named_only_once_it_is_published(see: See, make_activity: Make) -> None:
    project = Project.objects.create(slug="teatris", title_lv="Teātris pagalmā")
    make_activity(slug="izrade", project=project)
    assert "Teātris pagalmā" not in see("/aktivitates/izrade/")
    Project.objects.update(state="published")
    assert 'href="/projekti/teatris/">Teātris pagalmā' in see("/aktivitates/izrade/")


def test_what_is_not_for_everybody_and_what_is_not_there_are_answered_alike(
    at_noon: None, client: Client, make_occurrence: Make
) -> None:
    make_occurrence(slug="a", audience="discreet")
    make_occurrence(slug="b", audience="invited")
    for slug, state in zip("cdef", ("draft", "proposed", "returned", "archived"), strict=True):
        make_occurrence(slug=slug, state=state)
    answers = {}
    for slug in "abcdefx":
        response = client.get(f"/aktivitates/{slug}/")
        answers[slug] = (response.status_code, response.content.replace(f"/aktivitates/{slug}/".encode(), b""))
    assert {answer[0] for answer in answers.values()} == {404}
    assert len({answer[1] for answer in answers.values()}) == 1


@pytest.mark.parametrize("slug", ["%00", "x" * 10_000, "😀", "..%2f", "<script>"])
def test_an_absurd_address_is_not_there(at_noon: None, client: Client, db: None, slug: str) -> None:
    assert client.get(f"/aktivitates/{slug}/").status_code == 404


def test_the_link_of_an_online_meeting_is_only_for_those_signed_up(see: See, make_occurrence: Make) -> None:
    occurrence = make_occurrence(slug="saruna")
    occurrence.meetings.update(where="online", venue=None, online_link="https://example.lv/saruna")
    page = see("/aktivitates/saruna/")
    assert "Tiešsaistē" in page
    assert "example.lv" not in page


def test_three_queries_whatever_the_number_of_dates(
    see: See, make_occurrence: Make, make_activity: Make, django_assert_num_queries: Make
) -> None:
    project = Project.objects.create(slug="p", title_lv="p", state="published")
    activity = make_occurrence(slug="talka", project=project, made_for=make_activity()).activity
    for number, count in enumerate((1, 3)):
        for place in range(count):
            make_occurrence(activity=activity)
            make_occurrence(made_for=activity)
            Need.objects.create(activity=activity, kind="things", title_lv="Grābekļi", wanted=3)
            slug = f"pii-{number}-{place}"
            activity.organisers.add(Institution.objects.create(slug=slug, kind="preschool", name_lv=slug))
        with django_assert_num_queries(3):
            see("/aktivitates/talka/")


def test_the_page_is_sound_html(at_noon: None, client: Client, make_occurrence: Make, now: datetime) -> None:
    activity = make_occurrence(slug="talka", title_lv="<script>&„ļ”", title_ru="", description_lv="a\n\nb").activity
    make_occurrence(activity=activity, occurrence={"state": "cancelled"})
    make_occurrence(activity=activity, starts_at=now - timedelta(days=3))
    for language in ("", "/ru", "/en"):
        html5lib.HTMLParser(strict=True).parse(client.get(f"{language}/aktivitates/talka/").content)
