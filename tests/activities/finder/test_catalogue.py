"""Sets of bits say the same as a loop over everything would."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from activities.finder.catalogue import Ages, Catalogue, Days, Stay, bits_of

ORDINAL = date(2027, 3, 1).toordinal()
someone = st.builds(Ages, st.integers(0, 12), st.integers(0, 1000), st.booleans())
stay = st.tuples(st.integers(0, 40), st.integers(0, 9), st.integers(0, 30))


def catalogue(days: list[Stay] | None = None, ages: list[Ages] | None = None, count: int = 31) -> Catalogue:
    rows = ages or [Ages(0, 1000, True)] * count
    return Catalogue(
        [100 + place for place in range(len(rows))], Days(days or []), rows, {"theme": {"home": bits_of([1, 30], 31)}}
    )


def places(bits: int) -> set[int]:
    return {place for place in range(bits.bit_length()) if bits >> place & 1}


@given(st.sets(st.integers(0, 999)))
def test_a_set_becomes_bits_and_comes_back_in_order(chosen: set[int]) -> None:
    big = catalogue(count=1000)
    bits = bits_of(chosen, 1000)
    assert (places(bits), bits.bit_count()) == (chosen, len(chosen))
    assert list(big.ids_of(bits)) == [100 + place for place in sorted(chosen)]


def test_a_choice_nobody_offers_suits_nothing() -> None:
    assert places(catalogue().of("theme", "home")) == {1, 30}
    assert (catalogue().of("theme", "cars"), catalogue().of("nav", "x")) == (0, 0)
    assert catalogue().everything.bit_count() == 31
    assert Catalogue([], Days(), [], {}).everything == 0


@given(st.lists(stay, max_size=30), st.integers(-5, 50), st.integers(-5, 50))
def test_between_two_days_are_those_that_touch_one_of_them(stays: list[tuple[int, int, int]], a: int, b: int) -> None:
    days = [(ORDINAL + f, ORDINAL + f + n, p, 0) for f, n, p in stays]
    first, last = sorted((ORDINAL + a, ORDINAL + b))
    made = catalogue(days)
    found = places(made.between(date.fromordinal(first), date.fromordinal(last)))
    assert found == {p for f, n, p, _ in days if f <= last and n >= first}
    assert places(made.between(date.fromordinal(first), None)) == {p for _, n, p, _ in days if n >= first}
    assert places(made.between(None, date.fromordinal(last))) == {p for f, _, p, _ in days if f <= last}
    span = date.fromordinal(first), date.fromordinal(last)
    assert made.during(span) == made.during(span) == made.between(*span)


@given(st.lists(someone, min_size=1, max_size=20), st.lists(st.integers(0, 17), min_size=1, max_size=4))
def test_at_least_one_child_takes_part_and_the_others_may_come_along(rows: list[Ages], ages: list[int]) -> None:
    def suits(who: Ages) -> bool:
        inside = [who.lowest <= age <= who.highest for age in ages]
        return all(inside) or (any(inside) and who.takes_others_along)

    assert places(catalogue(ages=rows).for_ages(tuple(ages))) == {n for n, who in enumerate(rows) if suits(who)}
