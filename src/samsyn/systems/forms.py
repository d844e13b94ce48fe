"""What somebody knows of a system: the eight questions, with *we do not know* as an answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.organisation.queries import tree
from samsyn.systems.choices import MAY_BE_UNKNOWN, QUESTIONS, YesNo
from samsyn.systems.queries import DATES, answers
from samsyn.web.fields import DAY, Kronor


class SystemForm(forms.Form):
    """The eight questions, and the days of a system's life."""

    name = forms.CharField(label=QUESTIONS["name"], max_length=160)
    purpose = forms.CharField(
        label=QUESTIONS["purpose"], help_text=_("In a sentence that a newcomer understands."),
        widget=forms.Textarea(attrs={"rows": 2}), required=False,
    )  # fmt: skip
    used_by = forms.MultipleChoiceField(
        label=QUESTIONS["used_by"], help_text=_("Who is ticked answers for all below."),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    owner_name = forms.CharField(
        label=QUESTIONS["owner_name"], max_length=120, required=False,
        help_text=_("The person or the function that decides about it."),
    )  # fmt: skip
    supplier = forms.CharField(label=QUESTIONS["supplier"], max_length=160, required=False)
    contract_end_date = forms.DateField(label=QUESTIONS["contract_end_date"], **DAY)
    yearly_cost_ore = Kronor(label=QUESTIONS["yearly_cost_ore"], required=False)
    personal_data = forms.ChoiceField(
        label=QUESTIONS["personal_data"], choices=[("", "–"), *YesNo.choices], required=False
    )
    unknown = forms.MultipleChoiceField(
        label=_("What nobody knows"), help_text=_("That is an answer too."),
        choices=[(each, QUESTIONS[each]) for each in MAY_BE_UNKNOWN], widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    pilot_date = forms.DateField(label=_("Tried from"), **DAY)
    operational_date = forms.DateField(label=_("In use from"), **DAY)
    phasing_out_date = forms.DateField(label=_("Being phased out from"), **DAY)
    ended_date = forms.DateField(label=_("Ended on"), **DAY)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = tree(on)
        self.fields["used_by"].choices = [  # type: ignore[attr-defined]
            (code, node.name) for code, node in found.nodes.items() if node.kind in ("legal_entity", "administration")
        ]

    def questions(self) -> list[Any]:
        """Return the fields of the eight questions."""
        return [self[name] for name in QUESTIONS]

    def life(self) -> list[Any]:
        """Return the fields of its life."""
        return [self[name] for name in DATES.values()]


def initial(usage: Any) -> dict[str, Any]:
    """Return a system as its form begins."""
    days = {name: getattr(usage, name) for name in DATES.values()}
    return {**answers(usage), **days, "unknown": usage.unknown}
