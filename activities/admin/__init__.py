"""What is offered, in the admin: activities, their dates and meetings, venues, and the count of places."""

# Importing them registers them.
from activities.admin.activity import ActivityAdmin
from activities.admin.capacity import CapacityAdmin
from activities.admin.occurrence import OccurrenceAdmin
from activities.admin.proposal import ProposalAdmin
from activities.admin.venue import RoomAdmin, VenueAdmin

__all__ = ["ActivityAdmin", "CapacityAdmin", "OccurrenceAdmin", "ProposalAdmin", "RoomAdmin", "VenueAdmin"]
