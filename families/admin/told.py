"""What a family was told, or is to be told: its notices, on the pages of its registrations and its sent form."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst

from families import notices
from families.admin.ways import sees_contacts
from families.models import Registration, SignUp
from kopiena.floor import outbox
from kopiena.floor.access import is_coordinator
from kopiena.floor.admin import notice_pages, notice_words
from kopiena.floor.models import Notice


@dataclass(frozen=True)
class Told:
    """One notice as a line; each text in the active language."""

    notice: Notice
    page: str
    again: str  # where it is sent again; empty where it cannot be

    @property
    def kind(self) -> str:
        return capfirst(outbox.label_of(self.notice.kind))

    @property
    def state(self) -> Any:
        """With the mail server's own words, escaped."""
        return notice_words.state_and_answer(self.notice)

    @property
    def has_failed(self) -> bool:
        return self.notice.state == Notice.State.FAILED


def told_about(*abouts: str) -> list[Told]:
    """The newest first; one query, however many there are."""
    found = Notice.objects.about(*abouts).order_by("-created_at", "-pk")
    return [Told(each, notice_pages.page_of(each), notice_pages.again_page_of(each)) for each in found]


def told_at(registration: Registration) -> list[Told]:
    """About this registration, and about the whole form it came with."""
    return told_about(notices.about(registration.pk), notices.about_sign_up(registration.sign_up_id))


def told_to(sign_up: SignUp) -> list[Told]:
    """About the whole form, and about each registration it came with."""
    ours = sign_up.registrations.values_list("pk", flat=True)
    return told_about(notices.about_sign_up(sign_up.pk), *map(notices.about, ours))


def may_see_told(request: HttpRequest) -> bool:
    """Whether what families were told is for this member of staff."""
    return is_coordinator(request.user) and request.user.has_perm("floor.view_notice") and sees_contacts(request)
