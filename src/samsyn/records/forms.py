"""What people say of how a processor was supervised."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

A_DAY: Any = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINES: Any = forms.Textarea(attrs={"rows": 2})


class SuperviseForm(forms.Form):
    """How a processor was supervised, what was found, and when the next time is."""

    done_on = forms.DateField(label=_("When was it done?"), widget=A_DAY)
    how = forms.CharField(
        label=_("How was it done?"), widget=LINES, help_text=_("A visit, questions, a report from an auditor.")
    )
    outcome = forms.CharField(label=_("What was found?"), widget=LINES)
    evidence = forms.CharField(label=_("What shows it?"), required=False, widget=LINES,
                               help_text=_("A number in the diary, a report."))  # fmt: skip
    next_on = forms.DateField(label=_("When is the next time?"), widget=A_DAY)
