"""The yardsticks for pages: what Django does at best with one indexed query and 30 cards, and with a constant.

No middleware, no session, no translation; Django's own templates, as anybody would write them.
"""

from typing import ClassVar

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import condition

CARD = """\
<article class="card"><h3><a href="/aktivitates/{{ activity.slug }}/">{{ activity.title_lv }}</a></h3>
<ul><li>{{ activity.published_at|date:"d.m.Y H:i" }}</li><li>{{ activity.age_from }}–{{ activity.age_to }}</li></ul>
<p>{{ activity.summary_lv }}</p><p>{{ activity.theme }}</p></article>"""
PAGE = f"""\
<!doctype html>
<html lang="lv"><head><meta charset="utf-8"><title>Aktivitātes</title></head>
<body><main><h1>Aktivitātes</h1><ul>
{{% for activity in activities %}}<li>{CARD}</li>{{% endfor %}}</ul></main></body></html>
"""

DATABASE = {**environ.Env().db("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
LOADERS = [
    (
        "django.template.loaders.cached.Loader",
        [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
    )
]
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": DATABASE},
    ROOT_URLCONF=__name__,
    SECRET_KEY="bare",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": LOADERS}}],
    USE_TZ=True,
)
application = get_wsgi_application()


class Activity(models.Model):
    """As much of an activity as a card shows."""

    objects: ClassVar[models.Manager["Activity"]] = models.Manager()
    slug = models.CharField(max_length=80)
    title_lv = models.CharField(max_length=160)
    summary_lv = models.CharField(max_length=300)
    theme = models.CharField(max_length=10)
    age_from = models.IntegerField(null=True)
    age_to = models.IntegerField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "bare"
        db_table = "activities_activity"

    def __str__(self) -> str:
        return f"#{self.pk}"


CONSTANT = b"<!doctype html>" + b"x" * 20_000


def cards(request: HttpRequest) -> HttpResponse:
    """One query over the primary key, 30 cards."""
    return _sized(render(request, "page.html", {"activities": Activity.objects.order_by("pk")[:30]}))


def constant(request: HttpRequest) -> HttpResponse:
    """The same 20 KB each time."""
    return _sized(HttpResponse(CONSTANT))


@condition(etag_func=lambda request: '"bare"')
def unchanged(request: HttpRequest) -> HttpResponse:
    """304 for whoever has it."""
    return HttpResponse(CONSTANT)


def _sized(response: HttpResponse) -> HttpResponse:
    response["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [path("cards/", cards), path("constant/", constant), path("unchanged/", unchanged)]
