"""An undertaking of one or more institutions, with a page of its own."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kopiena.floor.said import in_language, said
from partners.models.institution import Institution


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects in the office's words."""

    def published(self) -> "ProjectQuerySet":
        return self.filter(state=Project.State.PUBLISHED)

    def by_title(self) -> "ProjectQuerySet":
        """By the title there is: the Latvian one, else another."""
        return self.order_by(in_language("title", "lv"), "pk")


class Project(models.Model):
    """What the institutions do together over a time."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    slug = models.SlugField(_("address on the site"), unique=True)
    title_lv = models.CharField(_("title (Latvian)"), max_length=160, blank=True)
    title_ru = models.CharField(_("title (Russian)"), max_length=160, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    summary_lv = models.CharField(_("in one sentence (Latvian)"), max_length=300, blank=True)
    summary_ru = models.CharField(_("in one sentence (Russian)"), max_length=300, blank=True)
    summary_en = models.CharField(_("in one sentence (English)"), max_length=300, blank=True)
    story_lv = models.TextField(_("story (Latvian)"), blank=True)
    story_ru = models.TextField(_("story (Russian)"), blank=True)
    story_en = models.TextField(_("story (English)"), blank=True)
    outcome_lv = models.TextField(_("what came of it (Latvian)"), blank=True)
    outcome_ru = models.TextField(_("what came of it (Russian)"), blank=True)
    outcome_en = models.TextField(_("what came of it (English)"), blank=True)
    institutions = models.ManyToManyField(
        Institution, related_name="projects", blank=True, verbose_name=_("institutions")
    )
    picture = models.ImageField(_("picture"), upload_to="projects/", blank=True)
    picture_alt_lv = models.CharField(_("what the picture shows (Latvian)"), max_length=200, blank=True)
    picture_alt_ru = models.CharField(_("what the picture shows (Russian)"), max_length=200, blank=True)
    picture_alt_en = models.CharField(_("what the picture shows (English)"), max_length=200, blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title_lv"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "published", "archived"]),
                name="project_state_is_known",
                violation_error_message=_("A project is a draft, proposed, published or archived."),
            ),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="project_ends_after_it_begins",
                violation_error_message=_("A project cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(title_lv="") | ~Q(title_ru="") | ~Q(title_en=""),
                name="project_has_a_title",
                violation_error_message=_("Write a title, in one of the three languages."),
            ),
        ]

    def __str__(self) -> str:
        return str(said(self, "title", "lv"))

    def get_absolute_url(self) -> str:
        return reverse("activities:project", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Whether anybody may see it."""
        return self.state == self.State.PUBLISHED


class Asking(models.Model):
    """An institution is asked to be a partner of a project, and answers; agreeing puts it among the project's own."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="askings", verbose_name=_("project"))
    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="+", verbose_name=_("who is asked")
    )
    asked_by = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+", verbose_name=_("who asks"))
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    has_agreed = models.BooleanField(_("agreed"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to a partner")
        verbose_name_plural = _("questions to partners")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "institution"],
                name="asking_once",
                violation_error_message=_("This institution has been asked already."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, has_agreed__isnull=True)
                | Q(answered_at__isnull=False, has_agreed__isnull=False),
                name="asking_answered_says_when",
                violation_error_message=_("An answer says when it was given, and no answer says nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(institution=F("asked_by")),
                name="asking_is_of_another",
                violation_error_message=_("An institution does not ask itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
