"""The addresses of coming in, of an institution's people and of its pictures."""

from django.urls import URLPattern

app_name = "partners"

urlpatterns: list[URLPattern] = []
