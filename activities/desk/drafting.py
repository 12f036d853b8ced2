"""The page on which a draft is written: saved as often as one likes, looked at, sent to the centre, taken back."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.desk.gone import words_kept
from activities.desk.keeping import Sent, keep
from activities.models import Proposal
from activities.proposing import drafts
from activities.proposing.kinds import DraftForm, kind_of
from kopiena.floor import dates
from kopiena.floor.context import OWN_NAMES
from kopiena.floor.uploads import takes_files
from partners import desk as frame
from partners.acting import Desk, member_required, while_open


@takes_files
@member_required
@words_kept
def draft(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The draft's page; a POST saves it, and its button says what comes then."""
    proposal, now = _own(desk, pk), timezone.now()
    if request.method != "POST":
        if not proposal.is_editable:
            return _as_sent(request, desk, proposal)
        return _page(request, desk, proposal, kind_of(proposal.kind).form_class(proposal=proposal, now=now))
    sent = keep(request, proposal, now)
    if not sent.is_kept or sent.has_unfit_file():
        return _clash(request, desk, sent)
    return _after_saving(request, desk, sent.proposal, now)


@member_required
@words_kept
def save(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Saving by itself: what became of it, for the script of the page."""
    proposal, now = _own(desk, pk), timezone.now()
    if request.method != "POST":
        return redirect(_address(proposal))
    sent = keep(request, proposal, now)
    if not sent.is_kept:
        look = " " + _("Press “Save the draft” to see what is different.") if sent.differences else ""
        return JsonResponse({"said": sent.refusal + look}, status=HTTPStatus.CONFLICT)
    said = _("Saved at %(time)s") % {"time": dates.bare_clock(timezone.localtime(now))}
    return JsonResponse({"revision": sent.proposal.revision, "said": said})


@member_required
@words_kept
def preview(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The public page as it would be."""
    proposal, now = _own(desk, pk), timezone.now()
    if proposal.state == Proposal.State.APPROVED:
        return redirect(_address(proposal))
    try:
        return kind_of(proposal.kind).preview(proposal, request, now)
    except drafts.NotNow as refusal:
        messages.warning(request, refusal.message)
        return redirect(_address(proposal))


@takes_files
@member_required
@while_open
@words_kept
def propose(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Save it and send it to the centre; where something is missing, each field says what."""
    proposal, now = _own(desk, pk), timezone.now()
    if request.method != "POST":
        return redirect(_address(proposal))
    sent = keep(request, proposal, now)
    if not sent.is_sent_already:
        if not sent.is_kept or sent.has_unfit_file():
            return _clash(request, desk, sent)
        if unfinished := _unfinished(request, desk, sent.proposal, now):
            return unfinished
        try:
            drafts.propose(pk, sent.proposal.revision, by=desk.user, now=now)
        except (drafts.NotNow, drafts.Stale):  # somebody was quicker by a moment
            messages.warning(request, _("Somebody saved this draft meanwhile. Look at it and send it once more."))
            return redirect(_address(proposal))
    messages.success(request, _("Sent to the centre. We will write to you once it has been looked at."))
    return redirect(_address(proposal))


@member_required
@words_kept
def take_back(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Back from the centre, to go on writing."""
    proposal = _own(desk, pk)
    if request.method == "POST":
        try:
            drafts.take_back(proposal.pk)
            messages.success(request, _("Taken back. Now you can change it."))
        except drafts.NotNow as refusal:
            messages.warning(request, refusal.message)
    return redirect(_address(proposal))


@member_required
@words_kept
def drop(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Asks whether to throw the draft away; a POST does."""
    proposal = _own(desk, pk)
    if not proposal.is_editable:
        return redirect(_address(proposal))
    if request.method != "POST":
        return frame.page(request, desk, "activities/desk/drop.html", {"proposal": proposal})
    try:
        drafts.drop(proposal.pk)
        messages.success(request, _("The draft is thrown away."))
    except drafts.NotNow as refusal:
        messages.warning(request, refusal.message)
    return redirect("activities:desk_offers", desk.institution.slug)


def _own(desk: Desk, pk: int) -> Proposal:
    ours = Proposal.objects.of(desk.institution)
    return get_object_or_404(
        ours.select_related("institution", "project", "activity", "within", "within__project", "saved_by"), pk=pk
    )


def _address(proposal: Proposal) -> str:
    return reverse("activities:draft", args=[proposal.institution.slug, proposal.pk])


def _after_saving(request: HttpRequest, desk: Desk, proposal: Proposal, now: datetime) -> HttpResponse:
    """Where the button that was pressed leads."""
    deed = request.POST.get("deed", "")
    if deed == "preview":
        shown = redirect("activities:draft_preview", desk.institution.slug, proposal.pk)
        shows_gaps = kind_of(proposal.kind).shows_gaps
        return shown if shows_gaps else _unfinished(request, desk, proposal, now) or shown
    if deed == "activity" and proposal.kind == Proposal.Kind.PROJECT:
        new = drafts.begin(
            desk.institution,
            Proposal.Kind.ACTIVITY,
            language=proposal.language,
            within=None if proposal.project_id else proposal,
            content={"project": str(proposal.project_id)} if proposal.project_id else None,
            by=desk.user,
            now=now,
        )
        return redirect(_address(new))
    if deed in ("", "save"):
        messages.success(request, _("The draft is saved. You can go on another time."))
        return redirect(_address(proposal))
    return redirect(f"{_address(proposal)}#{urlencode({'': deed[:60]})[1:]}")


def _unfinished(request: HttpRequest, desk: Desk, proposal: Proposal, now: datetime) -> HttpResponse | None:
    """The page with what is missing at each field; None where nothing is."""
    kind = kind_of(proposal.kind)
    missing = kind.missing(proposal, now)
    if not missing:
        return None
    form = kind.form_class.of_content(proposal, now)
    refusal = "" if form.errors else " ".join(missing)
    return _page(request, desk, proposal, form, refusal=refusal, has_saved=True)


def _clash(request: HttpRequest, desk: Desk, sent: Sent) -> HttpResponse:
    """What was typed, and why it was not saved."""
    status = HTTPStatus.OK if sent.is_kept else HTTPStatus.CONFLICT
    is_there = not sent.is_kept and sent.proposal.state == Proposal.State.PROPOSED
    context = {"refusal": sent.refusal, "differences": sent.differences, "is_at_the_centre": is_there}
    is_own = bool(sent.differences) and sent.proposal.saved_by_id == desk.user.pk
    context |= {"has_saved": sent.is_kept, "is_by_the_same": is_own}
    return _page(request, desk, sent.proposal, sent.form, status=status, **context)


def _page(
    request: HttpRequest, desk: Desk, proposal: Proposal, form: DraftForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    chosen = request.POST.get("language", "")
    context = {
        "proposal": proposal,
        "kind": kind_of(proposal.kind),
        "form": form,
        "row": proposal.project or proposal.activity,
        "languages": OWN_NAMES.items(),
        "language": chosen if chosen in OWN_NAMES else proposal.language,
        "within": Proposal.objects.of(desk.institution).filter(within=proposal).order_by("pk"),
        **more,
    }
    return frame.page(request, desk, "activities/desk/draft.html", context, status=status)


def _as_sent(request: HttpRequest, desk: Desk, proposal: Proposal) -> HttpResponse:
    """What the centre has, to read."""
    facts = kind_of(proposal.kind).facts(proposal.content, get_language() or proposal.language)
    context = {
        "proposal": proposal,
        "row": proposal.project or proposal.activity,
        "facts": [(label, text) for label, text in facts if text],
    }
    return frame.page(request, desk, "activities/desk/sent.html", context)
