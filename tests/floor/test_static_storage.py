"""One style sheet goes over the wire, hashed and compressed, and what is missing is an error at once."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from kopiena.floor.static_storage import JoinedStaticFilesStorage, with_imports

SOURCE = Path(settings.BASE_DIR) / "static"


def collected(folder: Path, files: dict[str, str]) -> tuple[JoinedStaticFilesStorage, dict[str, tuple]]:
    """A storage into which the files were copied as collectstatic does."""
    storage = JoinedStaticFilesStorage(location=folder / "out", base_url="/static/")
    for place in ("in", "out"):
        for name, text in files.items():
            (folder / place / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / place / name).write_text(text)
    source = FileSystemStorage(location=folder / "in")
    return storage, {name: (source, name) for name in files}


def test_imports_are_replaced_by_what_they_name(tmp_path: Path) -> None:
    storage, paths = collected(
        tmp_path,
        {
            "css/site.css": '/* whole */\n@import "tokens.css";\n@import url("parts/card.css");\na { top: 0; }\n',
            "css/tokens.css": ":root { --ink: #000; }\n",
            "css/parts/card.css": '@import "../line.css";\n.card { margin: 0; }\n',
            "css/line.css": "hr { border: 0; }\n",
        },
    )

    outcome = list(storage.post_process(paths))

    assert not [found for found in outcome if isinstance(found[2], Exception)]
    name = storage.stored_name("css/site.css")
    assert name != "css/site.css"
    text = (tmp_path / "out" / name).read_text()
    assert text.split("\n") == [
        ":root { --ink: #000; }",
        "hr { border: 0; }",
        ".card { margin: 0; }",
        "a { top: 0; }",
        "",
    ]


def test_the_hash_changes_when_a_part_changes(tmp_path: Path) -> None:
    names = []
    for number, colour in enumerate(("#000", "#111")):
        storage, paths = collected(
            tmp_path / str(number),
            {"css/site.css": '@import "tokens.css";', "css/tokens.css": f":root {{ --ink: {colour}; }}"},
        )
        list(storage.post_process(paths))
        names.append(storage.stored_name("css/site.css"))

    assert names[0] != names[1]


def test_the_joined_file_is_compressed(tmp_path: Path) -> None:
    storage, paths = collected(
        tmp_path, {"css/site.css": '@import "many.css";', "css/many.css": "a { color: red; }\n" * 400}
    )

    list(storage.post_process(paths))

    hashed = tmp_path / "out" / storage.stored_name("css/site.css")
    assert 0 < Path(f"{hashed}.br").stat().st_size < hashed.stat().st_size / 10


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    storage, paths = collected(tmp_path, {"css/site.css": '@import "a.css";', "css/a.css": "a { top: 0; }"})

    list(storage.post_process(paths, dry_run=True))

    assert (tmp_path / "out/css/site.css").read_text() == '@import "a.css";'


def test_a_missing_part_is_an_error_that_names_both(tmp_path: Path) -> None:
    storage, paths = collected(tmp_path, {"css/site.css": '@import "gone.css";'})

    with pytest.raises(ValueError, match=r"css/site\.css names css/gone\.css"):
        list(storage.post_process(paths))


def test_parts_that_import_each_other_are_an_error(tmp_path: Path) -> None:
    _, paths = collected(tmp_path, {"css/a.css": '@import "b.css";', "css/b.css": '@import "a.css";'})

    with pytest.raises(ValueError, match="imports itself"):
        with_imports("css/a.css", paths)


@pytest.mark.parametrize("debug", [True, False])
def test_an_address_is_hashed_with_debug_and_without(tmp_path: Path, settings, debug: bool) -> None:
    settings.DEBUG = debug
    storage, paths = collected(tmp_path, {"css/site.css": "a { top: 0; }"})
    list(storage.post_process(paths))

    assert storage.url("css/site.css") == f"/static/{storage.stored_name('css/site.css')}"
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        storage.url("css/unheard-of.css")


def test_every_part_of_our_own_style_sheet_is_joined_and_the_whole_is_small(tmp_path: Path) -> None:
    files = {f"css/{path.name}": path.read_text() for path in (SOURCE / "css").glob("*.css")}
    storage, paths = collected(tmp_path, files)

    list(storage.post_process(paths))

    hashed = tmp_path / "out" / storage.stored_name("css/site.css")
    imported = {f'@import "{Path(name).name}";' for name in files if name != "css/site.css"}
    assert imported == {line for line in files["css/site.css"].splitlines() if line.startswith("@import")}
    assert "@import" not in hashed.read_text()
    assert Path(f"{hashed}.br").stat().st_size < 9_000
