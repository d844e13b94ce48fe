"""Compile the translations with Babel, since gettext is absent on a bare machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(root: Path) -> int:
    """Compile every catalogue that is newer than its compiled file; return how many."""
    done = 0
    for source in sorted(root.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        done += 1
    return done


if __name__ == "__main__":
    compile_all(Path(__file__).parent.parent)
