"""A rule that the staff may let pass: said on the page, asked about, and let pass only as it was shown."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from families.admin import deeds
from families.registering import Busy, NeedsReason, NoRoom, Staff
from tests.office import staff

BROKEN = {"order": "Somebody came earlier.", "held": "Kept for <callers>."}


class SeatsForm(deeds.StaffForm):
    """A page's own form."""

    seats = forms.IntegerField()


def sent(text: str, **kwargs: Any) -> SeatsForm:
    """The form as the browser sends it."""
    form = SeatsForm(QueryDict(text), **kwargs)
    assert form.is_valid(), form.errors
    return form


def refusing(broken: dict[str, str]) -> Any:
    """A deed that breaks these rules."""

    def deed() -> None:
        raise NeedsReason(broken)

    return deed


def page(form: forms.Form) -> str:
    return render_to_string("admin/_needs_reason.html", {"form": form})


@pytest.mark.django_db
def test_the_form_says_who_lets_what_pass_and_why(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = staff()
    form = sent("seats=4&lets_pass=order&lets_pass=held&reason=+Vecmamma+zvanīja+")
    expected = Staff(by=request.user, lets_pass=frozenset({"order", "held"}), reason="Vecmamma zvanīja")
    assert form.staff(request) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["places", "seats", "", "x" * 10_000, "order,held", "🎈"])
def test_what_nobody_may_let_pass_lets_nothing_pass(forged: str, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = staff()
    sender = QueryDict(mutable=True)
    sender.update({"seats": "4", "lets_pass": forged, "reason": "Jo"})
    form = SeatsForm(sender)
    assert form.is_valid()
    assert form.staff(request).lets_pass == frozenset()


def test_a_page_where_nothing_is_broken_shows_nothing_of_it() -> None:
    form = sent("seats=4")
    assert deeds.is_done(lambda: None, form)
    assert page(form).strip() == ""
    assert [field.name for field in form.own_fields] == ["seats"]


def test_each_rule_is_said_and_sent_back_with_the_button() -> None:
    form = sent("seats=4")
    assert not deeds.is_done(refusing(BROKEN), form)
    assert form.broken == BROKEN
    assert not form.errors  # asked, not refused
    text = page(form)
    assert "Somebody came earlier." in text
    assert "Kept for &lt;callers&gt;." in text
    for override in BROKEN:
        assert f'<input type="hidden" name="lets_pass" value="{override}">' in text
    assert text.count('type="submit"') == 1


def test_only_what_is_broken_now_is_sent_back_not_what_came_in() -> None:
    form = sent("seats=4&lets_pass=age&lets_pass=order&reason=Jo")
    assert not deeds.is_done(refusing({"order": "Earlier."}), form)
    assert 'value="age"' not in page(form)


def test_no_reason_for_what_was_shown_is_asked_for_beside_its_field() -> None:
    form = sent("seats=4&lets_pass=order&lets_pass=held&reason=+++")
    assert not deeds.is_done(refusing(BROKEN), form)
    assert set(form.errors) == {"reason"}
    assert str(form.errors["reason"]) in page(form)


def test_a_rule_that_was_not_shown_before_is_shown_first_with_the_reason_kept() -> None:
    form = sent("seats=4&lets_pass=order&reason=Jo+slima")
    assert not deeds.is_done(refusing(BROKEN), form)
    assert not form.errors
    assert 'value="Jo slima"' in page(form)
    assert 'value="held"' in page(form)


@pytest.mark.parametrize(("text", "wrong"), [("reason=" + "x" * 201, True), ("reason=%00", True), ("", False)])
def test_a_reason_that_cannot_be_kept_is_refused(text: str, wrong: bool) -> None:
    form = SeatsForm(QueryDict(f"seats=4&{text}"))
    assert (set(form.errors) == {"reason"}) is wrong


def test_a_form_with_a_prefix_sends_its_own_names() -> None:
    form = SeatsForm(QueryDict("a-seats=4&a-lets_pass=order"), prefix="a")
    assert form.is_valid()
    assert not deeds.is_done(refusing(BROKEN), form)
    assert 'name="a-lets_pass" value="held"' in page(form)
    assert 'name="a-reason"' in page(form)


def test_a_plain_form_cannot_let_anything_pass() -> None:
    """A page that forgot to ask would swallow the question; it breaks instead."""
    with pytest.raises(NeedsReason):
        deeds.is_done(refusing(BROKEN), forms.Form(QueryDict("x=1")))


def test_other_refusals_stand_in_the_form_as_before() -> None:
    def crowded() -> None:
        raise Busy

    def full() -> None:
        raise NoRoom("Full.", field="seats")

    busy, refused = sent("seats=4"), sent("seats=4")
    assert not deeds.is_done(crowded, busy)
    assert busy.has_error("__all__", code="busy")
    assert not deeds.is_done(full, refused)
    assert refused.errors == {"seats": ["Full."]}
    assert page(busy).strip() == page(refused).strip() == ""
