"""The form of the filters."""

import pytest
from django.http import QueryDict

from activities.forms import FilterForm
from activities.listing import Filters
from partners.models import Institution


def read(query: str) -> tuple[Filters, FilterForm]:
    institutions = [Institution(slug="20-pii", short_name_lv="20. PII")]
    form = FilterForm(QueryDict(query), institutions=institutions)
    return form.filters(), form


def test_it_reads_what_was_chosen() -> None:
    filters, form = read("theme=garden&institution=20-pii&age=5&free=1")
    assert (filters, form.errors) == (Filters("garden", "20-pii", 5, True), {})


@pytest.mark.parametrize(
    "query",
    [
        "",
        "theme=&institution=&age=",
        "theme=cars",
        "institution=21-pii",
        "institution=20-pii%00",
        "theme=%00",
        "lang=de&utm_source=x",
        f"theme={'x' * 10_000}",
    ],
)
def test_what_no_form_of_ours_could_ask_filters_nothing(query: str) -> None:
    assert read(query)[0] == Filters()


@pytest.mark.parametrize("age", ["-1", "121", "1000000000", "pieci", "%00", "5.5", "9" * 10_000, "%E2%80%8F5x", "😀"])
def test_an_age_that_is_none_filters_nothing_and_is_answered_plainly(age: str) -> None:
    filters, form = read(f"age={age}&theme=garden")
    assert filters == Filters(theme="garden")
    assert form["age"].errors[0].startswith("Ierakstiet vecumu pilnos gados")
    assert form["age"].value() is not None
