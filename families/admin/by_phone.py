""" "Pieteikt pa tālruni": the coordinator signs somebody up who calls, reads the code aloud and prints the slip."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.models import Meeting, Occurrence
from activities.models.activity import Activity
from activities.offer import Offer
from families import callers, registering
from families.admin import deeds
from families.forms.phone import PhoneForm
from families.models import Registration, SignUp
from kopiena.floor import phones
from kopiena.floor.access import is_coordinator
from kopiena.floor.models import Centre
from kopiena.floor.said import said
from partners.models import Institution
from partners.shown import in_order

FOLDER = "admin/families/signup"
Override = Registration.Override


class WithPhone(admin.ModelAdmin):
    """Sent forms, with the way to send one for somebody who calls. No transaction around it: the gate makes its own."""

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("pa-talruni/", site.admin_view(self.phone_view), name="families_signup_phone"),
            path("pa-talruni/lidzigi/", site.admin_view(self.known_view), name="families_signup_known"),
            path("<int:sign_up_id>/pierakstits/", site.admin_view(self.told_view), name="families_signup_told"),
            path("<int:sign_up_id>/izdruka/", site.admin_view(self.slip_view), name="families_signup_slip"),
            *super().get_urls(),
        ]

    def phone_view(self, request: HttpRequest) -> HttpResponse:
        """Show the form, sign up, tell; whatever comes in the way, nothing typed is lost."""
        self._check(request)
        if request.method != "POST":
            return self._page(request, self._form(initial={"occurrence": request.GET.get("occurrence", "")}))
        if "search" in request.POST or "known" in request.POST:
            typed = {**request.POST.dict(), **_contact_of(request.POST.get("known", ""))}
            return self._page(request, self._form(initial=typed), has_searched="search" in request.POST)
        form = self._form(request.POST)
        return self._sign_up(request, form) if form.is_valid() else self._page(request, form)

    def known_view(self, request: HttpRequest) -> HttpResponse:
        """Who with a like contact signed up before: a part of the page, asked for while she types; never by GET."""
        self._check(request)
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:families_signup_phone"))
        return render(request, f"{FOLDER}/_known.html", {"known": _known(request.POST.dict()), "has_searched": False})

    def told_view(self, request: HttpRequest, sign_up_id: int) -> HttpResponse:
        """What came of it, with the code to read aloud."""
        sign_up, registration = self._sent(request, sign_up_id)
        context = {
            "title": _("Signed up by phone"),
            "sign_up": sign_up,
            "registration": registration,
            "participants": list(registration.participants.all()),
            "number": registration.number_in_queue,
            "twins": callers.twins_of(registration),
            "overrides": [Override(name).label for name in registration.overrides],
        }
        return deeds.page(self, request, f"{FOLDER}/told.html", forms.Form(), **context, **_about(registration))

    def slip_view(self, request: HttpRequest, sign_up_id: int) -> HttpResponse:
        """One sheet in the family's language, without the private link; it names nothing that is to stay unseen."""
        sign_up, registration = self._sent(request, sign_up_id)
        if sign_up.is_erased:
            raise Http404
        with translation.override(sign_up.language):
            context = {
                "sign_up": sign_up,
                "registration": registration,
                "number": registration.number_in_queue,
                "centre": Centre.objects.first(),
                "find_address": settings.SITE_URL + reverse("families:find"),
                **_about(registration),
            }
            return render(request, f"{FOLDER}/slip.html", context)

    def _check(self, request: HttpRequest) -> None:
        if not (is_coordinator(request.user) and self.has_view_permission(request)):
            raise PermissionDenied

    def _sent(self, request: HttpRequest, sign_up_id: int) -> tuple[SignUp, Registration]:
        self._check(request)
        sign_up = self.get_object(request, str(sign_up_id))
        registration = sign_up.registrations.select_related("sign_up__institution").first() if sign_up else None
        if sign_up is None or registration is None:
            raise Http404
        return sign_up, registration

    @staticmethod
    def _form(data: Any = None, **also: Any) -> PhoneForm:
        now = timezone.now()
        institutions = in_order(Institution.objects.open_on(timezone.localdate(now)))
        return PhoneForm(data, dates=callers.coming_dates(now), institutions=institutions, now=now, **also)

    def _sign_up(self, request: HttpRequest, form: PhoneForm) -> HttpResponse:
        may_wait = "wait" in request.POST
        # Who may wait does not pass over others, even where that had been let pass before.
        passing = form.lets_pass - ({Override.ORDER.value} if may_wait else set())
        staff = registering.Staff(deeds.staff(request), passing, form.cleaned_data["reason"])
        try:
            sent = registering.register_for(
                form.random,
                int(form.cleaned_data["occurrence"]),
                form.sender(),
                form.party(),
                staff=staff,
                institution=form.group_of,
                may_wait=may_wait,
                now=form.now,
            )
        except registering.AlreadySent as refusal:
            form.renew_token(keep=False)
            return self._page(request, form, refusal=refusal, status=HTTPStatus.CONFLICT)
        except registering.NeedsReason as refusal:
            if passing and not staff.reason.strip():
                form.add_error("reason", _("Write why, in a few words."))
            form.broken = refusal.broken
            return self._page(request, form, refusal=refusal)
        except registering.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self._page(request, form, refusal=refusal)
        except registering.Busy:
            form.add_error(None, forms.ValidationError(_busy(), code="busy"))
            return self._page(request, form)
        return HttpResponseRedirect(reverse("admin:families_signup_told", args=[sent.pk]))

    def _page(self, request: HttpRequest, form: PhoneForm, *, refusal: Any = None, **also: Any) -> HttpResponse:
        status = also.pop("status", None)
        has_limit = form.date is not None and form.date.capacity.places is not None
        is_full = form.date is not None and form.date.free_for_coordinator == 0
        is_asked = isinstance(refusal, registering.NeedsReason)
        may_be_queued = is_asked and ("wait" in request.POST or Override.ORDER.value in refusal.broken)
        context = {
            "title": _("Sign up by phone"),
            "chosen": callers.label_of(form.date) if form.date else "",
            "known": _known(form.typed),
            "broken": form.broken.values(),
            "is_reason_asked": is_asked or form.lets_pass or form.typed.get("reason"),
            "is_without_room": isinstance(refusal, registering.NoRoom),
            "may_wait": has_limit and (is_full or may_be_queued or isinstance(refusal, registering.NoRoom)),
            "sent_before": refusal.sign_up if isinstance(refusal, registering.AlreadySent) else None,
            "refusal": refusal,
            "has_searched": False,
            **also,
        }
        response = deeds.page(self, request, f"{FOLDER}/phone.html", form, **context)
        response.status_code = status or response.status_code
        return response


def _busy() -> str:
    return _(
        "Very many people are signing up right now. What you wrote is not lost: press the button once more "
        "in a few seconds."
    )


def _known(typed: Any) -> list[callers.Known]:
    """Earlier sign-ups like what was typed so far; what cannot be meant is not looked for."""
    phone, email, name = (
        " ".join(str(typed.get(field, "")).replace("\x00", "").split())[:254]
        for field in ("phone", "email", "contact_name")
    )
    chosen = str(typed.get("occurrence", ""))
    is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 12
    return callers.known(phone, email, name, int(chosen) if is_number else None)


def _contact_of(chosen: str) -> dict[str, str]:
    """The contact of an earlier sign-up, as it fills the form."""
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 12):
        return {}
    sign_up = SignUp.objects.filter(pk=int(chosen), erased_at__isnull=True).first()
    if sign_up is None:
        return {}
    phone = phones.shown(sign_up.phone) if sign_up.phone else ""
    return {
        "contact_name": sign_up.contact_name,
        "phone": phone,
        "safe_to_call": sign_up.safe_to_call,
        "email": sign_up.email,
        "language": sign_up.language,
    }


def _about(registration: Registration) -> dict[str, Any]:
    """The date of a registration, in the active language."""
    occurrence = Occurrence.objects.timed().select_related("activity", "capacity").get(pk=registration.occurrence_id)
    meetings = Meeting.objects.filter(occurrence=occurrence).select_related("venue", "room").order_by("starts_at", "pk")
    return {
        "occurrence": occurrence,
        "activity": occurrence.activity,
        "activity_title": said(occurrence.activity, "title"),
        "is_discreet": occurrence.activity.audience == Activity.Audience.DISCREET,
        "offer": Offer(occurrence, tuple(meetings), timezone.now()),
    }
