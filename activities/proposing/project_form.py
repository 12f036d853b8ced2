"""A project in the order a teacher thinks: what it is, the story, when, with whom, and afterwards what came of it."""

from datetime import date, datetime
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Proposal
from activities.proposing.kinds import Content, DraftForm
from kopiena.floor import dates
from kopiena.floor.admin.office import sensible_year
from kopiena.floor.form_layout import DrawnOnce
from kopiena.floor.models import User
from kopiena.floor.said import said
from partners.forms.picture import PictureFields, PicturePart
from partners.models import Asking, Institution
from partners.shown import in_order

LONGEST_TEXT = 20_000
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y."]
TOO_LONG = gettext_lazy("Please write it in at most %(limit_value)d letters. Now: %(show_value)d.")
WRITTEN = ("title", "summary", "story", "begins_on", "ends_on", "outcome")


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DAY_FORMATS,
        validators=[sensible_year],
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("A day is written like this: 27.03.2027.")},
    )


def _text_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],  # a browser told of it would cut in silence
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": TOO_LONG},
    )


class ProjectForm(DraftForm, PictureFields):
    """Only the title and one sentence must be there; everything else can come later, or never."""

    title = forms.CharField(
        label=gettext_lazy("Title of the project"),
        validators=[MaxLengthValidator(160)],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the title of the project."), "max_length": TOO_LONG},
    )
    summary = forms.CharField(
        label=gettext_lazy("In one sentence: what will you do, and for whom?"),
        validators=[MaxLengthValidator(300)],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say in one sentence what it is about."), "max_length": TOO_LONG},
    )
    story = _text_field(
        gettext_lazy("The story"),
        gettext_lazy("How it began, what you do together, who is welcome. An empty line begins a new paragraph."),
    )
    begins_on = _day_field(gettext_lazy("Begins"))
    ends_on = _day_field(gettext_lazy("Ends"))
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Which institutions take part with you?"),
        help_text=gettext_lazy("We will ask them once the project is published. They appear there when they agree."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of the institutions can no longer be asked.")},
    )
    outcome = _text_field(
        gettext_lazy("What came of it"), gettext_lazy("How many of you there were, what you made, what you keep doing.")
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, proposal: Proposal, now: datetime, by: User | None = None
    ) -> None:
        self.proposal, self.now, self.by = proposal, now, by
        published = proposal.project.picture.name if proposal.project and proposal.is_change else ""
        sender: Any = by  # of a file, which comes only with somebody who sends it
        PictureFields.__init__(
            self,
            data,
            files,
            institution=proposal.institution,
            by=sender,
            now=now,
            current=published or "",
            initial={"partners": [], **proposal.content},  # never empty: no form is drawn as another's was
        )
        self._offer_partners()
        if not self._may_be_over():
            del self.fields["outcome"]
        period, last = Div("begins_on", "ends_on", css_class="row"), ("partners", "outcome")
        there = [name for name in last if name in self.fields]
        self.helper = DrawnOnce("title", "summary", "story", PicturePart(), period, *there)

    @classmethod
    def of_content(cls, proposal: Proposal, now: datetime) -> "ProjectForm":
        kept = {name: str(text) if name in WRITTEN else text for name, text in proposal.content.items()}
        return cls(kept, {}, proposal=proposal, now=now)

    def content(self) -> Content:
        """What was typed in each field; what the form does not show stays as it was."""
        kept = dict(self.proposal.content)
        if not self.is_bound:
            return kept
        for name in self.fields:
            typed = self.fields[name].widget.value_from_datadict(self.data, self.files, name)
            if name == "partners":
                offered = {slug for slug, _name in self.fields["partners"].choices}  # type: ignore[attr-defined]
                kept[name] = [slug for slug in typed or [] if slug in offered]
            elif name in WRITTEN:
                # A letter past the longest text is kept, so that the form still says it is too long.
                kept[name] = str(typed or "").replace("\r\n", "\n").strip()[: LONGEST_TEXT + 1]
        return kept | self.picture_content()

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_summary(self) -> str:
        return " ".join(self.cleaned_data["summary"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins_on, ends_on = (self.cleaned_data.get(name) for name in ("begins_on", "ends_on"))
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", _("A project cannot end before it begins."))
        return cleaned

    def _offer_partners(self) -> None:
        """The partners of the centre that are neither part of the project nor asked already."""
        institutions = Institution.objects.filter(is_partner=True).open_on(dates.local_day(self.now))
        institutions = institutions.exclude(pk=self.proposal.institution_id)
        if self.proposal.project_id:
            asked = Asking.objects.filter(project=self.proposal.project_id).values("institution")
            institutions = institutions.exclude(projects=self.proposal.project_id).exclude(pk__in=asked)
        offered = [(each.slug, said(each, "name")) for each in in_order(institutions)]
        if not offered:
            del self.fields["partners"]
        else:
            self.fields["partners"].choices = offered  # type: ignore[attr-defined]

    def _may_be_over(self) -> bool:
        """Whether there is anything yet to tell of what came of it."""
        ends_on = day_in(self.proposal.content.get("ends_on"))
        is_over = ends_on is not None and ends_on < dates.local_day(self.now)
        return bool(self.proposal.is_change or is_over or self.proposal.content.get("outcome"))


def day_in(typed: Any) -> date | None:
    """The day that was typed; None where it is none."""
    try:
        return ProjectForm.base_fields["begins_on"].clean(str(typed or ""))
    except forms.ValidationError:
        return None
