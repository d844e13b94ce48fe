"""What a controller says about the cost model: a workbook, a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.costing.choices import Outcome
from samsyn.ledger.choices import PART_WORDS

Row = dict[str, Any]
DAY: Any = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class LoadModel(forms.Form):
    """A cost model as a workbook, its name, and the day it begins to hold."""

    file = forms.FileField(
        label=_("The workbook"), help_text=_("With the sheets Pools, CostTypes, Rules, Services, Flows and Decisions."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example the year it is for."))
    valid_from = forms.DateField(label=_("Holds from"), **DAY)


class RuleForm(forms.Form):
    """One rule: which rows it takes, and what it says about them."""

    account_from = forms.CharField(label=_("Account from"), max_length=12, required=False)
    account_to = forms.CharField(
        label=_("Account to"),
        max_length=12,
        required=False,
        help_text=_("Left empty: the same. The beginning is enough."),
    )
    supplier = forms.CharField(label=_("The supplier’s name holds"), max_length=120, required=False)
    text = forms.CharField(label=_("The text holds"), max_length=120, required=False)
    outcome = forms.ChoiceField(label=_("What these rows are"), choices=Outcome.choices, widget=forms.RadioSelect)
    pool = forms.ChoiceField(label=_("Cost pool, for IT"), required=False)
    cost_type = forms.ChoiceField(label=_("Cost type, for IT"), required=False)
    months = forms.IntegerField(
        label=_("Spread over this many months"),
        min_value=1,
        max_value=60,
        help_text=_("12 for an invoice for a whole year."),
    )
    decision = forms.ChoiceField(label=_("Decision behind it"), required=False)
    code = forms.CharField(label=_("The rule’s code"), max_length=40)
    priority = forms.IntegerField(
        label=_("Order"), min_value=0, max_value=100_000,
        help_text=_("Rules are asked from the lowest number; the first that fits decides."),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("Holds for rows dated from"), **DAY)
    valid_until = forms.DateField(label=_("Holds until, that day not counted"), required=False, **DAY)
    replaces = forms.CharField(widget=forms.HiddenInput, required=False)
    known = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, content: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, word in PART_WORDS.items():
            if part == "account":
                continue
            for end, words in (("from", _("%(part)s from")), ("to", _("%(part)s to"))):
                label = words % {"part": word}
                self.fields[f"{part}_{end}"] = forms.CharField(label=label, max_length=20, required=False)
        for name, rows in (("pool", content.get("pools", [])), ("cost_type", content.get("cost_types", []))):
            choices = [("", "–"), *((row["code"], f"{row['code']} {row['name']}") for row in rows)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        decisions = [
            (row["code"], f"{row['code']} {row['body']} {row['date']}") for row in content.get("decisions", [])
        ]
        self.fields["decision"].choices = [("", _("None registered")), *decisions]  # type: ignore[attr-defined]

    @property
    def codes(self) -> list[forms.BoundField]:
        """Return the fields of the code parts beside the account."""
        return [self[f"{part}_{end}"] for part in PART_WORDS if part != "account" for end in ("from", "to")]

    @property
    def codes_used(self) -> bool:
        """Tell whether any of them holds something, so that they are shown."""
        return any(bound.value() for bound in self.codes)

    def clean(self) -> dict[str, Any]:
        """A rule asks for something, ranges go forward, and IT names its cost pool and cost type."""
        data = super().clean() or {}
        asked = [data.get(name) for name in ("supplier", "text")]
        for part in PART_WORDS:
            first, last = data.get(f"{part}_from", ""), data.get(f"{part}_to", "")
            asked.append(first or last)
            if first and last and last < first[: len(last)]:
                self.add_error(f"{part}_to", _("The range ends before it begins."))
        if not any(asked):
            self.add_error(None, _("Say which rows the rule takes: an account, a code, a supplier or a text."))
        if data.get("outcome") == Outcome.IT:
            for name in ("pool", "cost_type"):
                if not data.get(name):
                    self.add_error(name, _("IT cost needs one."))
        if data.get("valid_until") and data.get("valid_from") and data["valid_until"] <= data["valid_from"]:
            self.add_error("valid_until", _("The rule would end before it begins."))
        return data

    def row(self) -> Row:
        """Return the rule as a model's document holds it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("replaces", "known")}
        for part in PART_WORDS:
            data[f"{part}_to"] = data[f"{part}_to"] or data[f"{part}_from"]
        if data["outcome"] != Outcome.IT:
            data["pool"] = data["cost_type"] = ""
        data["valid_from"] = data["valid_from"].isoformat()
        data["valid_until"] = data["valid_until"].isoformat() if data["valid_until"] else None
        return data

    def seen(self) -> tuple[int, int]:
        """Return number and version of the model the writer saw; nonsense was never seen."""
        number, _sep, version = self.cleaned_data["known"].partition(":")
        return (int(number), int(version)) if number.isdecimal() and version.isdecimal() else (0, 0)
