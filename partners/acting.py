"""Who acts for which institution: asked anew at each click, so that who was removed is outside with the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kopiena.floor import given_back
from kopiena.floor.access import kept_private, marked
from kopiena.floor.models import User
from partners.models import Institution, Membership

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Desk:
    """A signed-in person at the desk of one institution, and the others they act for."""

    user: User
    institution: Institution
    role: str
    others: tuple[Institution, ...] = ()

    @property
    def is_manager(self) -> bool:
        """Whether they invite and remove colleagues."""
        return self.role == Membership.Role.MANAGER


def institutions_of(user: User) -> list[Membership]:
    """The memberships of somebody who may act, with their institutions, in a lasting order; one query."""
    if not user.is_active:
        return []
    found = Membership.objects.filter(user=user).select_related("institution")
    return list(found.order_by("institution__short_name_lv", "pk"))


def desk_of(user: User, slug: str) -> Desk | None:
    """Their desk at this institution; None where they do not act for it."""
    memberships = institutions_of(user)
    here = next((each for each in memberships if each.institution.slug == slug), None)
    if here is None:
        return None
    others = tuple(each.institution for each in memberships if each.pk != here.pk)
    return Desk(user, here.institution, here.role, others)


def member_required(view: View) -> View:
    """Whoever acts for the institution named by `slug` in the address; the view is given the desk in its place.

    For everybody else the page does not exist; who is not signed in is asked to, and keeps what they had typed.
    """
    return marked(_guarded(view, lambda desk: True), "member")


def while_open(view: View) -> View:
    """Below `member_required`: an institution that has closed begins nothing new; what it began goes on."""

    @wraps(view)
    def guarded(request: HttpRequest, desk: Desk, *args: Any, **kwargs: Any) -> HttpResponse:
        if not desk.institution.is_closed(timezone.localdate()):
            return view(request, desk, *args, **kwargs)
        messages.warning(request, _("The institution has closed, so nothing new can be begun for it. Call the centre."))
        return redirect("families:desk", desk.institution.slug)

    return guarded


def manager_required(view: View) -> View:
    """The same, for those who answer for the institution's people."""
    return marked(_guarded(view, lambda desk: desk.is_manager), "manager")


def _guarded(view: View, may: Callable[[Desk], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not user.is_authenticated:
            signed_out = redirect_to_login(request.get_full_path(), settings.DESK_LOGIN_URL)
            return given_back.once_more(request) or signed_out
        desk = desk_of(user, slug)
        if desk is None or not may(desk):
            raise Http404
        return kept_private(view(request, desk, *args, **kwargs), is_address_secret=False)

    return guarded
