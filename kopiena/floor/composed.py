"""A query that is asked at every step of a sign-up: Django composes its SQL once, not each time anew.

Composing takes the ORM two to four times as long as PostgreSQL needs for the answer. The SQL, the rows and everything
read from them stay Django's own; only the values are put in anew.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, Value

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Blank:
    """Where the value of this number belongs."""

    number: int


class Composed(Generic[Row]):
    """`Composed(lambda pk: Thing.objects.filter(pk=pk))` asked with values as PostgreSQL's driver takes them.

    The function gets expressions in place of the values, so it may compare with them and nothing else. Nothing that
    changes from call to call (the clock, the language) may stand in it: it is called only once.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self._build = build

    def rows(self, *values: Any) -> list[Row]:
        """What the query finds for these values."""
        queryset, compiler, sql, params = self._composed
        ours = copy(compiler)
        ours.connection = connections[DEFAULT_DB_ALIAS]  # a thread's own
        filled = tuple(values[each.number] if isinstance(each, Blank) else each for each in params)
        ours.as_sql = lambda *args, **also: (sql, filled)
        asked = queryset.all()
        asked.query.get_compiler = lambda *args, **also: ours  # type: ignore[method-assign]
        return list(asked)

    def one(self, *values: Any) -> Row | None:
        """The first row found, or None."""
        return next(iter(self.rows(*values)), None)

    def into(self, row: Model, name: str, *values: Any) -> None:
        """Puts what the query finds where `prefetch_related(name)` would have put it."""
        found: Any = getattr(row, name).get_queryset()
        found._result_cache, found._prefetch_done = self.rows(*values), True
        row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found

    @cached_property
    def _composed(self) -> tuple[QuerySet[Row], Any, str, tuple[Any, ...]]:
        blanks = [Value(Blank(number)) for number in range(len(signature(self._build).parameters))]
        queryset = self._build(*blanks)
        compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        compiler.connection = None
        return queryset, compiler, sql, params
