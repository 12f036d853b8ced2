"""The letter of invitation."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor import dates
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter, Pointless, Way
from kopiena.floor.said import said
from partners import inviting
from partners.models import Invitation


def invitation(notice: Notice, now: datetime) -> Letter:
    """Which institution, as what, until when, and the link; pointless once it lets nobody in."""
    asked = Invitation.objects.select_related("institution").filter(pk=notice.about_id(), email=notice.recipient)
    found = asked.first()
    if found is None:
        raise Pointless(Notice.Reason.ERASED)
    if not found.is_open(now):
        is_late = found.accepted_at is None and found.revoked_at is None
        raise Pointless(Notice.Reason.TOO_LATE if is_late else Notice.Reason.NOT_SO)
    name = said(found.institution, "name")
    address = settings.SITE_URL + reverse("partners:invitation", args=[inviting.link_of(found)])
    return Letter(
        subject=_("You are invited to Kopiena: %(institution)s")
        % {"institution": said(found.institution, "short_name")},
        greeting=_("Hello!"),
        paragraphs=[
            _("You are invited to act for your institution in the portal of the Daugavpils Community Resource Centre."),
        ],
        about=name,
        facts=[
            (_("As what"), found.get_role_display()),
            (_("Valid until"), f"{dates.day_label(found.expires_at)}, {dates.clock(found.expires_at)}"),
        ],
        ways=[Way(_("See the invitation"), address)],
        afterwards=[
            _("No password is needed: the page sends a code to this e-mail. The link can be used once."),
            _("If you do not know what this is about, you need not do anything."),
        ],
    )


KINDS = [Kind(inviting.KIND, gettext_lazy("invitation of an institution"), invitation)]
