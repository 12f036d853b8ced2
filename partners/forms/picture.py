"""A picture in a form of the desk: the file, what it shows, and the declaration about children.

class ProjectForm(PictureFields, forms.Form): ...
form = ProjectForm(request.POST, request.FILES, initial=content, institution=…, by=…, now=…, current=row.picture.name)
Layout(..., PicturePart(), ...)        # in <form enctype="multipart/form-data">, at an address marked @takes_files
content |= form.picture_content()      # {"picture": key, "picture_alt": words}, valid or not
row.picture = taking_in.name_of(content["picture"], institution, row.picture.name)
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.layout import Fieldset, LayoutObject
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor.models import User
from kopiena.floor.pictures.alternative import why_not
from partners.models import Institution, Picture
from partners.taking_in import Unfit, name_of, take_in

ACCEPTED = "image/jpeg,image/png,image/webp"  # for the browser's list of files only: what is in them decides


class KeyField(forms.CharField):
    """The picture already taken in; whatever could be none is as if it were not there."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        return value if isinstance(value, str) and re.fullmatch(r"[\w./-]{1,100}", value, re.ASCII) else ""


class PictureShown(LayoutObject):
    """What was taken in, and how far one is that is being sent (static/js/picture.js)."""

    def render(self, form: Any, context: Any, *args: Any, **also: Any) -> SafeString:
        return render_to_string("desk/_picture_shown.html", {"name": form.shown_picture})


class PicturePart(Fieldset):
    """The fields of the picture under their legend, in the order they are asked."""

    template = "desk/_picture_part.html"

    def __init__(self, legend: str = "", *, asks_words: bool = True) -> None:
        file = ("picture_declared", "picture_file", "picture")
        words = ["picture_alt"] if asks_words else []
        super().__init__(legend or _("Picture"), *file, PictureShown(), *words, "picture_remove")


class PictureFields(forms.Form):
    """Takes the file in when it is checked, so that it is not lost when the form comes back for something else.

    `current` is the name of the picture that stands on the published page, if one does.
    """

    class Media:
        js = (forms.Script("js/picture.js", defer=True),)

    picture_declared = forms.BooleanField(
        label=gettext_lazy("No child can be recognised in the picture, or we keep the permission of the parents."),
        required=False,
    )
    picture_file = forms.FileField(
        label=gettext_lazy("File of the picture"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 10 MB. Place and time of taking it are removed."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-most": settings.PICTURE_MAX_BYTES}),
        error_messages={"invalid": gettext_lazy("Choose the file once more.")},
    )
    picture = KeyField(required=False)
    picture_alt = forms.CharField(
        label=gettext_lazy("What does the picture show?"),
        help_text=gettext_lazy("For those who cannot see it. For example: Children plant tulips."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        error_messages={"max_length": gettext_lazy("Please write it in at most 200 letters.")},
    )
    picture_remove = forms.BooleanField(label=gettext_lazy("Remove the picture"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        institution: Institution,
        by: User,
        now: datetime,
        current: str = "",
        **also: Any,
    ) -> None:
        self._of, self._by, self._at, self._current = institution, by, now, current
        self._taken_in: Picture | None = None
        super().__init__(data, files if data is not None else None, **also)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("picture_file")
        cleaned["picture"] = self._chosen(cleaned, file)
        self._remember(cleaned["picture"])
        if cleaned["picture"] and "picture_alt" in self.fields and "picture_alt" not in self.errors:
            words = why_not(cleaned.get("picture_alt", ""), file.name if file else "")
            if words:
                self.add_error("picture_alt", words)
        return cleaned

    def picture_content(self) -> dict[str, str]:
        """What a draft keeps of it, however unfinished the rest of the form is."""
        if self.is_bound:
            self.errors  # noqa: B018  # taken in now, if it was not yet
            alt = self.data.get("picture_alt", "")
        else:
            alt = self.initial.get("picture_alt", "")
        key = self._key()
        return {"picture": key, "picture_alt": " ".join(str(alt).replace("\0", "").split())[:200] if key else ""}

    def taken_in(self) -> Picture | None:
        """The picture made of the file that came with the form; None where none came or it was unfit."""
        self.errors  # noqa: B018  # taken in now, if it was not yet
        return self._taken_in

    @property
    def shown_picture(self) -> str:
        """The name of the picture that goes with the form now; "" for none."""
        return name_of(self._key(), self._of, self._current)

    def _chosen(self, cleaned: dict[str, Any], file: Any) -> str:
        key: str = "" if cleaned.get("picture_remove") else cleaned.get("picture", "")
        key = key if name_of(key, self._of, self._current) else ""
        if file is None or "picture_file" in self.errors:
            return key
        if not cleaned.get("picture_declared"):
            self.add_error("picture_declared", _("Tick this and choose the file once more, or leave the picture out."))
            return key
        try:
            self._taken_in = take_in(file, self._of, by=self._by, now=self._at)
            return self._taken_in.key
        except Unfit as unfit:
            self.add_error("picture_file", unfit.message)
            return key

    def _key(self) -> str:
        value = (self.data if self.is_bound else self.initial).get("picture", "")
        return value if isinstance(value, str) else ""

    def _remember(self, key: str) -> None:
        """The form comes back with what was taken in, not with what was sent."""
        data: Any = self.data
        data = data.copy()
        data["picture"] = key
        data.pop("picture_remove", None)
        self.data = data
