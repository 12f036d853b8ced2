"""Who takes part, in the admin: lists to look at, and the office's deeds that go through the gate."""

# Importing them registers them; OccurrenceAdmin and NoticeAdmin take the places of those of `activities` and the floor.
from families.admin.notice import NoticeAdmin
from families.admin.occurrence import OccurrenceAdmin
from families.admin.participant import ParticipantAdmin
from families.admin.registration import RegistrationAdmin
from families.admin.sign_up import SignUpAdmin

__all__ = ["NoticeAdmin", "OccurrenceAdmin", "ParticipantAdmin", "RegistrationAdmin", "SignUpAdmin"]
