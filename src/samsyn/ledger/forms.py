"""What a controller says about books: which file, which column is what, which codes mean what."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samsyn.formats.ledger_table import DIMENSION, key_of
from samsyn.ledger.choices import CODE_PARTS, PART_WORDS

Choices = Iterable[tuple[str, Any]]

OTHER, UNUSED = "dimension", "unused"
ROLE_WORDS = {
    UNUSED: _("Not used"),
    "date": _("Date"),
    "period": _("Month"),
    "account": _("Account"),
    "account_name": _("The account’s name"),
    "amount": _("Amount"),
    "debit": _("Debit"),
    "credit": _("Credit"),
    "supplier": _("Supplier"),
    "supplier_id": _("The supplier’s number"),
    "text": _("Text"),
    "voucher_series": _("Voucher series"),
    "voucher": _("Voucher number"),
    "buyer": _("The municipality or company that buys"),
    **{part: PART_WORDS[part] for part in CODE_PARTS},
    OTHER: _("Another code part"),
}


class LoadFile(forms.Form):
    """A file, and for a table perhaps the profile that reads it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("SIE 1–4, CSV, Excel (.xlsx) or JSON. Nothing is loaded until you have seen it."),
    )
    profile = forms.ChoiceField(
        label=_("How the columns are read"), required=False,
        help_text=_("Only for tables. A SIE file says itself what is what."),
    )  # fmt: skip

    def __init__(self, *args: Any, saved: Choices, shipped: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: list[Any] = [("", _("Propose it from the file"))]
        groups += [(_("Saved here"), list(saved))] if saved else []
        self.fields["profile"].choices = [*groups, (_("Comes with Samsyn"), list(shipped))]  # type: ignore[attr-defined]


class Columns(forms.Form):
    """Which column of a table is what; saved under a name for the next file of the same kind."""

    name = forms.CharField(
        label=_("Name of this way to read"), max_length=40,
        help_text=_("The next file of the same kind is read the same way. For example: Supplier ledger."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        headers: Sequence[str],
        samples: Sequence[Sequence[str]],
        fields: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        roles = {key_of(header): OTHER if role.startswith(DIMENSION) else role for role, header in fields.items()}
        for index, header in enumerate(headers):
            if not header:
                continue
            seen = [row[index] for row in samples if index < len(row) and row[index]]
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=header, choices=list(ROLE_WORDS.items()), initial=roles.get(key_of(header), UNUSED),
                help_text=" · ".join(dict.fromkeys(seen[:3])) or _("empty in the first rows"),
            )  # fmt: skip

    def clean_name(self) -> str:
        """Make a code of the name."""
        code: str = slugify(self.cleaned_data["name"])[:40]
        if not code:
            raise forms.ValidationError(_("Write a name with letters or figures."))
        return code

    def clean(self) -> dict[str, Any]:
        """Each meaning once, a day or month, and an amount."""
        data = super().clean() or {}
        fields: dict[str, str] = {}
        for index, header in enumerate(self.headers):
            role = data.get(f"column_{index}") or UNUSED
            role = f"{DIMENSION}{header}" if role == OTHER else role
            if role == UNUSED:
                continue
            if role in fields:
                message = _("“%(first)s” says the same. One of them must be something else.")
                self.add_error(f"column_{index}", forms.ValidationError(message, params={"first": fields[role]}))
            fields.setdefault(role, header)
        if not {"date", "period"} & set(fields):
            raise forms.ValidationError(_("Say which column is the date, or the month."))
        if "amount" not in fields and not {"debit", "credit"} <= set(fields):
            raise forms.ValidationError(_("Say which column is the amount, or which two are debit and credit."))
        data["fields"] = fields
        return data


class Withdraw(forms.Form):
    """Why a delivery of books leaves again."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The rows leave every sum. They, and your reason, stay in the history."),
    )  # fmt: skip


class CodeRangeForm(forms.Form):
    """A range of codes with a meaning, from a day."""

    meaning = forms.ChoiceField(
        label=_("What these codes are"), widget=forms.RadioSelect,
        choices=[
            ("protected", _("Rows that lose text and supplier; amounts stay")),
            ("internal", _("The municipality’s own units")),
        ],
    )  # fmt: skip
    part = forms.ChoiceField(label=_("Code part"), choices=list(PART_WORDS.items()))
    first = forms.CharField(
        label=_("From"), max_length=12, help_text=_("The beginning is enough: 50 holds 5010 and 5099.")
    )
    last = forms.CharField(label=_("To"), max_length=12, required=False, help_text=_("Left empty: the same."))
    account_first = forms.CharField(label=_("Only on accounts from"), max_length=12, required=False)
    account_last = forms.CharField(label=_("Only on accounts to"), max_length=12, required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)
    valid_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """One code is a range of one."""
        data = super().clean() or {}
        data["last"] = data.get("last") or data.get("first", "")
        data["account_last"] = data.get("account_last") or data.get("account_first", "")
        if data["last"] < data.get("first", ""):
            self.add_error("last", _("The range ends before it begins."))
        return data
