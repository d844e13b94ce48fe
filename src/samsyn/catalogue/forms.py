"""What people say of services: who does which step, and who has provided them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.catalogue.choices import Step
from samsyn.web.fields import DAY

UNNEEDED = "-"


class StepsForm(forms.Form):
    """Which unit answers for each step of a service."""

    def __init__(self, *args: Any, units: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        some = list(units.items())
        for step in Step:
            self.fields[step.value] = forms.ChoiceField(
                label=step.label.capitalize(), required=False,
                choices=[("", _("nobody")), (UNNEEDED, _("the service has no such step")), *some],
            )  # fmt: skip
            self.fields[f"also_{step.value}"] = forms.ChoiceField(
                label=_("Also says so"), required=False, choices=[("", "–"), *some]
            )

    def steps(self) -> dict[str, list[str]]:
        """Return the units of each step."""
        given = self.cleaned_data
        return {
            step: [unit for unit in (given[step], given[f"also_{step}"]) if unit and unit != UNNEEDED]
            for step in Step.values
        }

    def unneeded(self) -> list[str]:
        """Return the steps that the service does not have."""
        return [step for step in Step.values if self.cleaned_data[step] == UNNEEDED]


class ProviderForm(forms.Form):
    """Who provided a service, and why that ended."""

    provider = forms.CharField(label=_("Who?"), max_length=160, help_text=_("A company, or our own unit."))
    scope = forms.CharField(label=_("What of it?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    start_date = forms.DateField(label=_("From which day?"), **{**DAY, "required": True})
    end_date = forms.DateField(label=_("Until which day?"), **DAY)
    exit_reason = forms.CharField(
        label=_("Why did it end?"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the next who chooses wants to know."),
    )  # fmt: skip
