"""How a form is laid out on its page: crispy's helper, with an empty form drawn only once."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# What an empty form looks like follows from its fields and the language alone, and drawing it takes longer than all the
# rest of its page. Kept for as long as the process lives: a handful, since visitors cannot make up fields.
_drawn: dict[tuple[Any, ...], SafeString] = {}


class DrawnOnce(FormHelper):
    """The layout inside a <form> of the template's own; nothing in it may be of one visitor only."""

    def __init__(self, *layout: Any) -> None:
        super().__init__()
        self.form_tag = False
        self.disable_csrf = True
        self.layout = Layout(*layout)

    def render_layout(self, form: forms.BaseForm, *args: Any, **also: Any) -> SafeString:
        """As crispy draws it; an empty form as it was drawn the first time."""
        if form.is_bound or form.initial:
            return super().render_layout(form, *args, **also)
        fields = tuple((name, str(field.label), str(field.help_text)) for name, field in form.fields.items())
        key = (type(form), get_language(), fields)
        if key not in _drawn:
            _drawn[key] = super().render_layout(form, *args, **also)
        return _drawn[key]
