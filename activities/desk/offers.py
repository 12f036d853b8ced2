"""What an institution offers: published, being written, at the centre, returned; and the beginning of more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.desk import gone
from activities.models import Activity, Proposal
from activities.proposing import drafts
from activities.proposing.kinds import Row, kind_of
from kopiena.floor.said import said
from partners import desk as frame
from partners.acting import Desk, member_required, while_open
from partners.models import Institution, Project

MOST = 200  # of each; a kindergarten has a dozen


@dataclass(frozen=True)
class Offered:
    """Something published, and the change of it that is being prepared here, if one is."""

    row: Row
    change: Proposal | None


@dataclass(frozen=True)
class Offers:
    """All of one institution."""

    projects: list[Offered]
    activities: list[Offered]
    returned: list[Proposal]
    drafts: list[Proposal]
    proposed: list[Proposal]

    @property
    def is_empty(self) -> bool:
        return not (self.projects or self.activities or self.returned or self.drafts or self.proposed)


def offers_of(institution: Institution) -> Offers:
    """Three queries, however many there are."""
    ours = Proposal.objects.of(institution).open().select_related("project", "activity", "within")
    proposals = list(ours.order_by("-saved_at", "-pk")[: 2 * MOST])
    of_project = {each.project_id: each for each in proposals if each.project_id}
    of_activity = {each.activity_id: each for each in proposals if each.activity_id}
    return Offers(
        [Offered(row, of_project.get(row.pk)) for row in own_projects(institution).order_by("-pk")[:MOST]],
        [Offered(row, of_activity.get(row.pk)) for row in own_activities(institution).order_by("-pk")[:MOST]],
        *([each for each in proposals if each.state == state] for state in ("returned", "draft", "proposed")),
    )


def own_projects(institution: Institution) -> Any:
    """The published projects it is part of."""
    return Project.objects.published().filter(institutions=institution)


def own_activities(institution: Institution) -> Any:
    """The published activities it organises; what is to be seen by nobody is not seen here either."""
    ours = Activity.objects.filter(organisers=institution, state=Activity.State.PUBLISHED)
    return ours.exclude(audience=Activity.Audience.DISCREET)


@member_required
def offers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, and the buttons that begin something."""
    return frame.page(request, desk, "activities/desk/offers.html", {"offers": offers_of(desk.institution)})


@member_required
@while_open
def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """An empty draft, or one of words left over (`again`); an activity may belong to a project, published (`project`)
    or proposed (`within`)."""
    if request.method != "POST":
        return redirect("activities:desk_offers", desk.institution.slug)
    kind = request.POST.get("kind", "")
    if kind not in Proposal.Kind.values:
        raise Http404
    if "again" in request.POST:
        return gone.begin_again(request, desk, kind)
    ours = Proposal.objects.of(desk.institution).open()
    within = _chosen(ours.filter(kind=Proposal.Kind.PROJECT, project=None), request.POST.get("within", ""))
    project = _chosen(own_projects(desk.institution), request.POST.get("project", ""))
    if kind == Proposal.Kind.PROJECT and (within or project):
        raise Http404
    content = {"project": str(project.pk)} if project else {}
    same = Q(kind=kind, content=content, within=within, project=None, activity=None, revision=0, created_by=desk.user)
    untouched = ours.filter(same, state=Proposal.State.DRAFT).first()  # pressed twice, it is the same one
    draft = untouched or drafts.begin(
        desk.institution,
        kind,
        language=_page_language(),
        content=content,
        within=within,
        by=desk.user,
        now=timezone.now(),
    )
    return redirect("activities:draft", desk.institution.slug, draft.pk)


@member_required
@while_open
def change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The change of something published that is being prepared already, or a new one."""
    if request.method != "POST":
        return redirect("activities:desk_offers", desk.institution.slug)
    project = _chosen(own_projects(desk.institution), request.POST.get("project", ""))
    activity = _chosen(own_activities(desk.institution), request.POST.get("activity", ""))
    if (project is None) == (activity is None):
        raise Http404
    draft = _change_of(desk, project or activity, timezone.now())
    if draft is None:
        messages.warning(request, _("Another institution is already preparing a change of it."))
        return redirect("activities:desk_offers", desk.institution.slug)
    answer = redirect("activities:draft", desk.institution.slug, draft.pk)
    if request.POST.get("at") == "outcome":
        answer["Location"] += "#id_outcome"
    return answer


def _change_of(desk: Desk, row: Any, now: datetime) -> Proposal | None:
    """Ours that is open, or a new one; None where another institution of the project has begun one."""
    kind = Proposal.Kind.PROJECT if isinstance(row, Project) else Proposal.Kind.ACTIVITY
    language = _page_language() if getattr(row, f"title_{_page_language()}") else said(row, "title").language
    about: dict[str, Any] = {kind.value: row}
    begun = Proposal.objects.open().filter(**about)
    if not begun.exists():
        content = kind_of(kind).content_of(row, language)
        try:
            with transaction.atomic():
                return drafts.begin(
                    desk.institution, kind, language=language, content=content, by=desk.user, now=now, **about
                )
        except IntegrityError:  # a colleague pressed in the same moment: theirs is the one
            pass
    return begun.filter(institution=desk.institution).first()


def _chosen(rows: Any, typed: str) -> Any:
    """The row whose number was sent; nothing sent is None, and what is not among `rows` is not there."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    return get_object_or_404(rows, pk=int(typed))


def _page_language() -> str:
    return translation.get_language() or "lv"
