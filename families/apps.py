"""The app's name and label; when it is ready its kinds of notice are known."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        from families import letters
        from families.letters import to_an_institution
        from kopiena.floor import outbox

        outbox.register(letters.ALL)
        outbox.register(to_an_institution.KINDS)
