"""Addresses of the pages about the centre and about the portal itself."""

from django.urls import path

from kopiena.floor import views

app_name = "floor"
urlpatterns = [
    path("par-mums/", views.about, name="about"),
    path("privatums/", views.privacy, name="privacy"),
    path("pieklustamiba/", views.accessibility, name="accessibility"),
]
