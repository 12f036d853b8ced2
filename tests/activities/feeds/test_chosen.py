"""A feed narrowed by the list's filters; what is asked for and not there is no feed, never the whole calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from activities.models import Capacity, Occurrence
from partners.models import Institution, Project
from tests.conftest import NOW

Make = Callable[..., Any]
Fetch = Callable[..., Any]
NO_SURROGATES = st.characters(exclude_categories=["Cs"])


@pytest.fixture
def offered(make_occurrence: Make) -> dict[str, Occurrence]:
    """A clean-up by the kindergarten for 4 to 7, in a project, and a workshop for everybody that is full."""
    institution = Institution.objects.create(
        slug="20-pii", kind="preschool", short_name_lv="20. PII", short_name_ru="20-й сад", name_lv="20. PII"
    )
    Institution.objects.create(slug="slegta", kind="other", short_name_lv="x", name_lv="x", closed_on=date(2025, 1, 1))
    Institution.objects.create(slug="21-pii", kind="preschool", short_name_lv="21. PII", name_lv="21. PII")
    project = Project.objects.create(slug="kopienas", title_lv="Kopienas", state="published")
    Project.objects.create(slug="melnraksts", title_lv="Melnraksts")
    cleanup = make_occurrence(title_lv="Talka", theme="cleanup", age_from=4, age_to=7, project=project)
    cleanup.activity.organisers.add(institution)
    craft = make_occurrence(title_lv="Darbnīca", theme="craft")
    Capacity.objects.filter(pk=craft.pk).update(places=0)
    past = make_occurrence(title_lv="Bijusi", theme="cleanup", starts_at=NOW - timedelta(days=20))
    past.activity.organisers.add(institution)
    return {"cleanup": cleanup, "craft": craft, "past": past}


def titles(response: Any) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).events]


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bijusi", "Talka", "Darbnīca"]),
        ("theme=cleanup", ["Bijusi", "Talka"]),
        ("theme=garden", []),
        ("institution=20-pii", ["Bijusi", "Talka"]),
        ("institution=21-pii", []),
        ("institution=slegta", []),
        ("project=kopienas", ["Talka"]),
        ("ages=9", ["Darbnīca"]),
        ("party=1", ["Talka"]),
        ("institution=20-pii&ages=5&party=1&project=kopienas&theme=cleanup", ["Talka"]),
        ("theme=craft&institution=20-pii", []),
        ("theme=", ["Bijusi", "Talka", "Darbnīca"]),
        ("theme=cleanup&theme=cleanup", ["Bijusi", "Talka"]),
        ("utm_source=f&x=%00&nav=%ff&q=", ["Bijusi", "Talka", "Darbnīca"]),
        ("theme=cleanup&fbclid=" + "a" * 500, ["Bijusi", "Talka"]),
    ],
)
def test_filters_combine_and_what_is_over_stays_a_month(fetch: Fetch, query: str, found: list[str]) -> None:
    assert titles(fetch(f"/kalendars.ics?{query}")) == found


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(
    "query",
    [
        "theme=cars",
        "theme=cleanup&theme=craft",
        "institution=99-pii",
        "institution=%00",
        "institution=%ff%fe",
        "institution=" + "a" * 100_000,
        "institution=20-pii'--",
        "project=melnraksts",
        "project=nav",
        "project=kopienas&project=melnraksts",
        "ages=x",
        "ages=-1",
        "ages=121",
        "ages=" + "9" * 5000,
        "party=4&party=5",
        "ages=٤",
    ],
)
def test_what_is_asked_for_and_not_there_is_no_address(fetch: Fetch, query: str) -> None:
    fetch(f"/kalendars.ics?{query}", 404)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/kalendars.ics", "Kopiena"),
        ("/kalendars.ics?theme=cleanup", "Kopiena: Talkas"),
        ("/ru/kalendars.ics?institution=20-pii&theme=cleanup", "Kopiena: Субботники · 20-й сад"),
        ("/kalendars.ics?project=kopienas", "Kopiena: Kopienas"),
    ],
)
@pytest.mark.usefixtures("offered")
def test_the_calendar_bears_the_name_of_what_was_asked_for(fetch: Fetch, path: str, name: str) -> None:
    assert str(Calendar.from_ical(fetch(path).content)["x-wr-calname"]) == name


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("path", ["/iestades/20-pii/", "/projekti/kopienas/", "/aktivitates/", "/ru/aktivitates/"])
def test_pages_lead_to_the_calendar_of_what_they_show(fetch: Fetch, path: str) -> None:
    page = fetch(path).content.decode()
    query = {"/iestades/20-pii/": "?institution=20-pii", "/projekti/kopienas/": "?project=kopienas"}.get(path, "")
    language = "/ru" if path.startswith("/ru") else ""
    address = f"{language}/kalendars.ics{query}"
    assert f'href="{address}"' in page
    assert "Talka" in titles(fetch(address)) or "Субботник у озера 1" in titles(fetch(address))


@pytest.mark.usefixtures("offered")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["theme", "institution", "project", "ages", "party", "q"]) | st.text(NO_SURROGATES, max_size=5),
        st.lists(
            st.text(NO_SURROGATES, max_size=20) | st.sampled_from(["cleanup", "20-pii", "kopienas", "5", "1"]),
            max_size=3,
        ),
        max_size=5,
    )
)
@example({"institution": ["\x00"]})
def test_no_query_whatsoever_breaks_it(client: Client, asked: dict[str, list[str]]) -> None:
    query = urlencode(asked, doseq=True)
    response = client.get(f"/kalendars.ics?{query}")
    assert response.status_code in (200, 404), query


@pytest.mark.usefixtures("offered")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.binary(max_size=60), st.sampled_from(["theme", "institution", "project", "ages", "party"]))
@example(b"\x00", "institution")
@example(b"%00", "project")
def test_no_bytes_whatsoever_break_it(client: Client, value: bytes, name: str) -> None:
    response = client.get("/kalendars.ics", QUERY_STRING=f"{name}={value.decode('latin-1')}")
    assert response.status_code in (200, 404)
