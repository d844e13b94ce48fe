"""What people type to sign in, and the files they bring."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.formats.ledger_table import key_of
from samsyn.formats.register_table import Register, RegisterProposal
from samsyn.people.models import Person

Choices = Iterable[tuple[str, Any]]


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


class RegisterFileForm(forms.Form):
    """A list that somebody else has written."""

    file = forms.FileField(
        label=_("The file"), help_text=_("Excel (.xlsx), CSV or JSON. Nothing is loaded until you have seen it.")
    )


class RegisterPlace(forms.Form):
    """Where in a file the list stands."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    headers = forms.IntegerField(
        label=_("Line of the headers"), min_value=0, max_value=1_000_000, required=False,
        help_text=_("0 when the list has none; its columns are then called #1, #2, #3."),
    )  # fmt: skip

    def __init__(self, *args: Any, proposal: RegisterProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headers"].initial = proposal.line
        if len(proposal.sheets) > 1:
            self.fields["sheet"].choices = [(each, each) for each in proposal.sheets]  # type: ignore[attr-defined]
            self.fields["sheet"].initial = proposal.sheet
        else:
            del self.fields["sheet"]


class RegisterColumns(forms.Form):
    """Which column of a list is what; those that are nothing are kept as they came."""

    def __init__(
        self, *args: Any, proposal: RegisterProposal, register: Register, fields: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers, self.register = proposal.headers, register
        words = [("", _("kept as received")), *((each.name, gettext(each.label)) for each in register.fields)]
        taken = {key_of(header): name for name, header in fields.items()}
        for index, header in enumerate(proposal.headers):
            if header:
                seen = dict.fromkeys(row[index] for row in proposal.samples if index < len(row) and row[index])
                self.fields[f"column_{index}"] = forms.ChoiceField(
                    label=header, choices=words, initial=taken.get(key_of(header), ""), required=False,
                    help_text=" · ".join(each[:60] for each in list(seen)[:3]) or _("empty in the first rows"),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take each meaning once."""
        data = super().clean() or {}
        fields: dict[str, str] = {}
        for index, header in enumerate(self.headers):
            name = data.get(f"column_{index}")
            if name and name in fields:
                message = _("“%(first)s” says the same. One of them must be something else.")
                self.add_error(f"column_{index}", forms.ValidationError(message, params={"first": fields[name]}))
            elif name:
                fields[name] = header
        data["fields"] = fields
        return data


# who is asked is chosen, never the first of a list that somebody passed by
NOBODY_YET = ("", _("choose somebody"))


class OfferDuty(forms.Form):
    """Who is asked to answer for a thing, and as what."""

    role = forms.ChoiceField(label=_("As what?"))
    person = forms.ChoiceField(label=_("Who is asked?"), error_messages={"required": _("Choose who is asked.")})
    mandate = forms.CharField(
        label=_("What may they decide?"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The mandate that comes with it. Whoever is asked sees it before they answer."),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["person"].choices = [NOBODY_YET, *people]  # type: ignore[attr-defined]


class AnswerDuty(forms.Form):
    """Whether somebody answers for a thing: with which time and support, or why not."""

    hours = forms.DecimalField(
        label=_("Hours a month you have for it"), min_value=0, max_value=200, decimal_places=1, required=False,
        help_text=_("What your manager has agreed to. 0 is an answer too, and shown as a gap."),
    )  # fmt: skip
    support = forms.CharField(
        label=_("The support you have"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who stands in for you, who helps, what you may decide yourself."),
    )  # fmt: skip
    reason = forms.CharField(label=_("If you decline: why?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class EndDuty(forms.Form):
    """Why somebody no longer answers for a thing."""

    reason = forms.CharField(
        label=_("Why?"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept in the history."),
    )  # fmt: skip


class HandOver(forms.Form):
    """Which of what somebody answers for goes to whom."""

    duties = forms.MultipleChoiceField(label=_("What goes over"), widget=forms.CheckboxSelectMultiple)
    person = forms.ChoiceField(label=_("Who is asked?"), error_messages={"required": _("Choose who is asked.")})

    def __init__(self, *args: Any, duties: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = duties  # type: ignore[attr-defined]
        self.fields["person"].choices = [NOBODY_YET, *people]  # type: ignore[attr-defined]


class SiteForm(forms.Form):
    """How a site is joined to the network: four things that are easily taken for one another."""

    connection = forms.CharField(label=_("What connection is there?"), max_length=200, required=False)
    need = forms.CharField(label=_("What does the work there need?"), max_length=200, required=False)
    wish = forms.CharField(label=_("What do they wish for beyond that?"), max_length=200, required=False)
    obstacle = forms.CharField(
        label=_("What stands in the way?"), max_length=200, required=False,
        help_text=_("Something physical: a river, a rented house, no fibre in the street."),
    )  # fmt: skip


class StaffForm(forms.Form):
    """How many work in a unit, and how many of them have no mail or identity of their own."""

    staff = forms.IntegerField(label=_("How many work there?"), min_value=0)
    without_mail = forms.IntegerField(label=_("How many of them have no mail address of their own?"), min_value=0)
    without_identity = forms.IntegerField(label=_("How many share a sign-in or have none?"), min_value=0)
