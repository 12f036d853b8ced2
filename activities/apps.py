"""The app's name and label; when it is ready its kinds of notice are known."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from activities.proposing import letters
        from kopiena.floor import outbox

        outbox.register(letters.KINDS)
