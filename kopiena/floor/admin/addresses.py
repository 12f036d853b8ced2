"""The address of a page on the site, made from the Latvian title where the office left it empty."""

from typing import Any

from django.utils.text import slugify

from kopiena.floor.pictures.admin_field import SaysWhatItShows


class AddressedForm(SaysWhatItShows):
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
            given["slug"] = self._free_address(given.get(self.address_from) or "")
        return cleaned

    def _free_address(self, title: str) -> str:
        """ "Ķīmijas šķūnis" becomes kimijas-skunis, the second of that name kimijas-skunis-2."""
        model = self._meta.model
        longest = model._meta.get_field("slug").max_length
        others = model._default_manager.exclude(pk=self.instance.pk)
        stem = slugify(title)[: longest - 5].strip("-") or model._meta.model_name
        address, number = stem, 1
        while others.filter(slug=address).exists():
            number += 1
            address = f"{stem}-{number}"
        return address
