"""The addresses of coming in, of an institution's people and of its pictures."""

from django.urls import URLPattern, path

from partners.views import picture

app_name = "partners"

urlpatterns: list[URLPattern] = [
    path("musu-iestade/<slug:slug>/atteli/", picture.take_in, name="picture"),
]
