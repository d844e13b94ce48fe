"""Fields of forms that several rooms ask with, and what is said of an answer that none of them takes."""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samsyn.core.money import parse_ore
from samsyn.core.refusals import Refusal
from samsyn.web.numbers import kr, language, number

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


# what Django says where a form says nothing of its own, by its code, and the first kind of field that fits says instead
_STOCK: dict[str, Any] = {
    "min_value": validators.MinValueValidator.message, "max_value": validators.MaxValueValidator.message,
    "max_length": validators.MaxLengthValidator.message,
}  # fmt: skip
_OURS: dict[str, list[tuple[type[forms.Field], Any]]] = {
    "required": [
        (forms.FileField, _("Choose a file.")),
        (forms.MultipleChoiceField, _("Tick at least one.")),
        (forms.ChoiceField, _("Choose in the list.")),
        (forms.DateField, _("Fill in the day.")),
        (forms.Field, _("Fill this in.")),
    ],
    "invalid": [
        (forms.DateField, _("“%(found)s” is not a day. Write it as 2026-03-31.")),
        (forms.DecimalField, _("“%(found)s” is not a number. Write it with digits, such as 12.5.")),
        (forms.IntegerField, _("“%(found)s” is not a whole number. Write it with digits, such as 12.")),
    ],
    "empty": [(forms.FileField, _("The file is empty. Choose another."))],
    "invalid_choice": [(forms.Field, _("“%(found)s” is not in the list. Choose one that is."))],
    "min_value": [(forms.Field, _("Write %(limit)s or more."))],
    "max_value": [(forms.Field, _("Write %(limit)s or less."))],
    "max_length": [(forms.Field, _("There is room for %(limit)s characters. Write it shorter."))],
}


def faults(bound: forms.BoundField) -> Any:
    """Return what is wrong with an answer, as Django lists it: in our words where a form says nothing of its own."""
    errors: Any = bound.errors
    found = errors.copy()
    found.field_id = errors.field_id
    found.data = [_told(each, bound) for each in errors.as_data()]
    return found


def _told(error: Any, bound: forms.BoundField) -> Any:
    kinds = reversed(type(bound.field).__mro__)
    stock = {code: said for each in kinds for code, said in getattr(each, "default_error_messages", {}).items()}
    fits = (said for kind, said in _OURS.get(error.code, ()) if isinstance(bound.field, kind))
    if error.message is not {**_STOCK, **stock}.get(error.code) or (said := next(fits, None)) is None:
        return error
    told = error.params or {}
    limit, found = told.get("limit_value", 0), told.get("value", bound.data)
    return str(said) % {"limit": number(limit, language(get_language())), "found": found}
