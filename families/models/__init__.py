"""Who takes part: sent forms, registrations, and the people in them."""

from families.models.participant import Participant
from families.models.registration import Registration
from families.models.sign_up import SignUp

__all__ = ["Participant", "Registration", "SignUp"]
