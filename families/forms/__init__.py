"""The forms of families. A form checks what was typed; it never saves and holds no HTML."""

from families.forms.find import FindForm
from families.forms.party import PartyForm
from families.forms.sign_up import SignUpForm

__all__ = ["FindForm", "PartyForm", "SignUpForm"]
