"""Gather the sentences of every room into its catalogues; with --check, say what is missing."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

# a fixed mark, so that catalogues change only when sentences do
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Path(__file__).parent.parent / "src" / "samsyn"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "N_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def extract(app: Path) -> Catalog:
    """Return every sentence a room says, without line numbers."""
    found = Catalog(charset="utf-8", fuzzy=False)
    methods = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**.html", extract_template)]
    for _file, _line, message, comments, context in extract_from_dir(app, methods, keywords=KEYWORDS):
        found.add(message, context=context, auto_comments=comments)
    return found


def extract_template(fileobj, keywords, comment_tags, options):  # type: ignore[no-untyped-def]
    """Extract from a Django template by turning it into the Python Django's own tool would read."""
    from io import BytesIO

    from babel.messages.extract import extract_python
    from django.utils.translation.template import templatize

    # only the calls matter; indentation would make the tokenizer stumble
    code = "\n".join(line.strip() for line in templatize(fileobj.read().decode()).splitlines())
    yield from extract_python(BytesIO(code.encode()), keywords, comment_tags, options)


def update(app: Path, language: str, found: Catalog, check: bool) -> list[str]:
    """Bring one catalogue up to date; return the sentences that lack a translation or are dead."""
    path = app / "locale" / language / "LC_MESSAGES" / "django.po"
    if not found and not path.exists():
        return []
    old = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
    new = Catalog(
        locale=language, charset="utf-8", fuzzy=False, header_comment="", creation_date=WRITTEN, revision_date=WRITTEN
    )
    for message in found:
        if message.id:
            known = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            text = known.string if known and not known.fuzzy else ""
            new.add(message.id, text, context=message.context, flags=message.flags)
    faults = [f"{path.relative_to(SOURCE)}: no translation of {m.id!r}" for m in new if m.id and not _whole(m.string)]
    dead = [m.id for m in old if m.id and new.get(m.id if isinstance(m.id, str) else m.id[0], m.context) is None]
    faults += [f"{path.relative_to(SOURCE)}: nothing says {each!r} any more" for each in dead]
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, no_location=True, sort_output=True, omit_header=False, width=100)
    return faults


def _whole(text: object) -> bool:
    return all(text) if isinstance(text, list | tuple) else bool(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    faults = []
    for app in sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists()):
        found = extract(app)
        for language in ("sv", "da"):
            faults += update(app, language, found, check)
    for fault in faults:
        print(fault)
    return 1 if faults and check else 0


if __name__ == "__main__":
    sys.exit(main())
