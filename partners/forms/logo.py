"""The institution's logo: a picture beside its name, which says all that it shows."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.utils.translation import gettext as _

from partners.acting import Desk
from partners.forms.picture import PictureFields, PicturePart
from partners.taking_in import key_of, name_of


class LogoForm(PictureFields):
    """A picture without words of its own."""

    def __init__(self, data: Any = None, files: Any = None, *, desk: Desk, now: datetime) -> None:
        current = desk.institution.logo.name or ""
        super().__init__(
            data,
            files,
            institution=desk.institution,
            by=desk.user,
            now=now,
            current=current,
            initial={"picture": key_of(current)},
        )
        del self.fields["picture_alt"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(PicturePart(_("Logo"), asks_words=False))

    def name(self) -> str:
        """What the institution's logo is to be, from a valid form; "" for none."""
        return name_of(self.cleaned_data["picture"], self._of, self._current)
