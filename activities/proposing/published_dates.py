"""The dates an activity has already: people may have signed up, so a change shows them and leaves them alone."""

from dataclasses import dataclass
from datetime import datetime

from activities.models import Activity, Meeting
from activities.offer import when
from kopiena.floor import dates


@dataclass(frozen=True)
class PublishedDates:
    """Every meeting of what is published, in time."""

    meetings: tuple[Meeting, ...]
    now: datetime

    @classmethod
    def of(cls, activity: Activity | None, now: datetime) -> "PublishedDates":
        """Those of this activity; of what is new there are none."""
        if activity is None:
            return cls((), now)
        found = Meeting.objects.filter(occurrence__activity=activity).order_by("starts_at", "pk")
        return cls(tuple(found), now)

    @property
    def is_any(self) -> bool:
        return bool(self.meetings)

    @property
    def beginnings(self) -> list[datetime]:
        return [meeting.starts_at for meeting in self.meetings]

    @property
    def coming(self) -> list[str]:
        """Those not over yet, in words."""
        today = dates.local_day(self.now)
        return [when(meeting, today) for meeting in self.meetings if meeting.ends_at > self.now]
