"""What people say of systems here: what they do, what leaving them takes, what to ask and to assume."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.portfolio import queries
from samsyn.portfolio.choices import YEARS, Bound
from samsyn.web.fields import DAY, Kronor

EMPTY_ROWS = 1
YES_NO = ("bound", "more")


class DoesRow(forms.Form):
    """One thing a system does."""

    name = forms.CharField(
        label=_("What does it do?"), max_length=160, required=False, widget=forms.TextInput(attrs={"list": "known"}),
        help_text=_("In the words others use. What is written by several systems in the same words is compared."),
    )  # fmt: skip
    units = forms.MultipleChoiceField(label=_("For whom?"), widget=forms.CheckboxSelectMultiple, required=False)
    more = forms.BooleanField(label=_("Others could use it for this too"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = places  # type: ignore[attr-defined]

    def names(self) -> list[str]:
        """Return what is said here."""
        return [self.cleaned_data["name"]]


class ListedRow(DoesRow):
    """What is listed already of a system, to tick instead of writing it once more."""

    name = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("Does it do this too?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("This stands on its page already. Tick what is right; nothing has to be written twice."),
    )  # fmt: skip

    def __init__(self, *args: Any, functions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(each, each) for each in functions]  # type: ignore[attr-defined]

    def names(self) -> list[str]:
        """Return what was ticked."""
        return list(self.cleaned_data["name"])


class LeavingForm(forms.Form):
    """What leaving a system takes."""

    bound = forms.ChoiceField(
        label=_("Can it be left?"), choices=[("", Bound.FREE.label), *Bound.choices[1:]], required=False,
        help_text=_("What is held with others, or asked for by law, is never proposed to be left."),
    )  # fmt: skip
    bound_reason = forms.CharField(label=_("Why can it not be left?"), max_length=200, required=False)
    exit_cost_ore = Kronor(
        label=_("What does it cost to leave it, once?"), required=False,
        help_text=_("Moving out what it holds, closing it down. Nothing written counts as 0."),
    )  # fmt: skip
    join_cost_ore = Kronor(
        label=_("What does it cost to take in one more administration, once?"), required=False,
        help_text=_("Moving in, training. Nothing written counts as 0."),
    )  # fmt: skip


def does_rows(data: Any, profile: Any, places: list[tuple[str, str]]) -> list[DoesRow]:
    """Return a row for each thing a system does, and empty ones for more."""
    held = [
        {"name": each.capability.name, "units": each.unit_codes, "more": each.could_more}
        for each in queries.abilities_of(profile)
    ]
    held += [{"more": True}] * EMPTY_ROWS
    count = len(held) if data is None else min(int(data.get("rows", 0) or 0), 100)
    held += [{"more": True}] * max(count - len(held), 0)
    return [DoesRow(data, prefix=f"does-{number}", initial=held[number], places=places) for number in range(count)]


def listed_rows(data: Any, functions: list[str], units: list[str], places: list[tuple[str, str]]) -> list[DoesRow]:
    """Return a row for what is listed of a system and not yet said, for those who use it; none for nothing."""
    start = {"units": units, "more": True}
    found = ListedRow(data, prefix="listed", initial=start, places=places, functions=functions)
    return [found] if functions else []


def said(rows: list[DoesRow], leaving: LeavingForm) -> dict[str, Any]:
    """Return what was said as `operations.say` takes it."""
    told = leaving.cleaned_data
    return {
        "does": [
            (name, row.cleaned_data["units"], row.cleaned_data["more"]) for row in rows for name in row.names()
        ],
        "told": {**told, **{name: told[name] or 0 for name in ("exit_cost_ore", "join_cost_ore")}},
    }  # fmt: skip


class AskForm(forms.Form):
    """Which systems are enough for what?"""

    name = forms.CharField(label=_("What is the question called?"), max_length=160)
    capabilities = forms.MultipleChoiceField(
        label=_("What must the systems be able to do?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Nothing ticked: everything. What hangs together with it is counted in."),
    )  # fmt: skip
    years = forms.IntegerField(label=_("Count over how many years?"), min_value=1, max_value=10, initial=YEARS)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capabilities"].choices = choices  # type: ignore[attr-defined]


class AssumeForm(forms.Form):
    """What to count with for one system; what is left empty counts as it stands."""

    yearly_cost_ore = Kronor(label=_("Cost a year"), required=False)
    exit_cost_ore = Kronor(label=_("Cost to leave it, once"), required=False)
    join_cost_ore = Kronor(label=_("Cost to take in one more administration, once"), required=False)
    end_date = forms.DateField(label=_("Paid until, if it is left"), **DAY)
    notice_date = forms.DateField(label=_("Last day to give notice"), **DAY)
    bound = forms.ChoiceField(
        label=_("Can it be left?"), required=False,
        choices=[("", _("as it stands")), ("no", _("yes, it may be left")), ("yes", _("no, it must stay"))],
    )  # fmt: skip
    more = forms.ChoiceField(
        label=_("Could others use it?"), required=False,
        choices=[("", _("as it stands")), ("yes", _("yes, for all it does")), ("no", _("no, only those who do today"))],
    )  # fmt: skip

    def assumed(self) -> dict[str, Any]:
        """Return what is assumed, without what counts as it stands."""
        found = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        days = {name: found[name].isoformat() for name in queries.DAYS if name in found}
        return {**found, **days, **{name: found[name] == "yes" for name in YES_NO if name in found}}


class NeedsForm(forms.Form):
    """What is needed, and over how many years to count."""

    needed = forms.MultipleChoiceField(
        label=_("What is needed, and by whom?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Take away the tick of what nobody has to have any more."),
    )  # fmt: skip
    years = forms.IntegerField(label=_("Count over how many years?"), min_value=1, max_value=10)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needed"].choices = choices  # type: ignore[attr-defined]
