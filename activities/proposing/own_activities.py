"""Which activities an institution may change, and which it may begin a new one from."""

from django.utils.translation import gettext as _

from activities.models import Activity, Proposal
from activities.models.activity import ActivityQuerySet
from activities.proposing.drafts import NotNow
from kopiena.floor.addresses import free_address
from partners.models import Institution


def to_change(institution: Institution) -> ActivityQuerySet:
    """The published ones; what is to be seen by nobody is not seen here either."""
    ours = Activity.objects.filter(organisers=institution, state=Activity.State.PUBLISHED)
    return ours.exclude(audience=Activity.Audience.DISCREET)


def to_begin_from(institution: Institution) -> ActivityQuerySet:
    """Those that everybody sees or could see: what they tell may be told again."""
    states = (Activity.State.PUBLISHED, Activity.State.ARCHIVED)
    return Activity.objects.filter(organisers=institution, state__in=states, audience=Activity.Audience.OPEN)


def fault_of(proposal: Proposal) -> str:
    """Why its change cannot be any more; empty for what is new, and while it can."""
    if not proposal.is_change or to_change(proposal.institution).filter(pk=proposal.activity_id or 0).exists():
        return ""
    return _("The institution no longer organises this activity, or it is not published, so it cannot be changed here.")


def changed_by(proposal: Proposal, title: str) -> Activity:
    """The activity it changes, locked, or a new one; raises NotNow where it may not be changed."""
    if not proposal.activity_id:
        return Activity(slug=free_address(Activity, title))
    ours = to_change(proposal.institution).filter(pk=proposal.activity_id)
    activity = Activity.objects.select_for_update().filter(pk__in=ours.values("pk")).first()
    if activity is None:
        raise NotNow(fault_of(proposal))
    return activity
