"""Notices in the admin, extended from above: what each tells of, and where a letter goes today."""

from typing import Any

from django.contrib import admin
from django.db.models import BigIntegerField, Case, CharField, Func, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Proposal
from activities.proposing import told
from families import gate, notices
from families.admin import deeds
from families.admin.finding import FoundByNumber
from families.admin.one import page_of
from families.admin.ways import sees_contacts
from families.desk import daily
from families.models import Registration, SignUp
from kopiena.floor import dates
from kopiena.floor.admin import NoticeAdmin as AnyNoticeAdmin
from kopiena.floor.admin.notice_pages import SENT_AGAIN
from kopiena.floor.models import Notice
from kopiena.floor.said import in_language
from partners.models import Institution

admin.site.unregister(Notice)


def number_after(prefix: str, more: str = "") -> Case:
    """The number of the row it tells of, where it tells of such a row at all; `more` is what follows it."""
    found = Func("about", Value(":"), Value(2), function="split_part", output_field=CharField())
    return Case(When(about__regex=rf"^{prefix}[0-9]{{1,18}}{more}$", then=Cast(found, BigIntegerField())))


@admin.register(Notice)
class NoticeAdmin(FoundByNumber, AnyNoticeAdmin):
    """What families, institutions and the office were told, with the ways to what it was about."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """With what each is about, in the same one query."""
        registrations = Registration.objects.filter(pk=OuterRef("registration_id"))
        sign_ups = SignUp.objects.filter(pk=OuterRef("sign_up_id"))
        rows = super().get_queryset(request)
        rows = rows.annotate(
            registration_id=number_after(notices.ABOUT),
            sign_up_id=number_after(notices.ABOUT_SIGN_UP),
            proposal_id=number_after(told.ABOUT, ":[a-z]+:[0-9]+"),
            institution_id=number_after(daily.ABOUT, ":[0-9-]{10}:user:[0-9]+"),
        )
        proposals = Proposal.objects.filter(pk=OuterRef("proposal_id"))
        institutions = Institution.objects.filter(pk=OuterRef("institution_id"))
        return rows.annotate(
            proposal=Subquery(proposals.annotate(named=KeyTextTransform("title", "content")).values("named")[:1]),
            institution=Subquery(institutions.values("short_name_lv")[:1]),
            activity=Subquery(registrations.values(title=in_language("occurrence__activity__title", "lv"))[:1]),
            contact=Subquery(registrations.values("sign_up__contact_name")[:1]),
            sender=Subquery(sign_ups.values("contact_name")[:1]),
        )

    def sees_recipients(self, request: HttpRequest) -> bool:
        return super().sees_recipients(request) and sees_contacts(request)

    @admin.display(description=gettext_lazy("about"), ordering="about")
    def about_shown(self, notice: Any) -> Any:
        """Whose, and the way to it; the number where no name was given."""
        if notice.activity is not None:
            address, words = page_of(notice.registration_id), notice.activity
            name = notice.contact or f"#{notice.registration_id}"
        elif notice.sender is not None:
            address, words = reverse("admin:families_signup_change", args=[notice.sign_up_id]), _("sent form")
            name = notice.sender or f"#{notice.sign_up_id}"
        elif notice.proposal is not None:
            address, words = reverse("admin:activities_proposal_change", args=[notice.proposal_id]), _("proposal")
            name = notice.proposal or f"#{notice.proposal_id}"
        elif notice.institution is not None:
            address = reverse("admin:partners_institution_change", args=[notice.institution_id])
            name, words = notice.institution, dates.plain_day(daily.DeskDay.of(notice.about).day)
        else:
            return self.get_empty_value_display()  # a phone, an account: the kind says enough
        return format_html('<a href="{}">{}</a><br>{}', address, name, words)

    def recipient_now(self, notice: Notice) -> str:
        """The e-mail that stands on the sent form today; the one it was written for where there is none."""
        sign_up = sign_up_of(notice)
        return (sign_up.email if sign_up is not None else "") or notice.recipient

    def record(self, request: HttpRequest, notice: Notice) -> None:
        """At the registration or the sent form it tells of."""
        row = registration_of(notice) or sign_up_of(notice)
        if row is None:
            super().record(request, notice)
        else:
            gate.record(deeds.staff(request), row, SENT_AGAIN)

    def back_of(self, notice: Notice) -> str:
        registration = registration_of(notice)
        return page_of(registration.pk) if registration is not None else super().back_of(notice)


def registration_of(notice: Notice) -> Registration | None:
    """The registration it tells of, or None."""
    if not notice.about.startswith(notices.ABOUT):
        return None
    return Registration.objects.select_related("sign_up").filter(pk=notice.about_id()).first()


def sign_up_of(notice: Notice) -> SignUp | None:
    """The sent form it tells of, or that of its registration."""
    registration = registration_of(notice)
    if registration is not None:
        return registration.sign_up
    if not notice.about.startswith(notices.ABOUT_SIGN_UP):
        return None
    return SignUp.objects.filter(pk=notice.about_id()).first()
