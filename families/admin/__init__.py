"""Who takes part, in the admin: lists to look at, and the office's deeds that go through the gate."""

# Importing them registers them; OccurrenceAdmin takes the place of the one of `activities`.
from families.admin.occurrence import OccurrenceAdmin
from families.admin.participant import ParticipantAdmin
from families.admin.registration import RegistrationAdmin
from families.admin.sign_up import SignUpAdmin

__all__ = ["OccurrenceAdmin", "ParticipantAdmin", "RegistrationAdmin", "SignUpAdmin"]
