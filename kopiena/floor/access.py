"""Access marks: every address says who may come in; what bears no mark is closed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from kopiena.floor.uploads import NoFiles

Mark = Literal["public", "public_form", "by_link", "coordinator"]
View = Callable[..., Any]

# Third-party addresses bear no mark of ours: these are let through, each with the reason it is safe.
# Name of the namespace ("" for none) -> names of addresses, or None for all of them.
THIRD_PARTY: dict[str, frozenset[str] | None] = {
    "admin": None,  # asks for a signed-in member of staff itself (secure_admin_login)
    "": frozenset({"account_login", "account_logout", "account_reauthenticate"}),  # the sign-in itself
}


def public(view: View) -> View:
    """Anyone; the same page for everybody, so it sets no cookie and may be cached whole."""
    return _marked(view, "public")


def public_form(view: View) -> View:
    """Anyone; the page holds a form, so it is never cached.

    Free of the CSRF check on purpose: a resident has no session, so a forged post carries no one's authority,
    and a phone that refuses cookies can still sign up.
    """

    @wraps(view)
    def never_cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [NoFiles(request)]
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return _marked(csrf_exempt(never_cached), "public_form")


def by_link(view: View) -> View:
    """Whoever holds the private link in the address; nothing of the page may be kept, passed on or indexed."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [NoFiles(request)]
        return kept_private(view(request, *args, **kwargs))

    return _marked(csrf_exempt(private), "by_link")


def kept_private(response: HttpResponse) -> HttpResponse:
    """The response with the headers of a private page."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def coordinator_required(view: View) -> View:
    """A signed-in coordinator or superuser; for everyone else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if not is_coordinator(request.user):
            raise Http404
        return kept_private(view(request, *args, **kwargs))

    return _marked(guarded, "coordinator")


def is_coordinator(user: Any) -> bool:
    """Whether the user plans and runs the centre's work."""
    return bool(user.is_active and user.is_staff and (user.is_superuser or user.has_perm("floor.coordinate")))


def mark_of(view: Any) -> Mark | None:
    """The mark a view bears, or None."""
    return getattr(view, "access_mark", None)


def _marked(view: View, mark: Mark) -> View:
    view.access_mark = mark  # type: ignore[attr-defined]
    return view
