"""Sign-in by a code sent to the e-mail, for institutions' people; staff have a password and get no code.

Whoever asks learns nothing: a known address, an unknown one, one of the staff and one that is switched off are answered
alike, and only the first is written to. The three steps of a code are allauth's; the counts and the words are ours.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import passthrough_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor import sign_in_counts, visitors
from kopiena.floor.access import kept_private
from kopiena.floor.codes import digits_of
from kopiena.floor.models import User

DIGITS = 8
ASK, TYPE = "account_request_login_code", "account_confirm_login_code"
Arrival = Callable[[HttpRequest, User, datetime], str | None]
_ARRIVALS: list[Arrival] = []


def on_arrival(deed: Arrival) -> None:
    """Have something done, in one transaction, when somebody has just shown by a code that an address is theirs.

    What it returns is where they are led instead of where they wanted to go; usually nothing.
    """
    if deed not in _ARRIVALS:
        _ARRIVALS.append(deed)


def who_gets_a_code(email: str) -> User | None:
    """The person of this address who comes in by code; e-mails are kept in small letters, so none is like another."""
    return User.objects.filter(email=email.lower(), is_active=True, is_staff=False).first()


def send_code(request: HttpRequest, email: str, now: datetime) -> bool:
    """Begin a sign-in with this address; False where too many were asked for and nothing was begun."""
    if not sign_in_counts.may_ask(email.lower(), visitors.connection_of(request), now):
        return False
    clear_login(request)  # a code asked for before opens nothing any more
    with transaction.atomic():
        LoginCodeVerificationProcess.initiate(request=request, user=who_gets_a_code(email), email=email.lower())
    return True


def too_many_asked() -> str:
    """What is said to whoever asked too often."""
    return _(
        "A code was asked for many times in a row. Look for the newest letter, in the spam folder too, "
        "or try again in an hour."
    )


class AskForm(RequestLoginCodeForm):
    """Where to send the code."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail at work"),
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "email", "class": "form-control"}),
        error_messages={
            "required": gettext_lazy("Write the e-mail to which the centre invited you."),
            "invalid": gettext_lazy("This does not look like an e-mail address. For example: anna@example.lv"),
            "max_length": gettext_lazy("An e-mail address has at most 254 letters."),
        },
    )

    def clean_email(self) -> str:
        """In small letters. Whether anybody has it is asked later, and never said."""
        return str(self.cleaned_data["email"]).lower()


class TypeForm(ConfirmLoginCodeForm):
    """The code from the letter, typed or pasted, with spaces or without."""

    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        help_text=gettext_lazy("8 digits."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "form-control", "size": "12"}
        ),
        error_messages={
            "required": gettext_lazy("Write the 8 digits of the code."),
            "max_length": gettext_lazy("A code has 8 digits."),
        },
    )

    def clean_code(self) -> str:
        """Something that can be no code is mended and costs no try."""
        code = digits_of(self.cleaned_data["code"])
        if len(code) != DIGITS:
            raise forms.ValidationError(_("A code has 8 digits."))
        if not compare_user_code(actual=code, expected=self.expected_code or ""):
            raise forms.ValidationError(_("This is not the code of the newest letter. Look once more."), code="wrong")
        return code


class AskForCode(RequestLoginCodeView):
    """Whoever types an address is led to the page for the code, whosever it is."""

    def get_form_class(self) -> type[forms.Form]:
        return AskForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """The page shows itself although a code is under way: the address may have been mistyped."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if send_code(self.request, form.cleaned_data["email"], timezone.now()):
            return redirect(_with_next(self.request, TYPE))
        form.add_error(None, too_many_asked())
        return self.render_to_response(
            self.get_context_data(form=form), status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "3600"}
        )


class TypeCode(ConfirmLoginCodeView):
    """The right code signs in; a wrong one is said, and after three it begins again."""

    has_begun_again = False

    def get_form_class(self) -> type[forms.Form]:
        return TypeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        is_over = response.status_code == HTTPStatus.FOUND and response["Location"] == reverse(ASK)
        if is_over and not self.has_begun_again:  # allauth's own redirect forgets where one wanted to go
            return self._begin_again(_("This code is not valid any more. Ask for a new one."))
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        if "again" in request.POST:
            if not send_code(request, self._process.state.get("email", ""), now):
                messages.warning(request, too_many_asked())
            else:
                messages.success(request, _("A new code is on its way; the one before is not valid any more."))
            return redirect(_with_next(request, TYPE))
        form = self.get_form()
        is_try = form.is_valid() or form.has_error("code", "wrong")
        if is_try and not sign_in_counts.may_guess(self._name_of_code(), visitors.connection_of(request), now):
            return self._begin_again(_("Too many wrong codes. Ask for a new one."))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user: Any = self._process.user
        if user is None or not user.is_active or user.is_staff:  # it was otherwise when the code was sent
            return self._begin_again(_("This code is not valid any more. Ask for a new one."))
        with transaction.atomic():
            led = [deed(self.request, user, timezone.now()) for deed in _ARRIVALS]
            user.refresh_from_db()
            response: HttpResponse = self._verify_form_valid(form)
            return redirect(next(filter(None, led))) if any(led) else response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if form.has_error("code", "wrong") and not self._process.record_invalid_attempt():
            return self._begin_again(_("Too many wrong codes. Ask for a new one."))
        return self.render_to_response(self.get_context_data(form=form))

    def _name_of_code(self) -> str:
        """Which asking this is, for the count: this browser's, begun at that moment."""
        return f"{self.request.session.session_key}:{self._process.state['at']}"

    def _begin_again(self, why: str) -> HttpResponse:
        self.has_begun_again = True
        clear_login(self.request)
        messages.warning(self.request, why)
        return redirect(_with_next(self.request, ASK))


def _with_next(request: HttpRequest, name: str) -> str:
    """The page of that name, which knows where to go afterwards and so in which language to speak."""
    return str(passthrough_next_redirect_url(request, reverse(name), "next"))


def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Where to send the code."""
    return kept_private(AskForCode.as_view()(request), is_address_secret=False)


def type_code(request: HttpRequest) -> HttpResponse:
    """The code itself."""
    return kept_private(TypeCode.as_view()(request), is_address_secret=False)
