"""The address of a page on the site, made from the title where the office left it empty."""

from typing import Any

from kopiena.floor.addresses import free_address
from kopiena.floor.pictures.admin_field import SaysWhatItShows
from kopiena.floor.said import ORDER


class AddressedForm(SaysWhatItShows):
    """A form of something with a page of its own; `address_from` names the field its address is made of.

    Where that is empty, another language's is taken.
    """

    address_from = "title_lv"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if "slug" in self.fields and "slug" not in self.errors and not given.get("slug"):
            name = self.address_from.removesuffix("_lv")
            titles = (given.get(f"{name}_{language}") for language in ORDER["lv"])
            title = next((title for title in titles if title), "")
            given["slug"] = free_address(self._meta.model, title, apart_from=self.instance.pk)
        return cleaned
