"""The roof as an app of its own, so that its commands and checks are found."""

from django.apps import AppConfig


class RoofConfig(AppConfig):
    name = "kopiena"
    label = "kopiena"
