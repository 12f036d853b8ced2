"""What is offered: activities, when they take place, where, and how many places there are."""

from activities.models.activity import Activity
from activities.models.capacity import Capacity
from activities.models.finding import Findable, KnownWord
from activities.models.meeting import Meeting
from activities.models.need import Need
from activities.models.occurrence import Occurrence
from activities.models.proposal import Proposal
from activities.models.venue import Room, Venue

__all__ = [
    "Activity",
    "Capacity",
    "Findable",
    "KnownWord",
    "Meeting",
    "Need",
    "Occurrence",
    "Proposal",
    "Room",
    "Venue",
]
