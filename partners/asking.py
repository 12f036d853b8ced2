"""Institutions are asked to take part in a project; each answers once, and who agrees stands on its page."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kopiena.floor import outbox
from partners.models import Asking, Institution, Membership, Project

PARTNER_ASKED = "partner_asked"
ABOUT = "asking:"


def ask(project: Project, institutions: Iterable[Institution], *, asked_by: Institution, now: datetime) -> list[Asking]:
    """Ask each that takes no part yet and was never asked; its people get a letter. Inside a transaction."""
    settled = {
        asked_by.pk,
        *project.institutions.values_list("pk", flat=True),
        *project.askings.values_list("institution", flat=True),
    }
    askings = [
        Asking.objects.create(project=project, institution=each, asked_by=asked_by, asked_at=now)
        for each in institutions
        if each.pk not in settled
    ]
    outbox.owe([letter for asking in askings for letter in _letters(asking)], now)
    return askings


def answer(asking_id: int, *, has_agreed: bool, now: datetime) -> bool:
    """Agree or decline; False where it was answered already, and nothing changes then."""
    with transaction.atomic():
        asking = Asking.objects.select_for_update(of=("self",)).select_related("project").get(pk=asking_id)
        if asking.answered_at is not None:
            return False
        asking.has_agreed, asking.answered_at = has_agreed, now
        asking.save(update_fields=["has_agreed", "answered_at"])
        if has_agreed:
            asking.project.institutions.add(asking.institution_id)
        return True


def open_askings(institution: Institution) -> QuerySet[Asking]:
    """What this institution is asked and has not answered, the oldest first."""
    unanswered = Asking.objects.filter(institution=institution, answered_at__isnull=True)
    return (
        unanswered.filter(project__state=Project.State.PUBLISHED).select_related("project", "asked_by").order_by("pk")
    )


def _letters(asking: Asking) -> list[outbox.Owed]:
    """One to each of its people; what a notice is about names both, since each is owed once."""
    people = Membership.objects.filter(institution=asking.institution, user__is_active=True).select_related("user")
    return [
        outbox.Owed(
            about=f"{ABOUT}{asking.pk}:{membership.user_id}",
            kind=PARTNER_ASKED,
            revision=0,
            recipient=membership.user.email,
            language=membership.user.language,
        )
        for membership in people.order_by("pk")
    ]
