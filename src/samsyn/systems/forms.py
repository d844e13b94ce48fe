"""What somebody knows of a system: the eight questions and those beyond, with *nobody knows* as an answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samsyn.history.choices import field_name
from samsyn.organisation.queries import tree
from samsyn.systems import engine
from samsyn.systems.choices import (
    ALL_QUESTIONS,
    ALSO,
    ANSWERS,
    FURTHER,
    HELP,
    LEVELS,
    LISTS,
    MAY_BE_UNKNOWN,
    QUESTIONS,
    SECTIONS,
    Kind,
    YesNo,
)  # fmt: skip
from samsyn.systems.models import ItSystemUsage
from samsyn.systems.operations import SECURITY_PROTECTED
from samsyn.systems.queries import DATES, answers
from samsyn.web.fields import DAY, Kronor
from samsyn.web.numbers import language

MOST = 100_000_000


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
        said = (kwargs.get("initial") or {}).get("used_by", ())  # a list may have named units below
        self.fields["used_by"].choices = [  # type: ignore[attr-defined]
            (code, node.name) for code, node in found.nodes.items()
            if node.kind in ("legal_entity", "administration") or code in said
        ]  # fmt: skip

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


class Lines(forms.CharField):
    """A list as people write it: one thing on each line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Write one on each line."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read one from each line, each once."""
        lines = (" ".join(each.split()) for each in super().clean(value).splitlines())
        return list(dict.fromkeys(filter(None, lines)))


class Level(forms.TypedChoiceField):
    """A level of harm; the highest is no answer here, but a reason to stop."""

    def clean(self, value: Any) -> Any:
        """Read a level, or send on."""
        level = super().clean(value)
        if level is not None and level > engine.HIGHEST:
            raise forms.ValidationError(gettext(SECURITY_PROTECTED))
        return level


class AboutForm(forms.Form):
    """Some questions about one system, each with what is said together with its answer."""

    def __init__(
        self, *args: Any, names: Sequence[str], aspects: Sequence[dict[str, str]], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.aspects = tuple(names), aspects
        eight = SystemForm(on=on).fields if set(names) & set(QUESTIONS) else {}
        for name in names:
            if name in eight:
                self.fields[name] = eight[name]
                continue
            if name == "information_class":
                self.fields |= _levels(aspects)
            for each in (name, *ALSO.get(name, ())):
                if each != "information_class":
                    self.fields[each] = _field(each)
        self.fields["unknown"] = forms.MultipleChoiceField(
            label=_("What nobody knows"), help_text=_("That is an answer too."), required=False,
            choices=[(each, ALL_QUESTIONS[each]) for each in names], widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def questions(self) -> list[Any]:
        """Return the fields to write in."""
        return [self[name] for name in self.fields if name != "unknown"]

    def told(self) -> dict[str, Any]:
        """Return what was written as an operation takes it."""
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith("level_")}
        # what was classed by an earlier scale stays until somebody classes it anew
        if any(name.startswith("level_") for name in self.changed_data):
            levels = {each["code"]: self.cleaned_data[f"level_{each['code']}"] for each in self.aspects}
            found["information_class"] = {code: level for code, level in levels.items() if level is not None}
        return {**found, "unknown_of": self.names}

    def is_empty(self) -> bool:
        """Tell whether no question has an answer."""
        asked = [name for name in self.fields if name in self.names or name.startswith("level_")]
        return not engine.known(self.cleaned_data, (), asked).answered


def _levels(aspects: Sequence[dict[str, str]]) -> dict[str, forms.Field]:
    speech = language(get_language())
    return {
        f"level_{each['code']}": Level(
            label=each[speech], coerce=int, empty_value=None, required=False, choices=[("", "–"), *LEVELS],
            help_text="" if number else ALL_QUESTIONS["information_class"],
        )
        for number, each in enumerate(aspects)
    }  # fmt: skip


def _field(name: str) -> forms.Field:
    """Return the field of a form for one of the table."""
    label = ALL_QUESTIONS.get(name) or field_name(name, gettext)
    common: dict[str, Any] = {"label": label, "help_text": HELP.get(name, ""), "required": False}
    if name in LISTS:
        return Lines(widget=forms.Textarea(attrs={"rows": 4}), **common)
    kept: Any = ItSystemUsage._meta.get_field(name)
    if name in ANSWERS:
        whole = isinstance(kept, models.IntegerField)
        kinds = {"coerce": int, "empty_value": None} if whole else {"coerce": str, "empty_value": ""}
        return forms.TypedChoiceField(choices=[("", "–"), *ANSWERS[name].choices], **kinds, **common)
    if isinstance(kept, models.DateField):
        return forms.DateField(**{**DAY, **common})
    if isinstance(kept, models.IntegerField):
        return forms.IntegerField(min_value=0, max_value=MOST, **common)
    if isinstance(kept, models.TextField):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **common)
    return forms.CharField(max_length=kept.max_length, **common)


def about(usage: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return what is known of a system as a form about some questions begins."""
    eight = answers(usage) if set(names) & set(QUESTIONS) else {}
    found = {name: eight[name] for name in names if name in eight}
    further = [each for name in names if name in FURTHER for each in (name, *ALSO.get(name, ()))]
    levels = {f"level_{code}": level for code, level in usage.information_class.items()}
    return {**found, **{name: getattr(usage, name) for name in further}, **levels,
            "unknown": [each for each in names if each in usage.unknown]}  # fmt: skip


class CampaignForm(forms.Form):
    """What is asked, about which systems, and by when."""

    questions = forms.MultipleChoiceField(
        label=_("What do you ask?"), help_text=_("Five questions at most."),
        choices=[
            (_("What makes a system known"), [(name, QUESTIONS[name]) for name in MAY_BE_UNKNOWN]),
            *((title, list(questions.items())) for title, questions in SECTIONS.values()),
        ],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("About which systems?"), choices=[("", _("all of them")), *Kind.choices], required=False,
        help_text=_("Only those that lack an answer are asked about."),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Used by whom?"), required=False)
    until = forms.DateField(label=_("Last day to answer"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = SystemForm(on=on).fields["used_by"].choices  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("anybody")), *units]  # type: ignore[attr-defined]
