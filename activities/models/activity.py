"""What is offered, in three languages: the activity itself, before any date."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kopiena.floor.said import said
from partners.models import Institution, Project


def new_invitation_id() -> str:
    """128 random bits for the address of an activity by invitation."""
    return secrets.token_hex(16)


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities in the office's words."""

    def public(self) -> "ActivityQuerySet":
        """What anybody may see in lists, calendars, counts and feeds."""
        return self.filter(state=Activity.State.PUBLISHED, audience=Activity.Audience.OPEN)

    def undated(self, year: int) -> "ActivityQuerySet":
        """Planned for the year with no date yet."""
        return self.filter(approximate_year=year, occurrences__isnull=True)


class Activity(models.Model):
    """Texts, organisers, ages and manners of one activity; its dates are its occurrences."""

    class Audience(models.TextChoices):
        OPEN = "open", _("open")
        INVITED = "invited", _("by invitation")
        DISCREET = "discreet", _("by invitation, unseen")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    class Theme(models.TextChoices):
        GARDEN = "garden", _("Gardens and flowers")
        CLEANUP = "cleanup", _("Clean-ups")
        STAGE = "stage", _("Theatre and feasts")
        CRAFT = "craft", _("Creative workshops")
        HOME = "home", _("Family and home")
        SAFETY = "safety", _("Safety")

    class Unit(models.TextChoices):
        PEOPLE = "people", _("people")
        CHILDREN = "children", _("children (adults come free)")
        FAMILIES = "families", _("families")

    class Season(models.TextChoices):
        YEAR = "year", _("some time in the year")
        WINTER = "winter", _("winter")
        SPRING = "spring", _("spring")
        SUMMER = "summer", _("summer")
        AUTUMN = "autumn", _("autumn")

    slug = models.SlugField(_("address on the site"), unique=True, max_length=80)
    title_lv = models.CharField(_("title (Latvian)"), max_length=160, blank=True)
    title_ru = models.CharField(_("title (Russian)"), max_length=160, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    summary_lv = models.CharField(_("in one sentence (Latvian)"), max_length=300, blank=True)
    summary_ru = models.CharField(_("in one sentence (Russian)"), max_length=300, blank=True)
    summary_en = models.CharField(_("in one sentence (English)"), max_length=300, blank=True)
    description_lv = models.TextField(_("description (Latvian)"), blank=True)
    description_ru = models.TextField(_("description (Russian)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    bring_lv = models.CharField(_("what to bring (Latvian)"), max_length=300, blank=True)
    bring_ru = models.CharField(_("what to bring (Russian)"), max_length=300, blank=True)
    bring_en = models.CharField(_("what to bring (English)"), max_length=300, blank=True)
    weather_lv = models.CharField(_("what if it rains (Latvian)"), max_length=300, blank=True)
    weather_ru = models.CharField(_("what if it rains (Russian)"), max_length=300, blank=True)
    weather_en = models.CharField(_("what if it rains (English)"), max_length=300, blank=True)
    outcome_lv = models.TextField(_("what came of it (Latvian)"), blank=True)
    outcome_ru = models.TextField(_("what came of it (Russian)"), blank=True)
    outcome_en = models.TextField(_("what came of it (English)"), blank=True)

    theme = models.CharField(_("theme"), max_length=10, choices=Theme.choices)
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("project")
    )
    organisers = models.ManyToManyField(Institution, related_name="+", blank=True, verbose_name=_("organisers"))
    other_organisers_lv = models.CharField(_("other organisers (Latvian)"), max_length=300, blank=True)
    other_organisers_ru = models.CharField(_("other organisers (Russian)"), max_length=300, blank=True)
    other_organisers_en = models.CharField(_("other organisers (English)"), max_length=300, blank=True)
    led_by_lv = models.CharField(_("led by (Latvian)"), max_length=200, blank=True)
    led_by_ru = models.CharField(_("led by (Russian)"), max_length=200, blank=True)
    led_by_en = models.CharField(_("led by (English)"), max_length=200, blank=True)
    is_in_latvian = models.BooleanField(_("in Latvian"), default=False)
    is_in_russian = models.BooleanField(_("in Russian"), default=False)
    is_in_english = models.BooleanField(_("in English"), default=False)
    made_for = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="makers", verbose_name=_("made for")
    )
    picture = models.ImageField(_("picture"), upload_to="activities/", blank=True)
    picture_alt_lv = models.CharField(_("what the picture shows (Latvian)"), max_length=200, blank=True)
    picture_alt_ru = models.CharField(_("what the picture shows (Russian)"), max_length=200, blank=True)
    picture_alt_en = models.CharField(_("what the picture shows (English)"), max_length=200, blank=True)

    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    is_age_asked = models.BooleanField(_("children's ages are asked at sign-up"), default=False)
    is_adult_needed = models.BooleanField(_("children come with an adult"), default=True)
    is_sibling_welcome = models.BooleanField(_("siblings may come along"), default=True)
    is_for_helpers = models.BooleanField(_("helpers only, no audience"), default=False)
    unit = models.CharField(
        _("a place is for"),
        max_length=10,
        choices=Unit.choices,
        default=Unit.PEOPLE,
        help_text=_("New dates begin with this; a date already made is changed on its own page."),
    )
    usual_places = models.PositiveIntegerField(
        _("usual number of places"), null=True, blank=True, help_text=_("Empty: no limit. New dates begin with this.")
    )
    is_companion_seated = models.BooleanField(_("a child who only comes along uses a place"), default=True)

    is_free = models.BooleanField(
        _("free of charge"),
        default=False,
        help_text=_("Tick only what you are sure of: search engines are told."),
    )
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices, default=Audience.OPEN)
    invitation_id = models.CharField(max_length=32, unique=True, default=new_invitation_id, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    returned_note = models.TextField(_("note on returning"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    approximate_year = models.PositiveSmallIntegerField(_("year, while the date is not known"), null=True, blank=True)
    approximate_season = models.CharField(
        _("season, while the date is not known"), max_length=10, choices=Season.choices, blank=True
    )
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    # Kept by a trigger, whoever writes the row.
    changed_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["title_lv"]
        indexes = [
            # Whether one is public is then known without reading its texts, which lie in the same row.
            models.Index(fields=["id"], condition=Q(state="published", audience="open"), name="activity_public"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_from__lte=120),
                name="activity_age_from_is_human",
                violation_error_message=_("An age is at most 120 years."),
            ),
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_to__lte=120),
                name="activity_age_to_is_human",
                violation_error_message=_("An age is at most 120 years."),
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="activity_ages_in_order",
                violation_error_message=_("The upper age cannot be below the lower one."),
            ),
            models.CheckConstraint(
                condition=~Q(title_lv="") | ~Q(title_ru="") | ~Q(title_en=""),
                name="activity_has_a_title",
                violation_error_message=_("Write a title, in one of the three languages."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["open", "invited", "discreet"]),
                name="activity_audience_is_known",
                violation_error_message=_("Choose an audience from the list."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "returned", "published", "archived"]),
                name="activity_state_is_known",
                violation_error_message=_("Choose a state from the list."),
            ),
            models.CheckConstraint(
                condition=Q(theme__in=["garden", "cleanup", "stage", "craft", "home", "safety"]),
                name="activity_theme_is_known",
                violation_error_message=_("Choose a theme from the list."),
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["people", "children", "families"]),
                name="activity_unit_is_known",
                violation_error_message=_("A place is for people, children or families."),
            ),
            models.CheckConstraint(
                condition=Q(approximate_season="") | Q(approximate_year__isnull=False),
                name="activity_season_has_a_year",
                violation_error_message=_("A season needs its year."),
            ),
            models.CheckConstraint(
                condition=Q(approximate_season__in=["", "year", "winter", "spring", "summer", "autumn"]),
                name="activity_season_is_known",
                violation_error_message=_("Choose a season from the list."),
            ),
            models.CheckConstraint(
                condition=Q(approximate_year__isnull=True) | Q(approximate_year__gte=2000, approximate_year__lte=2100),
                name="activity_year_is_ours",
                violation_error_message=_("The year lies between 2000 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(made_for__isnull=True) | ~Q(made_for=F("id")),
                name="activity_is_not_made_for_itself",
                violation_error_message=_("An activity cannot be made for itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(said(self, "title", "lv"))

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it in lists and pages."""
        return self.state == self.State.PUBLISHED and self.audience == self.Audience.OPEN

    @property
    def is_discreet(self) -> bool:
        return self.audience == self.Audience.DISCREET

    def fits_age(self, age: int) -> bool:
        """Whether a child of this age may take part."""
        return (self.age_from is None or age >= self.age_from) and (self.age_to is None or age <= self.age_to)

    def publish(self, now: datetime) -> None:
        """Mark as published; the first time is remembered, for "new" on the home page."""
        self.state = self.State.PUBLISHED
        self.published_at = self.published_at or now
