"""The floor: what every other app stands on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FloorConfig(AppConfig):
    name = "kopiena.floor"
    label = "floor"
    verbose_name = _("Centre and staff")

    def ready(self) -> None:
        from kopiena.floor import (
            checks,  # noqa: F401 registers the start-up checks
            outbox,
            sign_in_letters,
        )

        outbox.register(sign_in_letters.KINDS)
