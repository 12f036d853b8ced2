"""The app's name and label; when it is ready its kinds of notice are known."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from kopiena.floor import outbox
        from partners import asking_letters

        outbox.register(asking_letters.KINDS)
