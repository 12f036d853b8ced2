"""Who may act for an institution, as letters ask it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from partners.models import Membership


def acting_for(institutions: Iterable[int]) -> QuerySet[Membership]:
    """The memberships of those who may act for these today, with their people, in a lasting order."""
    ours = Membership.objects.filter(institution__in=list(institutions), user__is_active=True)
    return ours.select_related("user", "institution").order_by("institution", "pk")


def acts_for(institution_id: int, email: str) -> bool:
    """Whether whoever has this e-mail may act for it today."""
    return acting_for([institution_id]).filter(user__email=email).exists()


def answerable(institution_id: int, user_id: int | None) -> list[Membership]:
    """Who is to hear what became of something: whoever did it; else those who manage; else all who act for it."""
    people = list(acting_for([institution_id]))
    did_it = [each for each in people if each.user_id == user_id]
    managers = [each for each in people if each.role == Membership.Role.MANAGER]
    return did_it or managers or people
