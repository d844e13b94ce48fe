"""What people say of what surrounds systems."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.landscape.choices import Claims, Often, Practice, Stage
from samsyn.web.fields import DAY, Kronor

EMPTY_ROWS = 2
MOST_ROWS = 400
Choices = list[tuple[str, str]]


def _text(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, **more)


class IntegrationForm(forms.Form):
    """What goes from where to where."""

    from_code = forms.ChoiceField(label=_("From which system?"), required=False)
    from_name = _text(_("or from whom outside"), 160)
    to_code = forms.ChoiceField(label=_("To which system?"), required=False)
    to_name = _text(_("or to whom outside"), 160)
    data = _text(_("What data goes?"), 200)  # type: ignore[assignment]
    both_ways = forms.BooleanField(label=_("It goes both ways"), required=False)
    often = forms.ChoiceField(label=_("How often?"), choices=Often.choices, required=False)
    contract_code = forms.ChoiceField(label=_("Under which contract?"), required=False)
    start_date = forms.DateField(label=_("From which day?"), **DAY)
    end_date = forms.DateField(label=_("Until which day?"), **DAY)

    def __init__(self, *args: Any, systems: Choices, contracts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("from_code", systems), ("to_code", systems), ("contract_code", contracts)):
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


class DomainForm(forms.Form):
    """A kind of data, and what was decided about it."""

    name = forms.CharField(label=_("What kind of data is it?"), max_length=160)
    about = _text(_("What belongs to it?"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    decided_code = forms.ChoiceField(
        label=_("Which register is the right one?"), required=False, help_text=_("Only when somebody has decided it.")
    )
    decision = _text(_("Where was it decided?"), 200, help_text=_("The body, paragraph or number in the diary."))
    decided_date = forms.DateField(label=_("On which day?"), **DAY)

    def __init__(self, *args: Any, systems: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_code"].choices = [("", _("nobody has decided")), *systems]  # type: ignore[attr-defined]


class ClaimRow(forms.Form):
    """What one system claims about a kind of data."""

    code = forms.ChoiceField(label=_("System"), required=False)
    claims = forms.ChoiceField(label=_("What does it claim?"), choices=Claims.choices, required=False)

    def __init__(self, *args: Any, systems: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "–"), *systems]  # type: ignore[attr-defined]


class StandardForm(forms.Form):
    """A technical standard, and where in its life it is."""

    name = forms.CharField(label=_("What is the standard called?"), max_length=160)
    stage = forms.ChoiceField(label=_("Where in its life is it?"), choices=Stage.choices)
    since_date = forms.DateField(label=_("Since which day?"), **DAY)
    until_date = forms.DateField(label=_("By which day does it have to be left?"), **DAY)
    reason = _text(_("Why?"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    decision = _text(_("Where was it decided?"), 200)


class StandsRow(forms.Form):
    """A system that stands on a standard, perhaps as an exception."""

    code = forms.ChoiceField(label=_("System"), required=False)
    reason = _text(_("If it is an exception: why?"), 2000)
    decision = _text(_("Where was the exception decided?"), 200)
    until_date = forms.DateField(label=_("Until which day does the exception hold?"), **DAY)

    def __init__(self, *args: Any, systems: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "–"), *systems]  # type: ignore[attr-defined]


class CustomisationForm(forms.Form):
    """What was changed in a system for this municipality alone."""

    what = forms.CharField(label=_("What was changed?"), max_length=200)
    reason = _text(_("Why?"), 2000, widget=forms.Textarea(attrs={"rows": 2}))
    asked_by = _text(_("Who asked for it?"), 120)
    upgrade_cost_ore = Kronor(label=_("What does it cost at each upgrade?"), required=False)
    ended_date = forms.DateField(label=_("Gone since"), **DAY)


class FieldForm(forms.Form):
    """What a field of a system means, how it is filled, what counts on it, and where that was decided."""

    system_code = forms.ChoiceField(label=_("In which system is the field?"))
    name = forms.CharField(label=_("What is the field called?"), max_length=160, help_text=_("As the screen shows it."))
    meaning = forms.CharField(
        label=_("What does it mean, and how is it filled?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("A sentence or two that everybody can follow."),
    )  # fmt: skip
    used_in = _text(_("Which figure or report uses it?"), 200, help_text=_("That is why it matters."))
    decision = _text(
        _("Where was it decided?"), 200,
        help_text=_("The body, paragraph or number in the diary. Without a decision it stands as claimed."),
    )  # fmt: skip
    decided_date = forms.DateField(label=_("On which day?"), **DAY)

    def __init__(self, *args: Any, systems: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # a field stays in its system
        if systems:
            self.fields["system_code"].choices = [("", "–"), *systems]  # type: ignore[attr-defined]
        else:
            del self.fields["system_code"]


# what a way that is listed already begins with, as a choice
LISTED = "as "


class NoteForm(forms.Form):
    """How a unit fills a field: as agreed, in a way that is listed already, in a new one, or nobody there knows."""

    unit_code = forms.ChoiceField(label=_("Which unit?"))
    practice = forms.ChoiceField(label=_("How does it fill the field?"), widget=forms.RadioSelect)
    way = _text(_("In which other way?"), 200, help_text=_("Only when the way is not listed above."))
    seen_date = forms.DateField(label=_("On which day was it seen or said?"), **{**DAY, "required": True})
    said_by = forms.CharField(
        label=_("Who said it, or who looked?"), max_length=120,
        help_text=_("Their role, such as head of unit: everybody who sees systems sees it."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Choices, ways: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(f"{LISTED}{way}", way) for way in ways]
        known: Choices = [
            (Practice.AGREED.value, str(Practice.AGREED.label)), *listed,
            (Practice.OTHERWISE.value, gettext("in another way that I write below")),
            (Practice.UNKNOWN.value, str(Practice.UNKNOWN.label)),
        ]  # fmt: skip
        self.fields["unit_code"].choices = [("", "–"), *units]  # type: ignore[attr-defined]
        self.fields["practice"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put a way that is listed already in the place of one that is written."""
        found = super().clean() or self.cleaned_data
        if str(found.get("practice", "")).startswith(LISTED):
            found["way"], found["practice"] = found["practice"].removeprefix(LISTED), Practice.OTHERWISE.value
        elif found.get("practice") == Practice.OTHERWISE and not found.get("way"):
            self.add_error("way", gettext("Say in which way they fill it."))
        return found


def rows(form: Any, data: Any, held: Iterable[Mapping[str, Any]], systems: Choices) -> list[Any]:
    """Return a row for each that is held, and empty ones for more; as many as were sent, where something was."""
    start = [*held, *({} for _ in range(EMPTY_ROWS))]
    sent = str(data.get("rows", "")) if data else ""
    count = min(int(sent), MOST_ROWS) if sent.isdigit() else len(start)
    start += [{}] * max(count - len(start), 0)
    return [form(data, prefix=f"row-{n}", initial=start[n], systems=systems) for n in range(count)]


def told(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the rows that name a system, one for each."""
    return list({row.cleaned_data["code"]: row.cleaned_data for row in found if row.cleaned_data.get("code")}.values())
