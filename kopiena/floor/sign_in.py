"""Sign-in: staff by password, institutions' people by a code; nobody can sign up, and guesses are counted."""

import secrets
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account import urls as allauth_urls
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kopiena.floor import sign_in_codes, sign_in_letters
from kopiena.floor.access import public

# Nobody signs up, resets a password by letter or keeps several e-mails here: the rest of allauth is shut.
OPEN = {"account_login", "account_logout", "account_reauthenticate"}
CODE_PAGES = {sign_in_codes.ASK, sign_in_codes.TYPE}  # these two are ours
LOGIN_CODE = "account/email/login_code"  # what allauth calls the letter


class StaffOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by the coordinator in the admin or by her invitation, never by whoever comes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be led there; what is no address at all would make allauth's own question fail."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def generate_login_code(self) -> str:
        """Digits alone: letters would have to be found on a phone's other keyboard."""
        return f"{secrets.randbelow(10**sign_in_codes.DIGITS):0{sign_in_codes.DIGITS}}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The staff to the office, everybody else to the desk of their institution."""
        return resolve_url(settings.LOGIN_REDIRECT_URL if request.user.is_staff else settings.DESK_REDIRECT_URL)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is said in allauth's words: our pages say what they did."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent from inside a request: the letter is owed, and its links lead to SITE_URL alone."""
        now = timezone.now()
        if template_prefix == LOGIN_CODE:
            sign_in_letters.owe(sign_in_letters.SIGN_IN_CODE, email, {"code": context["code"]}, now)
            return
        site = SimpleNamespace(name="Kopiena", domain=urlsplit(settings.SITE_URL).netloc)
        message = self.render_mail(template_prefix, email, {"email": email, "current_site": site, **context})
        text = str(message.body)
        if (request := context.get("request") or self.request) is not None:
            text = text.replace(request.build_absolute_uri("/").rstrip("/"), settings.SITE_URL)
        details = {"subject": message.subject, "text": text}
        sign_in_letters.owe(sign_in_letters.OF_THE_ACCOUNT, email, details, now)

    def format_email_subject(self, subject: str) -> str:
        """As it is: allauth would put the request's Host before it."""
        return str(subject)


class SignInForm(LoginForm):
    """E-mail and password, in the words and with the helps of our other forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail"), _("Password")
        password.help_text = ""  # there is no reset by letter; the coordinator gives a new one
        for name, autocomplete in (("login", "username"), ("password", "current-password")):
            widget = self.fields[name].widget
            widget.attrs.pop("placeholder", None)
            widget.attrs |= {"autocomplete": autocomplete, "class": "form-control"}
            if self.is_bound and self.errors.get(name):
                widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"error_{name}"}


def typed_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whose account is being tried, for the count of wrong guesses.

    The sign-in page sends it as `login` and hands it on as `email`; both must be counted as one and the same.
    """
    known = credentials or {}
    typed = known.get("email") or known.get("username") or request.POST.get("login") or ""
    return str(typed).strip().lower()[:255].replace("\x00", "")


@public
def shut(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """A page of allauth we do not have; allauth itself still asks for its address."""
    raise Http404


urlpatterns = [
    pattern if pattern.name in OPEN else path(f"{pattern.name}/", shut, name=pattern.name)
    for pattern in allauth_urls.urlpatterns
    if pattern.name not in CODE_PAGES
]
urlpatterns += [
    path("login/code/", sign_in_codes.ask_for_code, name=sign_in_codes.ASK),
    path("login/code/confirm/", sign_in_codes.type_code, name=sign_in_codes.TYPE),
]
