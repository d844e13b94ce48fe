"""What people say of groups of systems, a review of rights, roles, and the time there is for them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.web.fields import DAY, Kronor

Choices = Iterable[tuple[str, Any]]


class ObjectForm(forms.Form):
    """Which systems are looked after together."""

    name = forms.CharField(label=_("What is it called?"), max_length=160)
    purpose = forms.CharField(
        label=_("Which activity do the systems serve?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    systems = forms.MultipleChoiceField(
        label=_("Which systems?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A system belongs to one group at most; one that is in another moves here."),
    )  # fmt: skip

    def __init__(self, *args: Any, systems: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["systems"].choices = systems  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What a review of who may do what found."""

    done_on = forms.DateField(
        label=_("When was it done?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    accounts = forms.IntegerField(label=_("How many accounts did you go through?"), min_value=0)
    removed = forms.IntegerField(label=_("How many of them were removed?"), min_value=0)
    changed = forms.IntegerField(label=_("How many may do something else now?"), min_value=0)
    evidence = forms.CharField(
        label=_("What shows it?"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A list with its date, a number in the diary, who took part. Write no names of those in the list."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The list itself, if you wish"), required=False,
        help_text=_("Kept encrypted for five years, and shown to those who answer for the system."),
    )  # fmt: skip


class NameRole(forms.Form):
    """What a role is called here, and what it may decide."""

    thing = forms.ChoiceField(label=_("For what kind of thing?"))
    sv = forms.CharField(label=_("Name in Swedish"), max_length=80, required=False)
    da = forms.CharField(label=_("Name in Danish"), max_length=80, required=False)
    en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    also = forms.CharField(
        label=_("Other names that are in use"), max_length=400, required=False, help_text=_("Commas between them."),
    )  # fmt: skip
    mandate = forms.CharField(
        label=_("What may whoever has it decide?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, things: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = things  # type: ignore[attr-defined]
        if not things:
            del self.fields["thing"]

    def clean_also(self) -> list[str]:
        """Take the other names apart."""
        return [name for each in self.cleaned_data["also"].split(",") if (name := each.strip())]


class GiveTime(forms.Form):
    """How much time a person has for all they answer for."""

    hours = forms.DecimalField(
        label=_("Hours a month for all of it"), min_value=0, max_value=200, decimal_places=1, required=False,
        help_text=_("Empty: nobody has decided it."),
    )  # fmt: skip


class NoteContact(forms.Form):
    """When somebody was in touch."""

    day = forms.DateField(
        label=_("Last in touch on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class FundingForm(forms.Form):
    """Money from outside for something we have."""

    system_key = forms.ChoiceField(label=_("Which system is it for?"), required=False)
    asset = forms.CharField(
        label=_("or what else?"), max_length=160, required=False, help_text=_("A server room, a network, devices.")
    )
    funder = forms.CharField(label=_("Who pays?"), max_length=160)
    amount_ore = Kronor(label=_("How much?"), required=False)
    conditions = forms.CharField(
        label=_("On what conditions?"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What must stay as it is, what has to be paid back and when."),
    )  # fmt: skip
    decision = forms.CharField(label=_("Where was it decided?"), max_length=200, required=False)
    start_date = forms.DateField(label=_("From which day?"), **DAY)
    end_date = forms.DateField(label=_("Until which day?"), **DAY)

    def __init__(self, *args: Any, systems: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system_key"].choices = [("", "–"), *systems]  # type: ignore[attr-defined]
