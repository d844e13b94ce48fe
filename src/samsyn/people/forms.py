"""What people type to sign in."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samsyn.people.models import Person


class SignIn(forms.Form):
    """Name and password within one municipality."""

    name = forms.CharField(
        label=_("Sign-in name"), widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Person

    def clean(self) -> dict[str, Any]:
        """Find the person; one sentence for every way it can fail."""
        data = super().clean() or {}
        if "name" in data and "password" in data:
            name = data["name"].strip().casefold()
            municipality = self.request.municipality  # type: ignore[attr-defined]
            if "@" not in name:
                name = f"{name}@{municipality.code}"
            person = authenticate(self.request, username=name, password=data["password"])
            if not isinstance(person, Person) or person.municipality_id != municipality.pk:
                raise forms.ValidationError(
                    _("The name and the password do not belong together here. Check both and try again."),
                    code="sign_in_failed",
                )
            self.person = person
        return data


class WorkbookFile(forms.Form):
    """One workbook."""

    file = forms.FileField(label=_("Workbook (.xlsx)"))
