"""Every rule of the database has a test in which the database refuses, and a sentence a person understands."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import override

from tests.activities import test_models as of_activities
from tests.families import test_models as of_families
from tests.floor import test_models as of_floor
from tests.partners import test_models as of_partners

OURS = {"floor", "partners", "activities", "families"}
STOCK_MESSAGE = str(BaseConstraint.default_violation_error_message)


def rules() -> Iterator[tuple[type[models.Model], BaseConstraint]]:
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            yield from ((model, rule) for rule in model._meta.constraints)


def refused_in_tests() -> set[str]:
    return {name for tests in (of_activities, of_families, of_floor, of_partners) for name, _ in tests.BREAKS}


def test_every_named_rule_and_every_unique_field_has_a_refusing_test_and_no_test_is_stale() -> None:
    named = {rule.name for _, rule in rules()}
    unique = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    }
    assert len(named) > 40
    assert refused_in_tests() == named | unique


@pytest.mark.django_db
def test_the_database_knows_exactly_the_rules_of_the_models() -> None:
    """Checks that Django itself makes for kinds of fields end in `_check`; ours say what must be so."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in OURS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'x') AND conrelid::regclass::text = ANY(%s)",
            [tables],
        )
        known = {name for (name,) in cursor.fetchall() if not name.endswith("_check")}
    assert known == {rule.name for _, rule in rules() if not isinstance(rule, models.UniqueConstraint)}


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
def test_every_rule_says_why_in_words_of_its_own(language: str) -> None:
    with override(language):
        said = {rule.name: str(rule.violation_error_message) for _, rule in rules()}
    wordless = [name for name, words in said.items() if words.startswith(STOCK_MESSAGE[:10]) or not words.endswith(".")]
    assert wordless == []
