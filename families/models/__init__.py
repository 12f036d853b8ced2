"""Who takes part: sent forms, registrations, the people in them, and who really came."""

from families.models.attendance import Attendance
from families.models.participant import Participant
from families.models.registration import Registration
from families.models.sign_up import SignUp

__all__ = ["Attendance", "Participant", "Registration", "SignUp"]
