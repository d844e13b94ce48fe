"""The page about workbooks names every sheet and column that can be loaded, and no other."""

import re
from pathlib import Path

from samsyn.costing.imports import ITEM_COLUMNS, VOLUME_COLUMNS
from samsyn.costing.imports import SHEETS as MODEL
from samsyn.organisation.imports import SHEETS as ORGANISATION
from samsyn.people.choices import SHEETS as PEOPLE

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "workbooks.md"


def test_the_page_names_every_sheet_and_column() -> None:
    rows = re.findall(r"^\| ([A-Z]\w+) \| (.*) \|$", PAGE.read_text(), re.MULTILINE)
    told = {sheet: set(re.findall(r"`(\w+)`", columns)) for sheet, columns in rows}
    known = {sheet: {*naming, *content} for sheet, (naming, content) in {**ORGANISATION, **PEOPLE}.items()}
    known |= {sheet: set(columns) for sheet, (_, columns) in MODEL.items()}
    known |= {"Volumes": set(VOLUME_COLUMNS), "Items": set(ITEM_COLUMNS)}
    assert told == known
