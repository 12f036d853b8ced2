"""Small on purpose: files, functions and templates keep their size, each module says what it is for."""

import ast
from pathlib import Path

from tests.guards.files import ROOT, modules, repository

FILE, FUNCTION, TEMPLATE = 250, 40, 120

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "README.md",
    "activities",
    "bench",
    "deploy",
    "docs",
    "families",
    "kopiena",
    "locale",
    "manage.py",
    "partners",
    "portal.py",
    "pyproject.toml",
    "requirements.txt",
    "static",
    "templates",
    "tests",
}


def lines(name: Path) -> int:
    return len((ROOT / name).read_text().splitlines())


def long_functions(source: str, longest: int = FUNCTION) -> list[str]:
    """Functions past the length, those in classes and in functions too."""
    return [
        f"{node.name}: {length} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > longest
    ]


def test_no_file_is_two_ideas() -> None:
    shown = [name for name in repository() if name.parts[0] == "static" and name.suffix in (".css", ".js")]
    lengths = {str(name): lines(name) for name in (*modules(), *shown)}
    assert len(lengths) > 80
    assert {name: length for name, length in lengths.items() if length > FILE} == {}


def test_no_function_is_two_ideas() -> None:
    assert {str(name): found for name in modules() if (found := long_functions((ROOT / name).read_text()))} == {}


def test_the_finder_of_long_functions_finds_one_in_a_class() -> None:
    source = "class A:\n    def b(self):\n        1\n        2\n\n    def c(self):\n        1\n"
    assert long_functions(source, longest=2) == ["b: 3 lines"]


def test_no_template_is_two_ideas() -> None:
    lengths = {str(name): lines(name) for name in repository() if name.suffix == ".html"}
    assert len(lengths) > 50
    assert {name: length for name, length in lengths.items() if length > TEMPLATE} == {}


def test_every_module_says_what_it_is_for() -> None:
    trees = {str(name): ast.parse((ROOT / name).read_text()) for name in modules()}
    assert [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def test_every_model_says_what_it_is_for() -> None:
    """A model without a sentence is given its signature by Django; that is not one."""
    from django.apps import apps

    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in {"kopiena", *TOP_LEVEL}]
    assert len(ours) > 15
    assert [model.__name__ for model in ours if (model.__doc__ or "").startswith(f"{model.__name__}(")] == []


def test_the_top_of_the_repository_holds_what_the_design_names_and_nothing_else() -> None:
    assert {name.parts[0] for name in repository()} - TOP_LEVEL == set()
