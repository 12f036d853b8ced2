"""An empty form is drawn once for each language and set of fields; one that was filled in is drawn as it stands."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from kopiena.floor import form_layout
from kopiena.floor.form_layout import DrawnOnce


class Asked(forms.Form):
    """One question."""

    phone = forms.CharField(label=gettext_lazy("Phone"), required=False)

    def __init__(self, *args: object, more: bool = False, **also: object) -> None:
        super().__init__(*args, **also)
        if more:
            self.fields["more"] = forms.CharField(label="More", required=False)
        self.helper = DrawnOnce(*(Field(name) for name in self.fields))


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_layout, "_drawn", {})


@pytest.fixture
def times_drawn(monkeypatch: pytest.MonkeyPatch) -> list[forms.BaseForm]:
    """Each form that crispy was asked to draw."""
    drawn: list[forms.BaseForm] = []
    draw = FormHelper.render_layout

    def counted(self: FormHelper, form: forms.BaseForm, *args: object, **also: object) -> str:
        drawn.append(form)
        return draw(self, form, *args, **also)

    monkeypatch.setattr(FormHelper, "render_layout", counted)
    return drawn


def as_crispy_draws_it(form: forms.Form) -> str:
    plain = FormHelper()
    plain.form_tag, plain.disable_csrf = False, True
    plain.layout = Layout(*(Field(name) for name in form.fields))
    form.helper = plain
    return render_crispy_form(form)


def test_an_empty_form_is_drawn_once_and_looks_as_crispy_draws_it(times_drawn: list[forms.BaseForm]) -> None:
    first, second = render_crispy_form(Asked()), render_crispy_form(Asked())

    assert len(times_drawn) == 1
    assert first == second == as_crispy_draws_it(Asked())


def test_a_form_with_other_fields_or_in_another_language_is_another(times_drawn: list[forms.BaseForm]) -> None:
    with translation.override("lv"):
        latvian, longer = render_crispy_form(Asked()), render_crispy_form(Asked(more=True))
    with translation.override("ru"):
        russian = render_crispy_form(Asked())

    assert len(times_drawn) == 3
    assert 'name="more"' in longer
    assert 'name="more"' not in latvian
    assert "Tālrunis" in latvian
    assert "Телефон" in russian


@pytest.mark.parametrize("given", [{"data": {"phone": "20000001"}}, {"initial": {"phone": "20000001"}}])
def test_what_one_visitor_typed_is_shown_to_no_other(given: dict[str, dict[str, str]]) -> None:
    filled = render_crispy_form(Asked(**given))

    assert 'value="20000001"' in filled
    assert render_crispy_form(Asked()) == as_crispy_draws_it(Asked())
    assert render_crispy_form(Asked(**given)) == filled
