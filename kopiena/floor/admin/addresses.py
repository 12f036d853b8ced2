"""The address of a page on the site, made from the Latvian title where the office left it empty."""

from typing import Any

from django import forms
from django.utils.text import slugify


class AddressedForm(forms.ModelForm):
    """A form of something with a page of its own; `address_from` names the field its address is made of."""

    address_from = "title_lv"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if "slug" in self.fields and "slug" not in self.errors and not given.get("slug"):
            given["slug"] = free_address(self._meta.model, given.get(self.address_from) or "", self.instance.pk)
        return cleaned


def free_address(model: Any, title: str, own: int | None = None) -> str:
    """ "Ķīmijas šķūnis" becomes kimijas-skunis, the second of that name kimijas-skunis-2; `own` is the row itself."""
    longest = model._meta.get_field("slug").max_length
    others = model._default_manager.exclude(pk=own)
    stem = slugify(title)[: longest - 5].strip("-") or model._meta.model_name
    address, number = stem, 1
    while others.filter(slug=address).exists():
        number += 1
        address = f"{stem}-{number}"
    return address
