"""What people say: why it was bought outside agreements, and which services a system stands behind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.spending.choices import Why


class ReasonForm(forms.Form):
    """Why was it bought outside agreements?"""

    why = forms.ChoiceField(label=_("What is the reason?"), choices=Why.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("In a few words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LinkForm(forms.Form):
    """Which service does the system stand behind, and from when?"""

    service = forms.ChoiceField(label=_("Which service?"))
    valid_from = forms.DateField(label=_("From which day?"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, services: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", "–"), *services.items()]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """From when does the system no longer stand behind the service?"""

    valid_until = forms.DateField(label=_("From which day?"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
