"""What somebody knows of a device, and what became of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.equipment.choices import FIELDS, LEASE, WRITTEN, Ending, Kind
from samsyn.organisation.queries import tree
from samsyn.web.fields import DAY, Kronor

_LONGEST = {"asset_tag": 80, "kind": 60, "manufacturer": 120, "responsible": 120, "lease_number": 80}


class DeviceForm(forms.Form):
    """Everything of a device; its serial number only where it is ``new``."""

    def __init__(self, *args: Any, on: date, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("serial", *WRITTEN) if new else WRITTEN:
            self.fields[name] = _field(name)
        known = {code: node.name for code, node in tree(on).nodes.items()}
        # a unit that is no more stays until somebody names another
        if (standing := self.initial.get("unit_code", "")) and standing not in known:
            known[standing] = standing
        self.fields["unit_code"].choices = [("", "–"), *known.items()]  # type: ignore[attr-defined]

    def device(self) -> list[Any]:
        """Return the fields of the device itself."""
        return [self[name] for name in self.fields if name not in LEASE]

    def lease(self) -> list[Any]:
        """Return the fields of its lease."""
        return [self[name] for name in LEASE]


class GoneForm(forms.Form):
    """What became of a device, and when."""

    ended_as = forms.ChoiceField(label=_("What became of it"), choices=Ending.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day"), widget=DAY["widget"])


def initial(device: Any) -> dict[str, Any]:
    """Return a device as its form begins."""
    found = {name: getattr(device, name) for name in WRITTEN}
    return {**found, "kind": Kind(device.kind).label if device.kind in Kind.values else device.kind}


def _field(name: str) -> forms.Field:
    label: Any = FIELDS[name]
    if name.endswith("_date"):
        return forms.DateField(label=label, **DAY)
    if name.endswith("_ore"):
        return Kronor(label=label, required=False)
    if name == "unit_code":
        return forms.ChoiceField(label=label, required=False)
    if name == "return_condition":
        help_text = _("As the agreement says it: what is handed back, whole and with what.")
        return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.Textarea({"rows": 2}))
    return forms.CharField(label=label, max_length=_LONGEST.get(name, 160), required=False)
