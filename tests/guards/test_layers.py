"""The house stands: imports and keys point downwards only, and every module of the roof's folder has its storey."""

import pkgutil
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

import kopiena
from kopiena.floor.models import User
from partners.models import Institution
from tests.guards.files import ROOT

HEIGHT = {"floor": 1, "partners": 2, "activities": 3, "families": 4}
FOUNDATION = {"auth", "contenttypes"}
FLOOR = {"kopiena.floor"}


def contract() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return found


def lints(tmp_path: Path, layers: list[str]) -> int:
    """What import-linter says of these layers over the real code."""
    quoted = ", ".join(f'"{layer}"' for layer in layers)
    config = tmp_path / "layers.toml"
    config.write_text(
        f"[tool.importlinter]\nroot_packages = {contract()['root_packages']!r}\n"
        f'[[tool.importlinter.contracts]]\nname = "a"\ntype = "layers"\nlayers = [{quoted}]\n'
    )
    return lint_imports(config_filename=str(config), no_cache=True, no_logo=True)


def test_imports_point_downwards_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    said = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert said == EXIT_STATUS_SUCCESS


def test_the_linter_sees_imports_that_point_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lints(tmp_path, ["partners", "activities"]) == EXIT_STATUS_ERROR


def test_the_contract_covers_all_storeys() -> None:
    (house,) = contract()["contracts"]
    assert house["layers"][1:] == ["families", "activities", "partners", "kopiena.floor"]
    assert "ignore_imports" not in house


def test_every_module_of_kopiena_is_of_the_roof_or_of_the_floor() -> None:
    (house,) = contract()["contracts"]
    roof = [name.strip() for name in house["layers"][0].split(":")]
    there = [f"kopiena.{module.name}" for module in pkgutil.iter_modules(kopiena.__path__)]
    assert sorted([*roof, *FLOOR]) == sorted(there)


def wrong_keys(found: Iterable[type[models.Model]]) -> list[str]:
    """Keys of our apps that point upwards or to an app not named here, and those that can be followed back up."""
    wrong = []
    for model in found:
        meta = model._meta
        if meta.app_label not in HEIGHT or meta.auto_created:
            continue
        for field in [*meta.local_fields, *meta.local_many_to_many]:
            if field.remote_field is None:
                continue
            to = app_of(field.remote_field.model, meta.app_label)
            if to in FOUNDATION or to == meta.app_label:
                continue
            if HEIGHT.get(to, 99) > HEIGHT[meta.app_label]:
                wrong.append(f"{meta.label}.{field.name} points up to {to}")
            elif not field.remote_field.hidden:
                wrong.append(f"{meta.label}.{field.name} can be followed back from {to}")
    return wrong


def app_of(target: Any, own: str) -> str:
    """The app a key points to; written as a string it may not have been resolved."""
    if not isinstance(target, str):
        return str(target._meta.app_label)
    return target.split(".")[0] if "." in target else own


def test_keys_point_downwards_only_and_are_asked_from_above() -> None:
    assert wrong_keys(apps.get_models(include_auto_created=True)) == []


@isolate_apps("kopiena.floor", "partners")
def test_the_finder_of_keys_sees_those_written_as_strings_too() -> None:
    class Badge(models.Model):
        won_by = models.ForeignKey("families.SignUp", on_delete=models.CASCADE, related_name="+")
        seen_on = models.ManyToManyField("activities.Activity", related_name="+")
        of_user = models.ForeignKey(User, on_delete=models.CASCADE)
        given_by = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
        logged = models.ForeignKey("admin.LogEntry", on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "partners"

        def __str__(self) -> str:
            return f"#{self.pk}"

    assert wrong_keys([Badge]) == [
        "partners.Badge.won_by points up to families",
        "partners.Badge.of_user can be followed back from floor",
        "partners.Badge.logged points up to admin",
        "partners.Badge.seen_on points up to activities",
    ]
