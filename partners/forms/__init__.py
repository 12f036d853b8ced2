"""Forms about institutions' people."""

from partners.forms.colleagues import InviteForm, LettersForm, RoleForm
from partners.forms.join import JoinForm

__all__ = ["InviteForm", "JoinForm", "LettersForm", "RoleForm"]
