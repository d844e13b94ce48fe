"""What a controller says about the cost model: a workbook, a draft, a row of any of its sheets."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samsyn.core.problems import Problem
from samsyn.costing import imports, queries
from samsyn.costing.choices import Outcome, column_words
from samsyn.costing.engine import editing
from samsyn.formats.workbook import SheetRow
from samsyn.ledger.choices import PART_WORDS
from samsyn.web.numbers import language

Row = dict[str, Any]
Words = str | Promise
Choices = list[tuple[str, Any]]
DAY: Any = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
LONG = {"included", "excluded", "influence", "decisions.text"}
# column → the parts of the model whose codes it names
NAMES: dict[str, tuple[str, ...]] = {
    "pool": ("pools",), "cost_type": ("cost_types",), "decision": ("decisions",), "volume_service": ("services",),
    "from": ("pools", "services"), "to": ("services",),
}  # fmt: skip
# where a new section begins in a long form
SECTIONS: dict[str, dict[str, Words]] = {
    "services": {
        "code": _("The service"), "mode": _("How it is charged"), "included": _("What the units read"),
        "valid_from": _("When it holds, and who decided it"),
    },
}  # fmt: skip


class NewDraft(forms.Form):
    """The name of a draft, and the day it begins to hold."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example the year it is for."))
    valid_from = forms.DateField(label=_("Holds from"), **DAY)


class LoadModel(NewDraft):
    """A cost model as a workbook, its name, and the day it begins to hold."""

    file = forms.FileField(
        label=_("The workbook"), help_text=_("With the sheets Pools, CostTypes, Rules, Services, Flows and Decisions."),
    )  # fmt: skip
    field_order = ("file",)


class Typed(forms.CharField):
    """A cell as it was typed; the reader of the workbook says whether it can stand there."""

    def validate(self, value: Any) -> None:
        """Leave it to the reader, so that page and workbook refuse the same with the same words."""

    def to_python(self, value: Any) -> str:
        """Return the text, its lines ended as in a workbook."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class RowForm(forms.Form):
    """One row of one part of a model: a field per column that the workbook has, read as the workbook is."""

    known = forms.CharField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, content: Any, part: str, line: int | None = None, own: str = "sv", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.part, self.line, self.own, self.row = content, part, line, own, Row()
        for column, kind in imports.PARTS[part].items():
            self.fields[column] = _field(part, column, kind, content)

    def clean(self) -> dict[str, Any]:
        """Read the row as the workbook's reader does, and ask what it would bring into the model."""
        data = super().clean() or {}
        problems: list[Problem] = []
        cells = SheetRow(self.line or 0, data)
        self.row = Row(*imports.read_rows([cells], imports.PARTS[self.part], self.part, problems))
        for problem in problems:
            self.add_error(str(problem.column).partition(".")[2], problem.sentence(gettext))
        if not self.errors:
            self._ask_the_model()
        return data

    def _ask_the_model(self) -> None:
        changed = editing.with_row(self.content, self.part, self.line, self.row)
        mine = self.part, self.line or editing.FIRST_LINE + len(self.content.get(self.part, []))
        for fault in editing.new_faults(self.content, changed):
            column = getattr(fault, "column", None) if editing.place_of(changed, fault) == mine else None
            self.add_error(column, fault.sentence(gettext))

    @property
    def sections(self) -> list[tuple[Words, list[forms.BoundField]]]:
        """Return the fields below their headings, in the order of the sheet."""
        breaks, found = SECTIONS.get(self.part, {}), list[tuple[Words, list[forms.BoundField]]]()
        for column in imports.PARTS[self.part]:
            if column in breaks or not found:
                found.append((breaks.get(column, ""), []))
            if not imports.language_of(column):
                found[-1][1].append(self[column])
        return found

    @property
    def languages(self) -> list[forms.BoundField]:
        """Return the fields that say the same in another language than the municipality's own."""
        found = [(self[column], imports.language_of(column)) for column in imports.PARTS[self.part]]
        return [bound for bound, language in found if language and (language != self.own or bound.value())]

    @property
    def languages_used(self) -> bool:
        """Tell whether any of them is faulty, so that they are shown."""
        return any(bound.errors for bound in self.languages)


class RuleForm(RowForm):
    """One rule: which rows it takes, and what it says about them."""

    def __init__(self, *args: Any, content: Any, **kwargs: Any) -> None:
        super().__init__(*args, content=content, part="rules", **kwargs)
        self.line = editing.line_of(content, "rules", str(self["was"].value() or ""))

    @property
    def codes(self) -> list[forms.BoundField]:
        """Return the fields of the code parts beside the account."""
        return [self[f"{part}_{end}"] for part in PART_WORDS if part != "account" for end in ("from", "to")]

    @property
    def codes_used(self) -> bool:
        """Tell whether any of them holds something, so that they are shown."""
        return any(bound.value() for bound in self.codes)

    def clean(self) -> dict[str, Any]:
        """Read the rule; the cost pool and type of what is not IT are left out."""
        data = super().clean()
        if self.row.get("outcome") != Outcome.IT:
            self.row |= {"pool": "", "cost_type": ""}
        return data

    def seen(self) -> tuple[int, int]:
        """Return number and version of the model the writer saw; nonsense was never seen."""
        number, _sep, version = self.cleaned_data["known"].partition(":")
        return (int(number), int(version)) if number.isdecimal() and version.isdecimal() else (0, 0)


def initial(part: str, row: Row) -> Row:
    """Return what the fields of a row begin with."""
    columns = imports.PARTS[part].items()
    return {
        column: row.get(column) if kind == "yes" else imports.shown(row.get(column), kind) for column, kind in columns
    }


def _field(part: str, column: str, kind: str, content: Any) -> forms.Field:
    label, help_text = column_words(part, column)
    required = kind in {"text", "word", "day", "whole"}
    return Typed(label=label, help_text=help_text, required=required, widget=_widget(part, column, kind, content))


def _widget(part: str, column: str, kind: str, content: Any) -> forms.Widget:
    if kind == "yes":
        return forms.CheckboxInput()
    if kind == "word":
        return forms.RadioSelect(choices=imports.WORDS[column].choices)
    if kind == "word?":
        return forms.Select(choices=[("", "–"), *imports.WORDS[column].choices])
    if column in NAMES:
        return _Codes(choices=_codes(content, column))
    if kind.startswith("day"):
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if kind.startswith("whole"):
        return forms.NumberInput()
    long = {column.removesuffix(f"_{imports.language_of(column)}"), f"{part}.{column}"} & LONG
    return forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput()


class _Codes(forms.Select):
    """A choice of codes that also shows one the model no longer has."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """Return the choices, with what stands in the row among them."""
        known = {str(code) for code, _words in self.choices}
        self.choices = [*self.choices, *((each, each) for each in value if each and each not in known)]
        return super().optgroups(name, value, attrs)


def _codes(content: Any, column: str) -> Choices:
    """Return the codes a column may name, each once, with what they are called."""
    parts = reversed(NAMES[column])
    found = {row["code"]: _called(row) for part in parts for row in _givers(content, part, column)}
    return [("", "–"), *((code, f"{code} {words}") for code, words in found.items())]


def _givers(content: Any, part: str, column: str) -> Iterable[Row]:
    rows = content.get(part, [])
    return [row for row in rows if row["kind"] == "support"] if (part, column) == ("services", "from") else rows


def _called(row: Row) -> str:
    named = queries.text(row, "name", language(get_language()))
    return named or f"{row['body']} {row['date']}"
