"""How often something was tried, counted in a table that all workers share."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

WINDOW = timedelta(hours=1)


class TallyQuerySet(models.QuerySet["Tally"]):
    """Counts by who tried, within the last hour."""

    def tries(self, what: str, who: str, now: datetime) -> int:
        """How often `who` did `what` since the hour of their first try began."""
        found = self.filter(what=what, key=_key(what, who), counted_at__gt=now - WINDOW).first()
        return found.count if found else 0

    def count_one(self, what: str, who: str, now: datetime) -> None:
        """One try more; an hour after the first the count begins anew."""
        row, is_new = self.get_or_create(what=what, key=_key(what, who), defaults={"count": 1, "counted_at": now})
        if is_new:
            return
        if not self.filter(pk=row.pk, counted_at__gt=now - WINDOW).update(count=F("count") + 1):
            self.filter(pk=row.pk).update(count=1, counted_at=now)


class Tally(models.Model):
    """A count for one address or contact; only a keyed fingerprint of it is kept."""

    what = models.CharField(_("what"), max_length=40)
    key = models.CharField(_("who"), max_length=64)
    count = models.PositiveIntegerField(_("how often"), default=0)
    counted_at = models.DateTimeField(_("since"))

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")
        constraints = [
            models.UniqueConstraint(
                fields=["what", "key"], name="tally_once", violation_error_message=_("This is counted already.")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def _key(what: str, who: str) -> str:
    return salted_hmac(f"tally.{what}", who, algorithm="sha256").hexdigest()
