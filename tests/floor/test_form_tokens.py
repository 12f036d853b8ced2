"""The token of a form: for what it is about, for its days, of its own kind."""

from datetime import datetime, timedelta

from kopiena.floor.form_tokens import new_token, read_token


def test_a_token_is_good_for_what_it_is_about_and_for_seven_days(now: datetime) -> None:
    token = read_token("a form", new_token("a form", 7, now))
    assert token is not None
    assert token.is_good_for(7, now + timedelta(days=7, seconds=-1))
    assert not token.is_good_for(7, now + timedelta(days=7))
    assert not token.is_good_for(8, now)


def test_a_token_of_another_form_is_none(now: datetime) -> None:
    signed = new_token("a form", 7, now)
    assert read_token("another form", signed) is None
    for broken in ("", "\x00", signed[:-1], "9" * 10_000):
        assert read_token("a form", broken) is None


def test_whoever_goes_on_with_a_form_does_not_wait_again(now: datetime) -> None:
    old = read_token("a form", new_token("a form", 7, now - timedelta(days=9)))
    fresh = read_token("a form", new_token("a form", 7, now, instead_of=old))
    assert fresh is not None
    assert old is not None
    assert (fresh.is_too_young(now), fresh.random == old.random) == (False, False)
    first = read_token("a form", new_token("a form", 7, now))
    assert first is not None
    assert first.is_too_young(now)
