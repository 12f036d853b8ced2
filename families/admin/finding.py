"""Finding people by what they say on the phone."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class FoundByNumber(admin.ModelAdmin):
    """A list in which a phone or code is found however its digits are grouped."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """ "2000 0000" is one number, not two words."""
        joined = "".join(search_term.split())
        is_number = joined.removeprefix("+").isdecimal()
        return super().get_search_results(request, queryset, joined if is_number else search_term)
