"""What people say of an indicator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.steering.choices import Often
from samsyn.web.fields import DAY


class IndicatorForm(forms.Form):
    """What is measured, from what, how and how often."""

    name = forms.CharField(label=_("What is it called?"), max_length=160)
    purpose = forms.CharField(
        label=_("What does it tell us?"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("And what do we do when it rises or falls?"),
    )  # fmt: skip
    unit_of_measure = forms.CharField(
        label=_("What is it counted in?"), required=False, max_length=80,
        help_text=_("Per cent, hours, kronor per computer …"),
    )  # fmt: skip
    formula = forms.CharField(
        label=_("How is it worked out?"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("So exactly that two people come to the same figure."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where do the figures come from?"), required=False, max_length=300,
        help_text=_("The system, the register or the survey."),
    )  # fmt: skip
    often = forms.ChoiceField(
        label=_("How often is there a new figure?"), required=False, choices=[("", "–"), *Often.choices]
    )
    work_minutes = forms.IntegerField(
        label=_("How many minutes does a new figure take by hand?"), required=False, min_value=0, max_value=100_000,
        help_text=_("0 if it comes by itself."),
    )  # fmt: skip
    ended_date = forms.DateField(label=_("Since when does nobody follow it?"), **DAY)
