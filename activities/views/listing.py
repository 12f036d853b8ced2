"""The list of what is still to come, with filters in the address."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.cards import Card
from activities.forms import FilterForm
from activities.listing import drops, found
from activities.offer import with_dates
from kopiena.floor import dates
from kopiena.floor.access import public
from partners.models import Institution
from partners.shown import in_order

CARDS_A_PAGE = 30


@public
def listing(request: HttpRequest) -> HttpResponse:
    """The activities still to come that suit the filters."""
    now = timezone.now()
    institutions = in_order(Institution.objects.filter(is_partner=True).open_on(dates.local_day(now)))
    form = FilterForm(request.GET, institutions=institutions)
    filters = form.filters()
    paginator = Paginator(with_dates(found(filters, now)), CARDS_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "activities/list.html",
        {
            "form": form,
            "filters": filters,
            "page": page,
            "cards": [Card(activity, now) for activity in page.object_list],
            "drops": [] if paginator.count else drops(filters, now),
            "this_year": dates.local_day(now).year,
            "previous": filters.query(page.number - 1),
            "next": filters.query(page.number + 1),
        },
    )
