"""The addresses of activities, institutions and projects."""

from datetime import date

from django.urls import path, register_converter

from activities.calendar.ways import FIRST_YEAR, LAST_YEAR
from activities.desk import drafting, earlier, offers, own_page
from activities.views import activity, calendar, feeds, listing, partners, picture, plan, venue


class MonthInAddress:
    """A month as "2027-03"; one that no calendar of ours has is no address at all."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        first = date(int(value[:4]), int(value[5:]), 1)
        if not FIRST_YEAR <= first.year <= LAST_YEAR:
            raise ValueError
        return first

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


class WeekInAddress:
    """A week as "2027-n12", by the numbers of ISO 8601; 53 only in the years that have it."""

    regex = "[0-9]{4}-n[0-9]{2}"

    def to_python(self, value: str) -> date:
        monday = date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
        if not FIRST_YEAR <= monday.isocalendar().year <= LAST_YEAR:
            raise ValueError
        return monday

    def to_url(self, value: date | str) -> str:
        if isinstance(value, str):
            return value
        year, week, _day = value.isocalendar()
        return f"{year}-n{week:02}"


class YearInAddress:
    """A year of our calendar."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        if not FIRST_YEAR <= int(value) <= LAST_YEAR:
            raise ValueError
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


class PageInAddress:
    """A further page of a long list: the first has the list's own address."""

    regex = "[0-9]{1,4}"

    def to_python(self, value: str) -> int:
        if int(value) < 2 or value.startswith("0"):
            raise ValueError
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


register_converter(MonthInAddress, "month")
register_converter(WeekInAddress, "week")
register_converter(YearInAddress, "our_year")
register_converter(PageInAddress, "further_page")

app_name = "activities"

urlpatterns = [
    path("kalendars/", calendar.this_month, name="calendar"),
    path("kalendars/<month:first>/", calendar.month, name="calendar_month"),
    path("kalendars/<month:first>/dienas/", calendar.days, name="calendar_days"),
    path("kalendars/<week:monday>/", calendar.week, name="calendar_week"),
    path("aktivitates/", listing.listing, name="list"),
    path("aktivitates/<slug:slug>/", activity.activity, name="activity"),
    path("kalendars.ics", feeds.calendar_feed, name="calendar_feed"),
    path("aktivitates.atom", feeds.atom, name="atom"),
    path("aktivitates/<slug:slug>.ics", feeds.activity_file, name="activity_file"),
    path("attels/kopiena.png", picture.site, name="site_picture"),
    path("attels/<slug:slug>.png", picture.activity, name="picture"),
    path("plans/<our_year:year>/", plan.plan, name="plan"),
    path("iestades/", partners.institutions, name="institution_list"),
    path("iestades/<slug:slug>/", partners.institution, name="institution"),
    path("iestades/<slug:slug>/agrak/<further_page:number>/", partners.institution_earlier, name="institution_earlier"),
    path("projekti/", partners.projects, name="project_list"),
    path("projekti/<slug:slug>/", partners.project, name="project"),
    path("projekti/<slug:slug>/agrak/<further_page:number>/", partners.project_earlier, name="project_earlier"),
    path("vietas/<slug:slug>/", venue.venue, name="venue"),
    path("musu-iestade/<slug:slug>/piedavajums/", offers.offers, name="desk_offers"),
    path("musu-iestade/<slug:slug>/piedavajums/sakt/", offers.begin, name="desk_begin"),
    path("musu-iestade/<slug:slug>/piedavajums/mainit/", offers.change, name="desk_change"),
    path("musu-iestade/<slug:slug>/piedavajums/no-agrakas/", earlier.earlier, name="desk_earlier"),
    path("musu-iestade/<slug:slug>/piedavajums/no-agrakas/<int:pk>/", earlier.begin_from, name="desk_begin_from"),
    path("musu-iestade/<slug:slug>/lapa/", own_page.own_page, name="desk_page"),
    path("musu-iestade/<slug:slug>/ieceres/<int:pk>/", drafting.draft, name="draft"),
    path("musu-iestade/<slug:slug>/ieceres/<int:pk>/saglabat/", drafting.save, name="draft_save"),
    path("musu-iestade/<slug:slug>/ieceres/<int:pk>/skats/", drafting.preview, name="draft_preview"),
    path("musu-iestade/<slug:slug>/ieceres/<int:pk>/iesniegt/", drafting.propose, name="draft_propose"),
    path("musu-iestade/<slug:slug>/ieceres/<int:pk>/atsaukt/", drafting.take_back, name="draft_take_back"),
    path("musu-iestade/<slug:slug>/ieceres/<int:pk>/dzest/", drafting.drop, name="draft_drop"),
    path("vietas/<slug:slug>/agrak/<further_page:number>/", venue.venue_earlier, name="venue_earlier"),
]
