"""The yardstick for the post: a Django view with nothing but the bare transaction, for a server of its own.

No form, no rules, no page, no middleware; the transaction is written as one writes it in Django.
"""

import uuid
from typing import ClassVar

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

DATABASE = {**environ.Env().db("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
settings.configure(
    ALLOWED_HOSTS=["*"], DATABASES={"default": DATABASE}, ROOT_URLCONF=__name__, SECRET_KEY="bare", USE_TZ=True
)
application = get_wsgi_application()


class Capacity(models.Model):
    """The row that is locked."""

    objects: ClassVar[models.Manager["Capacity"]] = models.Manager()
    places = models.IntegerField(null=True)
    taken = models.IntegerField()
    last_number = models.IntegerField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"#{self.pk}"


class SignUp(models.Model):
    """A sent form."""

    objects: ClassVar[models.Manager["SignUp"]] = models.Manager()
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=16)
    token = models.CharField(max_length=36)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"#{self.pk}"


class Registration(models.Model):
    """A party's place."""

    objects: ClassVar[models.Manager["Registration"]] = models.Manager()
    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="+")
    capacity = models.ForeignKey(Capacity, on_delete=models.CASCADE, related_name="+")
    seats = models.IntegerField()
    number = models.IntegerField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"#{self.pk}"


def sign_up(request: HttpRequest, row: int) -> HttpResponse:
    """Lock, two inserts, one update."""
    with transaction.atomic():
        capacity = Capacity.objects.select_for_update(no_key=True).get(pk=row)
        capacity.last_number += 1
        capacity.taken += 2
        sent = SignUp.objects.create(
            name="Anna", phone=request.POST["phone"], token=str(uuid.uuid4()), created_at=timezone.now()
        )
        Registration.objects.create(sign_up=sent, capacity=capacity, seats=2, number=capacity.last_number)
        capacity.save(force_update=True)
    answer = str(capacity.last_number)
    return HttpResponse(answer, headers={"Content-Length": str(len(answer))})


urlpatterns = [path("bare/<int:row>/", sign_up)]
