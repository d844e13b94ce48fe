"""Read the tables of a web page or an XML workbook, which many tools save under the name of a spreadsheet."""

from html.parser import HTMLParser

_ROWS, _CELLS = {"tr", "row"}, {"td", "th", "cell"}
_WIDEST = 1_000


def tables_in(text: str) -> list[list[list[str]]]:
    """Return every table that has columns: its rows of cells, those that span several followed by empty ones."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [rows for rows in parser.done if len(rows) > 1 and max(map(len, rows)) > 1]


class _Tables(HTMLParser):
    """Gather the tables; one within another is one of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[list[list[str]]] = []
        self.open: list[list[list[str]]] = []
        self.cells: list[list[str] | None] = []
        self.begun = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag, told = tag.split(":")[-1], dict(attrs)
        if tag == "table":
            self.open.append([])
            self.cells.append(None)
            self.done.append(self.open[-1])
        elif not self.open:
            return
        elif tag in _ROWS:
            self._end_cell()
            self.open[-1].append([])
        elif tag in _CELLS:
            self._end_cell()
            place = _number(told.get("ss:index")) - 1
            row = self._row()
            row.extend([""] * (min(place, _WIDEST) - len(row)))
            self.begun = len(row)
            row.append("")
            row.extend([""] * (min(max(_number(told.get("colspan")), _number(told.get("ss:mergeacross")) + 1), 50) - 1))
            self.cells[-1] = []
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.split(":")[-1]
        if self.open and tag in _CELLS | _ROWS:
            self._end_cell()
        elif self.open and tag == "table":
            self._end_cell()
            self.open.pop()
            self.cells.pop()

    def handle_data(self, data: str) -> None:
        if self.open and (cell := self.cells[-1]) is not None:
            cell.append(data)

    def _row(self) -> list[str]:
        if not self.open[-1]:
            self.open[-1].append([])
        return self.open[-1][-1]

    def _end_cell(self) -> None:
        cell = self.cells[-1]
        if cell is not None:
            row = self._row()
            self.cells[-1] = None
            row[self.begun] = "".join(cell).strip()


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0
