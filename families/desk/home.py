"""The desk's first page: which institution, and what needs doing there."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from families.desk.to_do import to_do
from kopiena.floor.access import kept_private, marked
from partners import desk as frame
from partners.acting import Desk, institutions_of, member_required


def _any_member(request: HttpRequest) -> HttpResponse:
    """Straight to the one institution, or the choice between several; who acts for none is told so, kindly."""
    user: Any = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.DESK_LOGIN_URL)
    memberships = institutions_of(user)
    if len(memberships) == 1:
        return kept_private(redirect("families:desk", memberships[0].institution.slug), is_address_secret=False)
    status = HTTPStatus.OK if memberships else HTTPStatus.NOT_FOUND
    page = render(request, "desk/choose.html", {"memberships": memberships}, status=status)
    return kept_private(page, is_address_secret=False)


desk_home = marked(_any_member, "member")


@member_required
def desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What needs doing."""
    return frame.page(request, desk, "desk/home.html", {"to_do": to_do(desk.institution, timezone.now())})
