"""Fields of forms that several rooms ask with: a day, an amount of money."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from samsyn.core.money import parse_ore
from samsyn.core.refusals import Refusal
from samsyn.web.numbers import kr, language

DAY: Any = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


class Kronor(forms.CharField):
    """An amount of kronor as people write it, kept as öre."""

    def prepare_value(self, value: Any) -> Any:
        """Write öre as kronor."""
        return kr(value, language(get_language())) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Read an amount; nothing is no answer."""
        text = super().clean(value)
        try:
            return parse_ore(text.casefold().removesuffix("kr")) if text else None
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence(gettext)) from refusal
