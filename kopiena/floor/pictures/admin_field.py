"""Pictures uploaded in the office go through the same door, and say what they show."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kopiena.floor.pictures.alternative import why_not
from kopiena.floor.pictures.storing import Unfit, store

LANGUAGES = ("lv", "ru", "en")


class TakenInField(forms.FileField):
    """An image field's form field: gives the name of what was made of the file, never the file."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "allow_empty_file": True, "max_length": None})
        self.sent = ""  # the name of the file that came with this form

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        try:
            name = store(file).name
        except Unfit as unfit:
            raise ValidationError(unfit.message) from None
        self.sent = file.name or "-"
        return name


class SaysWhatItShows(forms.ModelForm):
    """Asks for the words of each picture that comes with the form, where the row has a place for them."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, TakenInField) and field.sent and f"{name}_alt_lv" in self.fields:
                self._check_words(name, field.sent)
        return cleaned

    def _check_words(self, name: str, file_name: str) -> None:
        fields = [f"{name}_alt_{language}" for language in LANGUAGES if f"{name}_alt_{language}" in self.fields]
        written = [field for field in fields if str(self.cleaned_data.get(field) or "").strip()]
        for field in written or fields[:1]:
            if field not in self.errors and (words := why_not(str(self.cleaned_data[field]), file_name)):
                self.add_error(field, words)
