"""Activities as proposals: what a draft of one holds, and what approving it writes."""

from datetime import datetime

from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Proposal
from activities.proposing import own_activities, own_projects, where
from activities.proposing.activity_content import TEXTS, WAS, Content, whole
from activities.proposing.activity_facts import facts
from activities.proposing.activity_form import ActivityForm
from activities.proposing.activity_preview import preview
from activities.proposing.activity_writing import LANGUAGES, NUMBERS, PLAIN, SPOKEN, add_dates, write
from activities.proposing.drafts import NotNow
from activities.proposing.kinds import ProposalKind
from kopiena.floor.models import User
from partners import taking_in


def content_of(activity: Activity, language: str) -> Content:
    """What is published in that language, without dates, as a change of it begins; `was` remembers it meanwhile."""
    texts = {name: getattr(activity, f"{name}_{language}").replace("\r\n", "\n").strip() for name in TEXTS}
    numbers = {name: _written(getattr(activity, field)) for name, field in NUMBERS.items()}
    plain = {name: getattr(activity, field) for name, field in PLAIN.items()}
    spoken = [code for code in LANGUAGES if getattr(activity, SPOKEN[code])]
    picture = {
        "picture": taking_in.key_of(activity.picture.name or ""),
        "picture_alt": getattr(activity, f"picture_alt_{language}"),
    }
    project = {"project": f"{own_projects.PUBLISHED}{activity.project_id}" if activity.project_id else ""}
    published = whole(
        {**texts, **numbers, **plain, **project, **picture, "languages": spoken, **_as_last_time(activity)}
    )
    return {**published, WAS: dict(published)}


def start_of(activity: Activity, language: str) -> Content:
    """What was done before as a new draft begins: its texts and manners, and no date."""
    content = content_of(activity, language)
    del content[WAS]
    return {**content, "about_year": "", "about_season": "", "picture": "", "picture_alt": ""}


def apply(proposal: Proposal, *, by: User, now: datetime) -> Activity:
    """A new activity, published, or what was changed of one that is; its new dates with their places.

    Raises NotNow where something is missing, a date has passed, its project is not published yet, or its place is
    still only words: the coordinator chooses the venue first (activities/proposing/where.py).
    """
    form = ActivityForm.of_content(proposal, now)
    if not form.is_valid():
        raise NotNow(_("It is not finished yet:") + " " + " ".join(_errors(form)))
    project = own_projects.project_for(proposal)
    place = where.place_of(form.kept) if form.when.dates else {}
    activity = own_activities.changed_by(proposal, form.kept["title"])
    write(activity, form.kept, proposal, form.settled)
    activity.project = project
    activity.publish(now)
    activity.save()
    activity.organisers.add(proposal.institution_id)
    add_dates(activity, form.kept, form.when.dates, place)
    return activity


def missing(proposal: Proposal, now: datetime) -> list[str]:
    """What still keeps it from being proposed, a sentence each."""
    if fault := own_activities.fault_of(proposal):
        return [fault]
    return _errors(ActivityForm.of_content(proposal, now))


def _as_last_time(activity: Activity) -> Content:
    """Where it was, and whether one signed up, the last time it had a date."""
    last = (
        Meeting.objects.filter(occurrence__activity=activity)
        .select_related("occurrence")
        .order_by("-starts_at", "-pk")
        .first()
    )
    if last is None:
        return {}
    return {
        "where": where.as_chosen(last),
        "online_link": last.online_link,
        "is_sign_up_needed": last.occurrence.is_sign_up_needed,
    }


def _errors(form: ActivityForm) -> list[str]:
    return list(dict.fromkeys(str(error) for errors in form.errors.values() for error in errors))


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


KIND = ProposalKind(
    name=Proposal.Kind.ACTIVITY,
    form_class=ActivityForm,
    content_of=content_of,
    apply=apply,
    preview=preview,
    missing=missing,
    facts=facts,
    shows_gaps=True,
)
