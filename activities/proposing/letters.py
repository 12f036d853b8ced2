"""The letters about a proposal: it waits for the office; it was approved; it was returned, with the note."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from activities.models import Proposal
from activities.proposing import told
from activities.proposing.compared import kind_in_words, row_of
from kopiena.floor import coordinators
from kopiena.floor.dates import language_or_active
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter, Pointless, Way
from kopiena.floor.said import Said, said
from partners.addressees import acts_for


def proposed(notice: Notice, now: datetime) -> Letter:
    """To the office: something waits to be decided."""
    proposal = _found(notice, Proposal.State.PROPOSED)
    if notice.recipient not in coordinators.addresses().values():
        raise Pointless(Notice.Reason.NOT_SO)
    return Letter(
        subject=_("Waits for approval: %(title)s") % {"title": _title(proposal)},
        greeting=_("Hello!"),
        paragraphs=[_("An institution has sent a proposal. It is published only when you approve it.")],
        about=_title(proposal),
        facts=[
            (_("Institution"), _institution(proposal)),
            (capfirst(_("kind")), kind_in_words(proposal)),
        ],
        ways=[Way(_("See it and decide"), _page("admin:activities_proposal_change", proposal.pk))],
    )


def approved(notice: Notice, now: datetime) -> Letter:
    """To whoever sent it: everybody can see it now."""
    proposal = _decided(notice, Proposal.State.APPROVED)
    row: Any = row_of(proposal)
    is_public = bool(getattr(row, "is_public", False) or getattr(row, "is_published", False))
    ways = [Way(_("Open our desk"), _page("families:desk", proposal.institution.slug))]
    if is_public:
        ways = [Way(_("See it on the site"), settings.SITE_URL + row.get_absolute_url()), *ways]
    return Letter(
        subject=_("Approved: %(title)s") % {"title": _title(proposal)},
        greeting=_("Hello!"),
        paragraphs=[
            _("The centre has approved what your institution (%(institution)s) proposed, and it is published.")
            % {"institution": _institution(proposal)}
        ],
        about=_title(proposal),
        facts=[(capfirst(_("kind")), proposal.get_kind_display())],
        ways=ways,
    )


def returned(notice: Notice, now: datetime) -> Letter:
    """To whoever sent it: what should be different, and the way to it."""
    proposal = _decided(notice, Proposal.State.RETURNED)
    return Letter(
        subject=_("Returned with a note: %(title)s") % {"title": _title(proposal)},
        greeting=_("Hello!"),
        paragraphs=[
            _("The centre has returned what your institution (%(institution)s) proposed, and asks you to mend it.")
            % {"institution": _institution(proposal)}
        ],
        about=_title(proposal),
        facts=[(pgettext("letter", "Note"), proposal.note)],
        ways=[Way(_("Open and mend it"), _page("activities:draft", proposal.institution.slug, proposal.pk))],
        afterwards=[
            _("Everything you wrote is kept. When you have mended it, send it once more."),
            *([_("What is already published stays as it is meanwhile.")] if proposal.is_change else []),
        ],
    )


def _found(notice: Notice, state: str) -> Proposal:
    """The proposal as the notice left it. Raises Pointless where it is gone, or has moved on since."""
    number = notice.about.removeprefix(told.ABOUT).partition(":")[0]
    rows = Proposal.objects.select_related("institution", "project", "activity")
    proposal = rows.filter(pk=int(number)).first()
    if proposal is None:
        raise Pointless(Notice.Reason.ERASED)
    moment = proposal.proposed_at if state == Proposal.State.PROPOSED else proposal.decided_at
    if proposal.state != state or moment is None or notice.details.get("at") != moment.isoformat():
        raise Pointless(Notice.Reason.NOT_SO)
    return proposal


def _decided(notice: Notice, state: str) -> Proposal:
    """The same, for somebody who still acts for the institution."""
    proposal = _found(notice, state)
    if not acts_for(proposal.institution_id, notice.recipient):
        raise Pointless(Notice.Reason.NOT_SO)
    return proposal


def _title(proposal: Proposal) -> Said:
    """As the institution wrote it, in its one language."""
    return Said(proposal.title, proposal.language, is_fallback=proposal.language != language_or_active())


def _institution(proposal: Proposal) -> str:
    return said(proposal.institution, "short_name").text


def _page(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


KINDS = [
    Kind(
        told.PROPOSED,
        gettext_lazy("to the office: a proposal waits"),
        proposed,
        outdates=frozenset({told.PROPOSED}),
    ),
    Kind(told.APPROVED, gettext_lazy("proposal approved"), approved, outdates=frozenset({told.RETURNED})),
    Kind(told.RETURNED, gettext_lazy("proposal returned"), returned, outdates=frozenset({told.RETURNED})),
]
