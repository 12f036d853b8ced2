"""Projects as proposals: what a draft of one holds, how it reads, and what approving it writes."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from activities.models import Proposal
from activities.proposing.drafts import NotNow
from activities.proposing.kinds import Content, Fact, ProposalKind
from activities.proposing.previewing import as_published
from activities.proposing.project_form import ProjectForm, day_in
from kopiena.floor import dates
from kopiena.floor.addresses import free_address
from kopiena.floor.context import OWN_NAMES
from kopiena.floor.models import User
from kopiena.floor.said import said
from partners import asking
from partners.models import Institution, Project
from partners.shown import in_order
from partners.taking_in import key_of, name_of

TEXTS = ("title", "summary", "story", "outcome")
DAYS = ("begins_on", "ends_on")
SHOWN = ("title", "summary", "story", "picture_alt", "begins_on", "ends_on", "partners", "outcome")


def content_of(project: Project, language: str) -> Content:
    """What is published in that language, as a change of it begins; `was` remembers it for as long as it is open."""
    texts = {name: getattr(project, f"{name}_{language}") for name in TEXTS}
    published: Content = {name: text.replace("\r\n", "\n").strip() for name, text in texts.items()}
    for name in DAYS:
        day: date | None = getattr(project, name)
        published[name] = day.isoformat() if day else ""
    published |= {
        "picture": key_of(project.picture.name or ""),
        "picture_alt": getattr(project, f"picture_alt_{language}"),
    }
    return {**published, "partners": [], "was": dict(published)}


def apply(proposal: Proposal, *, by: User, now: datetime) -> Project:
    """A new project, published, or what was changed of one that is; institutions to take part are asked."""
    form = ProjectForm.of_content(proposal, now)
    if not form.is_valid():
        raise NotNow(_("It is not finished yet:") + " " + " ".join(_errors(form)))
    written = form.cleaned_data
    project = _theirs(proposal) if proposal.project_id else Project(state=Project.State.PUBLISHED)
    was = proposal.content.get("was") if proposal.project_id else None
    for name in (*TEXTS, *DAYS):
        if name in written and not _is_as_it_was(name, written[name], was):
            field = f"{name}_{proposal.language}" if name in TEXTS else name
            setattr(project, field, written[name])
    if written["picture"] != (was or {}).get("picture", "") or written["picture_alt"] != (was or {}).get("picture_alt"):
        _hang(project, proposal, written)
    if not project.pk:
        project.slug = free_address(Project, written["title"])
    elif project.begins_on and project.ends_on and project.ends_on < project.begins_on:
        raise NotNow(_("A project cannot end before it begins."))
    project.save()
    if not proposal.project_id:
        project.institutions.add(proposal.institution_id)
    asked = Institution.objects.filter(slug__in=written.get("partners") or [])
    asking.ask(project, asked, asked_by=proposal.institution, now=now)
    return project


def missing(proposal: Proposal, now: datetime) -> list[str]:
    """What still keeps it from being proposed, a sentence each."""
    if proposal.is_change and not _own(proposal).exists():
        return [_not_theirs()]
    return _errors(ProjectForm.of_content(proposal, now))


def facts(content: Content, language: str) -> list[Fact]:
    """Each field in words."""
    with override(language):
        partners = in_order(Institution.objects.filter(slug__in=content.get("partners") or []))
        shown = {
            **{name: str(content.get(name) or "") for name in (*TEXTS, *DAYS)},
            **{name: dates.plain_day(day) for name in DAYS if (day := day_in(content.get(name)))},
            "partners": "\n".join(said(each, "name").text for each in partners),
            "picture_alt": str(content.get("picture_alt") or ""),
        }
        told = [(str(ProjectForm.base_fields[name].label), shown[name]) for name in SHOWN]
        return [*told, (_("Picture"), _("there is one") if content.get("picture") else "")]


def _theirs(proposal: Proposal) -> Project:
    """The project it changes, locked. Raises NotNow where the institution is no longer part of it."""
    project = Project.objects.select_for_update().filter(pk__in=_own(proposal).values("pk")).first()
    if project is None:
        raise NotNow(_not_theirs())
    return project


def _own(proposal: Proposal) -> Any:
    return Project.objects.filter(pk=proposal.project_id or 0, institutions=proposal.institution_id)


def _not_theirs() -> str:
    return _("The institution is no longer part of this project, so it cannot change it.")


def _hang(project: Project, proposal: Proposal, written: dict[str, Any]) -> None:
    """The picture and its words; of another picture nothing is said in the languages it is not described in."""
    name = name_of(written["picture"], proposal.institution, project.picture.name or "")
    if name != project.picture.name:
        project.picture = name
        for language in OWN_NAMES:
            setattr(project, f"picture_alt_{language}", "")
    setattr(project, f"picture_alt_{proposal.language}", written["picture_alt"] if name else "")


def _is_as_it_was(name: str, written: Any, was: Any) -> bool:
    """What nobody touched in the draft stays as it is published, even if the centre has mended it meanwhile."""
    if not isinstance(was, dict) or name not in was:
        return False
    return bool(written == (day_in(was[name]) if name in DAYS else was[name]))


def _errors(form: ProjectForm) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


KIND = ProposalKind(
    name=Proposal.Kind.PROJECT,
    form_class=ProjectForm,
    content_of=content_of,
    apply=apply,
    preview=partial(as_published, apply),
    missing=missing,
    facts=facts,
)
