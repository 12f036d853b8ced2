"""Access marks: every address says who may come in; what bears no mark is closed."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from kopiena.floor.uploads import NoFiles

Mark = Literal["public", "public_form", "by_link", "member", "manager", "coordinator"]
View = Callable[..., Any]
# The query of a request in the one way its page writes it; None where the page has a word to say about it.
KnownQuery = Callable[[HttpRequest], str | None]

# Third-party addresses bear no mark of ours: these are let through, each with the reason it is safe.
# Name of the namespace ("" for none) -> names of addresses, or None for all of them.
THIRD_PARTY: dict[str, frozenset[str] | None] = {
    "admin": None,  # asks for a signed-in member of staff itself (secure_admin_login)
    "": frozenset(  # the sign-in itself
        {
            "account_login",
            "account_logout",
            "account_reauthenticate",
            "account_request_login_code",
            "account_confirm_login_code",
        }
    ),
}


def no_query(request: HttpRequest) -> str:
    """For pages without parameters: whatever stands behind the question mark is nothing to them."""
    return ""


def public(view: View | None = None, *, knows: KnownQuery | None = no_query) -> View:
    """Anyone; the same page for everybody, so it sets no cookie and is kept whole; `knows` None: never kept.

    A page with parameters says by `knows` how it writes those it understands: `@public(knows=…)`.
    """
    if view is None:
        return lambda view: public(view, knows=knows)

    @wraps(view)
    def known_by_its_content(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if knows is None or response.streaming or response.has_header("Cache-Control"):
            return response
        if response.status_code == HTTPStatus.OK:
            response["Cache-Control"] = "public, no-cache"  # the browser may keep it, and asks whether it still holds
            response["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
        return response

    known_by_its_content.knows = knows  # type: ignore[attr-defined]
    return marked(known_by_its_content, "public")


def known_query(view: View, request: HttpRequest) -> str | None:
    """The query as the page at this address writes it; None where the page is not to be kept."""
    if not hasattr(request, "known_query"):
        knows: KnownQuery | None = getattr(view, "knows", None)
        request.known_query = knows(request) if knows is not None else None  # type: ignore[attr-defined]
    known: str | None = request.known_query  # type: ignore[attr-defined]
    return known


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

    return marked(csrf_exempt(never_cached), "public_form")


def by_link(view: View) -> View:
    """Whoever holds the private link in the address; nothing of the page may be kept, passed on or indexed."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [NoFiles(request)]
        return kept_private(view(request, *args, **kwargs))

    return marked(csrf_exempt(private), "by_link")


def kept_private(response: HttpResponse, *, is_address_secret: bool = True) -> HttpResponse:
    """The response with the headers of a private page.

    Where the address opens nothing by itself the browser may name it to us: told to name nothing it sends a form with
    `Origin: null`, which the CSRF check refuses.
    """
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    if is_address_secret:
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
        return kept_private(view(request, *args, **kwargs), is_address_secret=False)

    return marked(guarded, "coordinator")


def is_coordinator(user: Any) -> bool:
    """Whether the user plans and runs the centre's work."""
    return bool(user.is_active and user.is_staff and (user.is_superuser or user.has_perm("floor.coordinate")))


def mark_of(view: Any) -> Mark | None:
    """The mark a view bears, or None."""
    return getattr(view, "access_mark", None)


def marked(view: View, mark: Mark) -> View:
    """The view with its mark; for the marks of floors above, which know what we do not."""
    view.access_mark = mark  # type: ignore[attr-defined]
    return view
