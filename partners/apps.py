"""The app's name and label; when it is ready its letters are known, and who accepts an invitation by a code."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from kopiena.floor import outbox, sign_in_codes
        from partners import asking_letters, letters
        from partners.views import invitation

        outbox.register([*letters.KINDS, *asking_letters.KINDS])
        sign_in_codes.on_arrival(invitation.arrived)
