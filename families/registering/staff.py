"""Who of the staff does a deed, and what they let pass with a reason: age, time, kept places, order; never `places`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from families.models import Registration
from families.refusals import NeedsReason
from kopiena.floor.models import User

Override = Registration.Override


@dataclass(frozen=True)
class Staff:
    """A person of the staff at work; `lets_pass` names rules (Override) they break knowingly, `reason` says why."""

    by: User
    lets_pass: frozenset[str] = frozenset()
    reason: str = ""

    def allows(self, broken: dict[str, str]) -> bool:
        """Whether each broken rule is one they let pass, with a reason."""
        return not broken or (bool(self.reason.strip()) and broken.keys() <= self.lets_pass)

    def answer_for(self, registration: Registration, broken: dict[str, str]) -> None:
        """Write onto the registration what was let pass and why; refuse what they did not let pass."""
        if not self.allows(broken):
            raise NeedsReason(broken)
        if broken:
            registration.overrides = sorted({*registration.overrides, *broken})
            registration.override_reason = self.reason.strip()[:200]


def held_is_used() -> str:
    return _("These places are kept for people who sign up by phone.")


def order_is_broken() -> str:
    return _("Somebody who came earlier is waiting, and these places would be enough for them.")
