"""A draft that is not there any more, for whoever still writes in it: their words, and a new draft made of them."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from activities.desk.keeping import storable
from activities.models import Proposal
from activities.proposing import drafts
from activities.proposing.kinds import Content, kind_of
from kopiena.floor import given_back
from kopiena.floor.context import OWN_NAMES
from partners import desk as frame
from partners.acting import Desk


def words_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below `member_required`: what is sent to a draft that is not there, or not theirs, is shown to who sent it."""

    @wraps(view)
    def guarded(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
        try:
            return view(request, desk, pk)
        except Http404:
            typed = given_back.typed_at(request, "member")
            if not any(value for name, value in typed if name not in ("revision", "language", "deed")):
                raise
            return _page(request, desk, typed)

    return guarded


def begin_again(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """A new draft of the words that were left; pressed twice, it is the same one."""
    content, language = _content(request, desk, kind), _language(request)
    ours = Proposal.objects.of(desk.institution).filter(state=Proposal.State.DRAFT, created_by=desk.user, revision=0)
    draft = ours.filter(kind=kind, language=language, content=content).first() or drafts.begin(
        desk.institution, kind, language=language, content=content, by=desk.user, now=timezone.now()
    )
    return redirect("activities:draft", desk.institution.slug, draft.pk)


def _page(request: HttpRequest, desk: Desk, typed: list[tuple[str, str]]) -> HttpResponse:
    kind = Proposal.Kind.ACTIVITY if "theme" in request.POST else Proposal.Kind.PROJECT
    facts = kind_of(kind).facts(_content(request, desk, kind), get_language() or _language(request))
    context = {"facts": [fact for fact in facts if fact[1]], "typed": typed, "kind": kind.value}
    return frame.page(request, desk, "activities/desk/gone.html", context, status=HTTPStatus.NOT_FOUND)


def _content(request: HttpRequest, desk: Desk, kind: str) -> Content:
    """What was typed, as a draft of their own would keep it."""
    nobody_s = Proposal(institution=desk.institution, kind=kind, language=_language(request), content={})
    form = kind_of(kind).form_class(request.POST, {}, proposal=nobody_s, now=timezone.now(), by=desk.user)
    content: Any = storable(form.content())
    return content


def _language(request: HttpRequest) -> str:
    chosen = request.POST.get("language", "")
    return chosen if chosen in OWN_NAMES else get_language() or "lv"
