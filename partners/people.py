"""Who acts for an institution changes: their sessions end, and what they made stays with the institution."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kopiena.floor.models import User
from partners.models import Institution, Membership
from partners.refusals import Refused


@transaction.atomic
def change_role(membership_id: int, role: str, *, now: datetime) -> bool:
    """Make somebody editor or manager; False where they are it already. Raises Refused for the last manager."""
    membership = _locked(membership_id)
    if membership.role == role:
        return False
    if role != Membership.Role.MANAGER:
        _keep_a_manager_without(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    User.end_sessions(membership.user_id)
    return True


@transaction.atomic
def remove(membership_id: int, *, now: datetime) -> None:
    """Somebody acts for this institution no more, from their next click on. Raises Refused for the last manager."""
    membership = _locked(membership_id)
    _keep_a_manager_without(membership)
    membership.delete()
    User.end_sessions(membership.user_id)


def _locked(membership_id: int) -> Membership:
    """The membership; all others of its institution stand still, so that two managers never remove each other."""
    institutions = Membership.objects.filter(pk=membership_id).values("institution_id")
    Institution.objects.select_for_update(no_key=True).filter(pk__in=institutions).first()
    membership = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if membership is None:  # another manager removed them in this moment, or the button was pressed twice
        raise Refused(_("This person does not act for the institution any more."))
    return membership


def _keep_a_manager_without(membership: Membership) -> None:
    managers = Membership.objects.filter(institution=membership.institution_id, role=Membership.Role.MANAGER)
    if membership.role == Membership.Role.MANAGER and not managers.exclude(pk=membership.pk).exists():
        raise Refused(_("Somebody must answer for the colleagues: first make another person a manager."))
