"""The letter to an institution that is asked to take part in a project; made of what is so when it goes out."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor.models import Notice
from kopiena.floor.outbox import Kind, Letter, Pointless, Way
from kopiena.floor.said import said
from partners.asking import ABOUT, PARTNER_ASKED
from partners.models import Asking, Membership, Project


def partner_asked(notice: Notice, now: datetime) -> Letter:
    """Who asks, about which project, and where to answer."""
    asking = _still_open(notice)
    page = reverse("partners:asking", args=[asking.institution.slug, asking.pk])
    return Letter(
        subject=_("You are asked to take part in a project"),
        greeting=_("Hello!"),
        paragraphs=[
            _("An institution would like you to take part in its project together with it."),
            _("You appear on the project's page only once you have agreed."),
        ],
        about=said(asking.project, "title"),
        facts=[
            (_("Who asks"), said(asking.asked_by, "name").text),
            (_("Who is asked"), said(asking.institution, "name").text),
        ],
        ways=[
            Way(_("Give your answer"), settings.SITE_URL + page),
            Way(_("See the project"), settings.SITE_URL + asking.project.get_absolute_url()),
        ],
    )


def _still_open(notice: Notice) -> Asking:
    """Raises Pointless where it is answered, the project is off the site, or the recipient acts for it no more."""
    asking_id, user_id = notice.about.removeprefix(ABOUT).split(":")
    found = Asking.objects.filter(pk=asking_id, answered_at__isnull=True, project__state=Project.State.PUBLISHED)
    asking = found.select_related("project", "asked_by", "institution").first()
    if asking is None:
        raise Pointless(Notice.Reason.NOT_SO)
    people = Membership.objects.filter(institution=asking.institution, user=int(user_id), user__is_active=True)
    if not people.filter(user__email=notice.recipient).exists():
        raise Pointless(Notice.Reason.NOT_SO)
    return asking


KINDS = [Kind(PARTNER_ASKED, gettext_lazy("asked to take part in a project"), partner_asked)]
