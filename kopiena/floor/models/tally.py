"""How often something was tried, counted in a table that all workers share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Both lie on the way of every sign-up, so each is one statement for all that is asked or counted; the ORM would need
# ten times as long to write the first and cannot write the second.
EACH_TRY = "unnest(%(whats)s::text[], %(keys)s::text[], %(sinces)s::timestamptz[]) AS tried(what, key, since)"
ASK = f"SELECT what, key, count FROM floor_tally JOIN {EACH_TRY} USING (what, key) WHERE counted_at > since"
# A count whose window has passed begins anew. In the order of the key, so that two who count the same rows at once
# wait for each other and never both.
COUNT = f"""
WITH tries AS (SELECT * FROM {EACH_TRY})
INSERT INTO floor_tally AS kept (what, key, count, counted_at)
SELECT what, key, 1, %(now)s FROM tries ORDER BY what, key
ON CONFLICT (what, key) DO UPDATE SET (count, counted_at) = (
    SELECT CASE WHEN kept.counted_at > since THEN kept.count + 1 ELSE 1 END,
           CASE WHEN kept.counted_at > since THEN kept.counted_at ELSE EXCLUDED.counted_at END
    FROM tries WHERE tries.what = EXCLUDED.what AND tries.key = EXCLUDED.key
)
"""


@dataclass(frozen=True)
class Try:
    """Who did what, and for how long that counts from their first try; who it was cannot be read from `key`."""

    what: str
    who: str
    window: timedelta = HOUR

    @property
    def key(self) -> str:
        return salted_hmac(f"tally.{self.what}", self.who, algorithm="sha256").hexdigest()


class TallyQuerySet(models.QuerySet["Tally"]):
    """Counts by who tried, within the window that began with their first try."""

    def tries(self, what: str, who: str, now: datetime, window: timedelta = HOUR) -> int:
        """How often `who` did `what` since the window of their first try began."""
        asked = Try(what, who, window)
        return self.tries_of_each([asked], now)[asked]

    def count_one(self, what: str, who: str, now: datetime, window: timedelta = HOUR) -> None:
        """One try more; when the window since the first has passed the count begins anew."""
        self.count_each([Try(what, who, window)], now)

    def tries_of_each(self, asked: Collection[Try], now: datetime) -> dict[Try, int]:
        """How often each was tried, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(ASK, _in_columns(asked, now))
            counts = {(what, key): count for what, key, count in cursor.fetchall()}
        return {each: counts.get((each.what, each.key), 0) for each in asked}

    def count_each(self, tried: Collection[Try], now: datetime) -> None:
        """One try more of each, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, _in_columns(tried, now))


def _in_columns(tries: Collection[Try], now: datetime) -> dict[str, Any]:
    """The tries as EACH_TRY takes them, each once: no statement may count a row twice."""
    each_once = list(dict.fromkeys(tries))
    return {
        "whats": [each.what for each in each_once],
        "keys": [each.key for each in each_once],
        "sinces": [now - each.window for each in each_once],
        "now": now,
    }


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
