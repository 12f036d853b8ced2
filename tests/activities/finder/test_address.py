"""Filters read from addresses: what is understood, and what is said of the rest."""

from datetime import date

import pytest
from django.http import HttpRequest, QueryDict
from hypothesis import given
from hypothesis import strategies as st

from activities.finder.address import Understood, understood
from activities.finder.catalogue import Catalogue, Days, Name
from activities.finder.filters import Filters

SOME = Name("x", "x", "x")
CATALOGUE = Catalogue(
    [], Days(), [], {}, districts={"kimija": SOME}, institutions={"20-pii": SOME}, projects={"musu-pagalms": SOME}
)


def read(query: str) -> Understood:
    request = HttpRequest()
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)  # type: ignore[assignment]
    return understood(request, CATALOGUE)


EVERYTHING = Filters(
    q="talka",
    when="",
    since=date(2027, 3, 1),
    until=date(2027, 3, 31),
    theme="garden",
    district="kimija",
    institution="20-pii",
    project="musu-pagalms",
    language="ru",
    ages=(0, 4, 9),
    party=5,
    step_free=True,
    pushchair=True,
    helpers=True,
    no_sign_up=True,
)


def test_everything_that_can_be_chosen_is_written_in_one_way_and_read_back() -> None:
    written = EVERYTHING.query(3)
    assert written == (
        "q=talka&since=2027-03-01&until=2027-03-31&theme=garden&district=kimija&institution=20-pii&project=musu-pagalms"
        "&language=ru&ages=0,4,9&party=5&step_free=1&pushchair=1&helpers=1&no_sign_up=1&page=3"
    )
    found = read(written)
    assert (found.filters, found.page, found.is_whole) == (EVERYTHING, 3, True)
    assert (Filters().query(), Filters().address(), Filters(ages=(0,)).address()) == ("", "", "?ages=0")


@pytest.mark.parametrize(
    "query",
    ["", "q=&theme=&ages=&party=&since=&when=", "q=%20%20", "utm_source=x&fbclid=y&gclid=z&_ga=1", "page=1&page="],
)
def test_what_is_empty_or_added_by_others_is_no_choice_and_no_word_is_lost_on_it(query: str) -> None:
    assert read(query) == Understood()


@pytest.mark.parametrize(
    "typed", ["4,9", "9, 4", "4 9", "4;9", "4 un 9", "4 и 9", "4 and 9", "4+9", " 4 , 9 ", "4.,9."]
)
def test_ages_may_be_written_as_people_write_them(typed: str) -> None:
    assert read(QueryDict(mutable=True).urlencode() + f"ages={typed}").filters.ages == (4, 9)
    assert read("ages=9&ages=4").filters.ages == (4, 9)


@pytest.mark.parametrize("typed", ["x", "-1", "121", "4,x", "9" * 400, "%00", "4,9;<script>", "pieci", "😀", "1e3"])
def test_ages_that_are_none_are_said_plainly_and_kept(typed: str) -> None:
    found = read(f"ages={typed}&theme=garden")
    assert found.filters == Filters(theme="garden")
    assert found.wrong == {"ages": "Ierakstiet vecumu pilnos gados, piemēram: 4, 9."}
    assert found.typed["ages"] is not None
    assert len(found.typed["ages"]) <= 60


def test_so_many_children_are_too_many() -> None:
    found = read("ages=" + ",".join("5" * 11))
    assert (found.filters.ages, list(found.wrong)) == ((5,) * 10, ["ages"])


@pytest.mark.parametrize("typed", ["0", "-3", "x", "5.5", "501", "9" * 50, "%00", "٣"])
def test_a_number_of_people_that_is_none_is_said_plainly(typed: str) -> None:
    found = read(f"party={typed}")
    assert (found.filters, list(found.wrong)) == (Filters(), ["party"])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-27", date(2027, 3, 27)),
        ("27.3.2027", date(2027, 3, 27)),
        ("27. 03. 2027.", date(2027, 3, 27)),
        ("0000-01-01", None),
        ("9999-12-31", None),
        ("1999-12-31", None),
        ("2027-02-30", None),
        ("30.2.2027", None),
        ("rit", None),
        ("%00", None),
        ("9" * 500, None),
    ],
)
def test_days_are_read_as_browsers_and_people_write_them(typed: str, day: date | None) -> None:
    found = read(f"since={typed}")
    assert (found.filters.since, "since" in found.wrong) == (day, day is None)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=cars", ["theme=cars"]),
        ("institution=nav", ["institution=nav"]),
        ("step_free=yes", ["step_free=yes"]),
        ("nav=1&vel=2", ["nav", "vel"]),
        ("theme=garden&theme=home", ["theme=garden"]),
        ("when=today&since=2027-03-01", ["when=today"]),
        ("page=-1", ["page=-1"]),
        ("page=x%00y", ["page=x�y"]),
        ("theme=%E2%80%8Fx", ["theme=�x"]),
        (f"theme={'x' * 500}", [f"theme={'x' * 34}"]),
        ("&".join(f"n{number}=1" for number in range(20)), ["n0", "n1", "n2", "n3", "n4"]),
    ],
)
def test_what_means_nothing_here_is_named(query: str, said: list[str]) -> None:
    assert read(query).ignored == said


def test_contradictions_are_resolved_and_said() -> None:
    found = read("since=2027-03-02&until=2027-03-01")
    assert (found.filters, list(found.wrong)) == (Filters(), ["until"])
    found = read("ages=4,9&party=1")
    assert (found.filters, list(found.wrong)) == (Filters(ages=(4, 9)), ["party"])
    assert read("since=2027-03-02&until=2027-03-02").is_whole


def test_what_is_far_too_long_is_not_read_at_all() -> None:
    found = read("q=" + "x" * 5_000)
    assert (found.filters, len(found.ignored)) == (Filters(), 1)
    assert len(read("q=" + "x" * 1_500).filters.q) == 100


def test_a_text_is_one_line_without_what_nobody_types() -> None:
    assert read("q=%00ezera%0D%0Atalka%E2%80%AE%20").filters.q == "ezera talka"


@given(
    st.dictionaries(
        st.sampled_from([*EVERYTHING.chosen, "when", "page", "nav"]),
        st.lists(st.text(max_size=30), max_size=3),
        max_size=6,
    )
)
def test_whatever_is_asked_is_answered_and_what_is_whole_reads_back(asked: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, values in asked.items():
        query.setlist(name, values)
    found = read(query.urlencode())
    again = read(found.filters.query(found.page))
    assert (again.filters, again.page, again.is_whole) == (found.filters, found.page, True)
