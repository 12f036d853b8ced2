"""The page of the list."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client

from partners.models import Institution

Make = Callable[..., Any]
See = Callable[..., str]


def test_it_counts_what_it_found_and_shows_cards(see: See, make_occurrence: Make) -> None:
    make_occurrence(title_lv="Talka")
    make_occurrence(title_lv="Dobes", theme="garden")
    page = see("/aktivitates/")
    assert "Atrastas 2 aktivitātes" in page
    assert page.count("<article") == 2
    assert "Palikušas 10 vietas" in page
    assert "Atrasta 1 aktivitāte" in see("/aktivitates/?theme=garden")
    assert "Найдено 2 мероприятия" in see("/ru/aktivitates/")


def test_the_filters_stand_in_the_form_with_a_button_and_a_way_to_clear_them(see: See, make_occurrence: Make) -> None:
    partner = Institution.objects.create(slug="20-pii", kind="preschool", short_name_lv="20. PII", name_lv="x")
    hidden = Institution.objects.create(
        slug="iic", kind="organiser", short_name_lv="IIC", name_lv="IIC", is_partner=False
    )
    make_occurrence(theme="garden", places=None).activity.organisers.add(partner, hidden)
    page = see("/aktivitates/?theme=garden&ages=5&party=3&no_sign_up=1&since=2027-03-02")
    assert '<option value="garden" selected>Dārzs un puķes (0)</option>' in page
    assert re.search(r'name="ages" value="5"', page)
    assert re.search(r'name="party" value="3"', page)
    assert re.search(r'name="no_sign_up" value="1" checked', page)
    assert re.search(r'type="date" id="filter-since" name="since" value="2027-03-02"', page)
    assert "<details open>" in page
    whole = see("/aktivitates/")
    assert '<option value="20-pii">20. PII (1)</option>' in whole
    assert "<details>" in whole
    assert "IIC" not in whole
    assert 'method="get"' in page
    assert "data-swap" in page
    assert re.search(r'<button class="button button--main"[^>]*>Rādīt</button>', page)
    assert "Notīrīt izvēli" in page
    assert "Notīrīt izvēli" not in whole
    assert page.count("button--main") == 1


def test_an_empty_result_says_which_filter_to_drop(see: See, make_occurrence: Make) -> None:
    make_occurrence(theme="garden", age_from=4, age_to=7)
    page = see("/aktivitates/?theme=garden&ages=12")
    assert "Nav atrasta neviena aktivitāte" in page
    assert re.search(r'<a href="/aktivitates/\?theme=garden" data-swap>nenorādot bērnu vecumu</a>: 1 aktivitāte<', page)
    assert "neizvēloties jomu" not in page


def test_with_nothing_announced_it_shows_the_way_to_the_plan(see: See) -> None:
    assert 'href="/plans/2027/"' in see("/aktivitates/")


def test_thirty_cards_a_page_and_the_filters_go_along(see: See, make_occurrence: Make, now: datetime) -> None:
    for number in range(31):
        make_occurrence(theme="garden", starts_at=now + timedelta(days=number + 1))
    first, second = see("/aktivitates/?theme=garden"), see("/aktivitates/?theme=garden&page=2")
    assert (first.count("<article"), second.count("<article")) == (30, 1)
    assert 'href="/aktivitates/?theme=garden&amp;page=2"' in first
    assert 'rel="prev" href="/aktivitates/?theme=garden"' in second
    assert "2. lapa no 2" in second


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page=0", "page=0"),
        ("page=-1", "page=-1"),
        ("page=2", "page=2"),
        ("page=1000000000", "page=1000000000"),
        ("page=%00", "page=�"),
        (f"page={'9' * 1_000}", f"page={'9' * 35}"),
        ("nav=de&utm_source=%00", "nav"),
        ("theme=%00&institution=x", "theme=�; institution=x"),
        ("theme=cleanup%27%20OR%201=1", "theme=cleanup&#x27; OR 1=1"),
        ("theme=a&theme=cleanup", "theme=a"),
        (f"q={'x' * 3_000}", "adrese ir pārāk gara"),
        ("&".join(f"a{number}=1" for number in range(100)), "a0; a1; a2; a3; a4"),
        ("theme=<script>", "theme=&lt;script&gt;"),
        ("theme=%FF%FE", "theme=��"),
    ],
)
def test_what_cannot_be_understood_is_passed_over_and_said(
    see: See, make_occurrence: Make, query: str, said: str
) -> None:
    make_occurrence()
    page = see(f"/aktivitates/?{query}")
    assert page.count("<article") == 1
    assert f"Nesapratām un neņēmām vērā: {said}</p>" in page


def test_what_others_add_to_an_address_is_no_matter(see: See, make_occurrence: Make) -> None:
    make_occurrence()
    assert see("/aktivitates/?fbclid=x&utm_source=y&theme=") == see("/aktivitates/")


@pytest.mark.parametrize("age", ["200", "-1", "%00", "9" * 1_000, "<script>"])
def test_an_absurd_age_is_answered_in_a_plain_sentence_and_kept(see: See, make_occurrence: Make, age: str) -> None:
    make_occurrence()
    page = see(f"/aktivitates/?ages={age}")
    assert "Ierakstiet vecumu pilnos gados" in page
    assert page.count("<article") == 1
    assert "<script>" not in page


def test_after_an_error_the_title_begins_with_it(at_noon: None, client: Client, db: None) -> None:
    page = client.get("/aktivitates/?ages=200&since=x").content.decode()
    assert "<title>Kļūda: Aktivitātes" in page
    for name in ("ages", "since"):
        assert re.search(rf'aria-describedby="[^"]*filter-{name}_error"', page)
        assert f'id="filter-{name}_error"' in page


def test_the_same_few_queries_whatever_the_number_of_cards(
    see: See, make_occurrence: Make, django_assert_num_queries: Make
) -> None:
    """The catalogue's four are asked once after each change, the cards' two for those nobody has seen yet."""
    for number, count in enumerate((1, 3)):
        for _ in range(count):
            make_occurrence(theme="garden", age_from=4)
        Institution.objects.create(slug=f"pii-{number}", kind="preschool", short_name_lv="PII", name_lv="PII")
        with django_assert_num_queries(4 + 2):
            see("/aktivitates/?theme=garden&ages=5")
    with django_assert_num_queries(4):
        see("/aktivitates/?theme=stage&ages=5")


def test_what_is_not_for_everybody_leaves_no_trace(see: See, make_occurrence: Make) -> None:
    before = [see("/aktivitates/"), see("/aktivitates/?theme=cleanup"), see("/aktivitates/?party=2&ages=5")]
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(**hidden)
    assert [see("/aktivitates/"), see("/aktivitates/?theme=cleanup"), see("/aktivitates/?party=2&ages=5")] == before


def test_the_page_sets_no_cookie_and_varies_by_no_visitor(at_noon: None, client: Client, make_occurrence: Make) -> None:
    make_occurrence()
    response = client.get("/aktivitates/")
    assert (response.cookies, response.get("Vary", "Accept-Encoding")) == ({}, "Accept-Encoding")


def test_the_page_is_sound_html(at_noon: None, client: Client, make_occurrence: Make) -> None:
    make_occurrence(title_lv="<script>&„ļ”")
    for query in ("", "?ages=999&since=x", "?theme=stage&party=1&nav=<"):
        html5lib.HTMLParser(strict=True).parse(client.get(f"/aktivitates/{query}").content)
