"""The rules of the house that the import contracts cannot see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "samsyn"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FACES = {"views.py", "month_views.py", "organisation_views.py", "model_views.py", "panels.py", "api.py"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def length(node: ast.AST) -> int:
    return (node.end_lineno or 0) - node.lineno + 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_keeps_within_the_ceilings(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400
    ceiling = 25 if path.name in FACES else 60
    assert [f"{node.name}: {length(node)}" for node in functions(path) if length(node) > ceiling] == []


def test_templates_keep_within_120_lines() -> None:
    long = [str(path) for path in SOURCE.rglob("templates/**/*.html") if len(path.read_text().splitlines()) > 120]
    assert long == []


def test_a_room_has_at_most_twelve_modules() -> None:
    furniture = {"__init__.py", "apps.py", "urls.py"}
    crowded = {}
    for room in (path for path in SOURCE.iterdir() if path.is_dir()):
        count = sum(path.name not in furniture for path in room.glob("*.py"))
        # formats is a shelf, not an app: one or more modules per format
        if room.name != "formats" and count > 12:
            crowded[room.name] = count
    assert crowded == {}


def test_every_room_says_in_one_sentence_what_it_is_for() -> None:
    silent = [
        path.parent.name for path in SOURCE.glob("*/__init__.py") if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_door_and_engine_function_says_what_it_does() -> None:
    doors = [path for path in MODULES if path.name in {"operations.py", "queries.py", "rules.py", "engine.py"}]
    doors += [path for path in MODULES if path.parent.name in {"core", "formats"}]
    silent = [
        f"{path.relative_to(SOURCE)}:{node.name}"
        for path in doors
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_table_holds_money_as_decimal_or_float() -> None:
    fields = re.compile(r"models\.(Decimal|Float)Field")
    assert [str(path) for path in SOURCE.rglob("models.py") if fields.search(path.read_text())] == []


def test_no_case_blind_lookup_depends_on_the_database() -> None:
    lookup = re.compile(r"__i(exact|contains|startswith|endswith|regex)\b")
    assert [str(path) for path in MODULES if lookup.search(path.read_text())] == []


def test_operations_read_neither_the_clock_nor_the_request() -> None:
    clock = re.compile(r"timezone\.now|datetime\.now|date\.today|localdate|request\.")
    paths = [path for path in MODULES if path.name in {"operations.py", "engine.py"}]
    assert [str(path) for path in paths if clock.search(path.read_text())] == []


def test_column_expressions_never_divide_or_round_money() -> None:
    division = re.compile(r"\.(round|floor|ceil|div|floordiv)\(|//|%\s*_\.")
    columns = [path for path in MODULES if "import ibis" in path.read_text()]
    assert columns
    for path in columns:
        lines = [line for line in path.read_text().splitlines() if "_." in line and division.search(line)]
        assert lines == [], path


def test_pages_carry_no_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son\w+=", re.IGNORECASE)
    found = [str(path) for path in SOURCE.rglob("templates/**/*.html") if inline.search(path.read_text())]
    assert found == []


def test_migrations_are_named_for_what_they_do_and_form_one_line() -> None:
    for folder in SOURCE.glob("*/migrations"):
        names = sorted(path.stem for path in folder.glob("0*.py"))
        assert [name[:4] for name in names] == [f"{index:04d}" for index in range(1, len(names) + 1)]
        assert not [name for name in names if "_auto_" in name or name.endswith("_initial")]


@pytest.mark.parametrize("lang", ["sv", "da"])
def test_a_sentence_has_one_translation_whichever_room_says_it(lang: str) -> None:
    # Django takes that of the first room for all of them
    said: dict[tuple[Any, Any], set[Any]] = {}
    for path in SOURCE.glob(f"*/locale/{lang}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id and message.string:
                    said.setdefault((message.id, message.context), set()).add(message.string)
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


def test_a_day_is_that_of_the_municipality_and_never_that_of_utc() -> None:
    """After midnight in Lillby it is still yesterday in UTC for an hour or two."""
    taken = re.compile(r"\b\w*at\.date\(\)|now\(\)\.date\(\)|date\.today\(\)")
    found = [f"{path}: {each}" for path in MODULES for each in taken.findall(path.read_text())]
    assert found == []
