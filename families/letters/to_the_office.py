"""Letters to the coordinators: what could not be delivered, and who waits to be rung up. Counts only, nobody's data."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families import office
from kopiena.floor.coordinators import addresses
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Letter, Pointless, Way


def failed_letters(notice: Notice, now: datetime) -> Letter:
    count = _count(notice, office.undelivered().count())
    words = ngettext("%(count)d letter could not be delivered", "%(count)d letters could not be delivered", count) % {
        "count": count
    }
    return Letter(
        subject=words,
        greeting=_("Hello!"),
        paragraphs=[
            f"{words}.",
            _("In the list you see whom they were for and why. Call them, or send the letter again."),
        ],
        ways=[
            Way(_("See the letters"), _page("admin:floor_notice_changelist") + f"?state__exact={Notice.State.FAILED}")
        ],
    )


def call_list(notice: Notice, now: datetime) -> Letter:
    count = _count(notice, office.calls_to_make().count())
    words = ngettext(
        "%(count)d call is waiting in the call list", "%(count)d calls are waiting in the call list", count
    )
    words %= {"count": count}
    return Letter(
        subject=words,
        greeting=_("Hello!"),
        paragraphs=[f"{words}.", _("The list says what to tell each family, in its own language.")],
        ways=[Way(_("Open the call list"), _page("admin:families_calls"))],
    )


def _count(notice: Notice, count: int) -> int:
    """Raises Pointless where nothing is left, or whom it is for does not coordinate any more."""
    if not count or notice.recipient not in addresses().values():
        raise Pointless(Notice.Reason.NOT_SO)
    return count


def _page(name: str) -> str:
    return settings.SITE_URL + reverse(name)
