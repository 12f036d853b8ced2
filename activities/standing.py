"""Where a date stands at a moment: what is free and for whom, and until when. Pages, gate and checks all ask here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from activities.models import Activity, Capacity, Meeting, Occurrence
from activities.models.occurrence import SignUpState


def bounds(meetings: Sequence[Meeting]) -> tuple[datetime | None, datetime | None]:
    """When the first meeting begins and the last ends; what is called off counts only where all is."""
    counted = [meeting for meeting in meetings if not meeting.is_cancelled] or list(meetings)
    starts_at = min((meeting.starts_at for meeting in counted), default=None)
    return starts_at, max((meeting.ends_at for meeting in counted), default=None)


@dataclass
class Standing:
    """One date at one moment. `starts_at` is the first meeting that takes place, None while there is no date yet."""

    occurrence: Occurrence
    capacity: Capacity
    starts_at: datetime | None
    has_no_meeting_left: bool  # each of them is called off
    now: datetime

    @classmethod
    def of(cls, occurrence: Occurrence, capacity: Capacity, now: datetime) -> Self:
        """Where a date fetched with `timed()` and `with_meetings_held()` stands."""
        has_no_meeting_left = occurrence.starts_at is not None and not occurrence.meetings_held
        return cls(occurrence, capacity, occurrence.starts_at, has_no_meeting_left, now)

    @property
    def activity(self) -> Activity:
        return self.occurrence.activity

    @property
    def is_called_off(self) -> bool:
        """As a whole, or meeting by meeting."""
        return self.occurrence.is_cancelled or self.has_no_meeting_left

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= self.now

    @property
    def state(self) -> SignUpState:
        """Whether one may sign up; what is called off is so even where nobody need sign up."""
        if self.is_called_off:
            return SignUpState.CANCELLED
        return self.occurrence.sign_up_state(self.now, self.starts_at)

    @property
    def free_for_web(self) -> int | None:
        """Places for the web and the queue: places − taken − those still kept for callers; None without a limit."""
        return self.capacity.free_for_web(self.now)

    @property
    def free_for_groups(self) -> int | None:
        """Of these the places groups may have: never past their own limit; None without any limit."""
        both = (self.free_for_web, self.capacity.free_for_groups())
        return min((free for free in both if free is not None), default=None)

    @property
    def free_for_coordinator(self) -> int | None:
        """Places − taken: the coordinator may give the kept ones too, never more than there are."""
        return self.capacity.free_for_coordinator()

    @property
    def held_left(self) -> int:
        """Places still kept for callers."""
        return self.capacity.held_left(self.now)

    @property
    def promotes_until(self) -> datetime | None:
        """Until when freed places go to the queue by themselves; never past the beginning."""
        if self.starts_at is None:
            return None
        return min(self.occurrence.promotes_until(self.starts_at), self.starts_at)

    @property
    def promotes(self) -> bool:
        """Whether freed places still go to the queue by themselves; later they are the coordinator's to give."""
        until = self.promotes_until
        return until is not None and not self.is_called_off and self.now < until

    @property
    def has_stopped_promoting(self) -> bool:
        """Whether the moment has passed, so that who still waits is owed the word that no place came free."""
        until = self.promotes_until
        return until is not None and not self.is_called_off and until <= self.now
