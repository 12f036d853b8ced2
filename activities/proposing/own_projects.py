"""Within which project an institution's activity may stand: its published ones, and those it has proposed itself."""

from typing import Any

from django.utils.translation import gettext as _

from activities.models import Proposal
from activities.proposing.drafts import NotNow
from kopiena.floor.said import said
from partners.models import Institution, Project

PUBLISHED, PROPOSED = "p", "d"  # "p12" is the project 12, "d34" what the proposal 34 is to become


def choices(proposal: Proposal, chosen: str, language: str | None = None) -> list[tuple[str, str]]:
    """What may be chosen; what was chosen before, and what a published activity stands in, stay among it."""
    institution = proposal.institution
    projects = Project.objects.filter(institutions=institution, state=Project.State.PUBLISHED).order_by("-pk")
    found = [(f"{PUBLISHED}{each.pk}", said(each, "title", language).text) for each in projects]
    drafts = Proposal.objects.of(institution).filter(kind=Proposal.Kind.PROJECT)
    for each in drafts.open().filter(project__isnull=True):
        label = _("%(title)s (not approved yet)") % {"title": each.title or _("Project without a title")}
        found.append((f"{PROPOSED}{each.pk}", label))
    project = project_now(proposal) if chosen == choice_now(proposal) else _became(institution, chosen)
    if project is not None and chosen not in dict(found):
        found.append((chosen, said(project, "title", language).text))
    return found


def project_now(proposal: Proposal) -> Project | None:
    """The project in which the activity that is to be changed stands, whosever it is."""
    return proposal.activity.project if proposal.activity else None


def choice_now(proposal: Proposal) -> str:
    """The same among the choices."""
    project = project_now(proposal)
    return f"{PUBLISHED}{project.pk}" if project else ""


def chosen_in(proposal: Proposal) -> str:
    """The project of a proposal as a choice: what was written, else where it was begun."""
    if "project" in proposal.content:
        chosen = str(proposal.content["project"])
        return f"{PUBLISHED}{chosen}" if chosen.isdigit() else chosen  # begun on the page of that project
    return f"{PROPOSED}{proposal.within_id}" if proposal.within_id else ""


def project_for(proposal: Proposal) -> Project | None:
    """The project that was chosen; raises NotNow while it is not published, or where it is not theirs."""
    chosen, institution = chosen_in(proposal), proposal.institution
    if chosen == choice_now(proposal):
        return project_now(proposal)
    if not chosen:
        return None
    project = _became(institution, chosen) or _published(institution, chosen)
    if project is None and chosen[0] == PROPOSED and _draft(institution, chosen) is not None:
        raise NotNow(_("Its project has not been approved yet. Approve the project first."))
    if project is None:
        raise NotNow(_("Its project is not among the institution's own any more. Choose another, or none."))
    return project


def waits_for(proposal: Proposal) -> Proposal | None:
    """The proposal of the project that has to be approved before this activity can be."""
    chosen = chosen_in(proposal)
    draft = _draft(proposal.institution, chosen) if chosen[:1] == PROPOSED else None
    return draft if draft is not None and _became(proposal.institution, chosen) is None else None


def _published(institution: Institution, chosen: str) -> Project | None:
    if chosen[:1] != PUBLISHED:
        return None
    own = Project.objects.filter(institutions=institution, state=Project.State.PUBLISHED)
    return own.filter(pk=_key(chosen)).first()


def _draft(institution: Institution, chosen: str) -> Proposal | None:
    own = Proposal.objects.of(institution).filter(kind=Proposal.Kind.PROJECT).select_related("project")
    return own.filter(pk=_key(chosen)).first()


def _became(institution: Institution, chosen: str) -> Project | None:
    if chosen[:1] != PROPOSED:
        return None
    draft: Any = _draft(institution, chosen)
    if draft is None or draft.state != Proposal.State.APPROVED:
        return None
    return _published(institution, f"{PUBLISHED}{draft.project_id}")


def _key(chosen: str) -> int:
    typed = chosen[1:]
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
