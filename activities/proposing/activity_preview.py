"""An activity as the public will see it, also while its draft has gaps: what is missing is left out, and said."""

import re
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Proposal, Venue
from activities.proposing import own_activities, own_projects, where
from activities.proposing.activity_content import TEXTS, Content
from activities.proposing.activity_form import ActivityForm
from activities.proposing.activity_writing import add_dates, write
from activities.proposing.drafts import NotNow
from activities.proposing.previewing import MAIN, as_published
from activities.proposing.repeats import MOST
from kopiena.floor.addresses import free_address
from kopiena.floor.models import User

FIRST_THEME = Activity.Theme.values[0]
NUMBERS = ("age_from", "age_to", "places", "about_year")
# What a page tells machines and other sites about its address, which is not there yet.
FOR_OTHERS = re.compile(
    r'<script type="application/ld\+json">.*?</script>|<link rel="(?:alternate|canonical)"[^>]*>|'
    r'<meta (?:property="og:|name="twitter:)[^>]*>',
    re.DOTALL,
)
LEADS_ON = re.compile(r'(<a\b(?![^>]*\sdata-leads-back\b)[^>]*?\s)href="[^"]*"')  # all but the way back
OTHER_LANGUAGE = re.compile(r'(<a\b[^>]*?\s)href="[^"]*"([^>]*\shreflang=)')
# Ways to keep it and pass it on, and its address in letters.
PASSES_ON = re.compile(r'<section class="keep\b.*?</section>|<p class="[^"]*keep__address">.*?</p>', re.DOTALL)


def preview(proposal: Proposal, request: HttpRequest, now: datetime) -> HttpResponse:
    """The public page as it would be; nothing of it is kept, and no link on it leads to what is not there."""
    form = ActivityForm.of_content(proposal, now)
    sentences = what_to_mend(form)
    answer = as_published(sketch, proposal, request, now)
    page = inert(answer.content.decode())
    missing = render_to_string("activities/desk/_preview_missing.html", {"missing": sentences}, request)
    answer.content = page.replace(MAIN, MAIN + missing, 1).encode()
    return answer


def what_to_mend(form: ActivityForm) -> list[str]:
    """A sentence each; one that says what is wrong, but not where, has the field's label before it."""
    found = []
    for name, errors in form.errors.as_data().items():
        label = str(form.fields[name].label or "") if name in form.fields else ""
        for error in errors:
            words = " ".join(map(str, error.messages))
            names_its_field = not label or error.code == "required"
            found.append(words if names_its_field else f"{label} – {words}")
    return list(dict.fromkeys(found))


def sketch(proposal: Proposal, *, by: User, now: datetime) -> Activity:
    """What approving would write, with something in place of each gap; only ever within what is rolled back."""
    form = ActivityForm.of_content(proposal, now)
    content = _without_gaps(form)
    activity = own_activities.changed_by(proposal, content["title"])
    if activity.audience != Activity.Audience.OPEN:
        raise NotNow(_("It is by invitation only, so there is no page that everybody sees."))
    write(activity, content, proposal, form.settled)
    try:
        activity.project = own_projects.project_for(proposal)
    except NotNow:
        activity.project = own_projects.project_now(proposal)
    activity.publish(now)
    activity.save()
    activity.organisers.add(proposal.institution_id)
    wanted = form.when.dates[:MOST]
    add_dates(activity, content, wanted, _place(content) if wanted else {})
    return activity


def inert(page: str) -> str:
    """The page without ways to addresses that do not exist: its links stay where one is, machines are told nothing."""
    head, found, main = FOR_OTHERS.sub("", page).partition(MAIN)
    head = OTHER_LANGUAGE.sub(r'\1href="#main"\2', head)
    main, end, rest = main.partition("</main>")
    return head + found + PASSES_ON.sub("", LEADS_ON.sub(r'\1href="#main"', main)) + end + rest


def _without_gaps(form: ActivityForm) -> Content:
    content = dict(form.kept)
    for name in TEXTS:
        longest = ActivityForm.base_fields[name].max_length  # type: ignore[attr-defined]
        content[name] = content[name][:longest]
    content["title"] = content["title"] or _("(no title yet)")
    if "theme" in form.errors:
        content["theme"] = FIRST_THEME
    for name in NUMBERS:
        if name in form.errors:
            content[name] = ""
    if "about_season" in form.errors or not content["about_year"]:
        content["about_season"] = ""
    if "unit" in form.errors:
        content["unit"] = Activity.Unit.PEOPLE.value
    return content


def _place(content: Content) -> dict[str, Any]:
    """Its place; what is only words so far stands in for a venue."""
    try:
        return where.place_of(content)
    except NotNow:
        words = str(content["place"]) if content["where"] == where.ELSEWHERE else ""
        name = (words or _("The place is not chosen yet"))[:160]
        venue = Venue.objects.create(slug=free_address(Venue, name), name_lv=name, name_ru=name, name_en=name)
        return {"where": Meeting.Where.VENUE, "venue": venue}
