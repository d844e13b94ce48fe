"""What somebody knows of a contract: with whom, about what, and what it says about time."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.contracts import queries
from samsyn.contracts.choices import After, Answer, Kind, LaterStart, NoticeTo
from samsyn.contracts.queries import OWN, systems_of
from samsyn.contracts.rules import accounts
from samsyn.core.organisation_numbers import organisation_number, written
from samsyn.core.refusals import Refusal
from samsyn.systems.queries import names_by_code
from samsyn.web.fields import DAY, Kronor

GROUPS = (
    (_("What it is"), ("name", "kind", "supplier", "supplier_number", "number", "category", "owner_name", "systems",
                       "framework")),
    (_("How long it holds"), ("start_date", "later_start", "end_date", "term_months", "signed_date", "after",
                              "renewal_months")),
    (_("How it is ended"), ("notice_months", "notice_days", "notice_to", "irrevocable_date", "notice_given_date")),
    (_("How it is extended or bought anew"), ("options", "options_used", "option_months", "option_notice_months",
                                              "procure_months")),
    (_("Money, and how to buy from it"), ("yearly_cost_ore", "ceiling_ore", "ledger_accounts", "ranking", "how")),
)  # fmt: skip


OPEN = 2  # groups that stand open in an empty form


def _said(bound: forms.BoundField) -> bool:
    """Tell whether a field has a fault or an answer; a choice always has one."""
    choice = isinstance(bound.field, forms.ChoiceField) and not isinstance(bound.field.widget, forms.RadioSelect)
    return bool(bound.errors or (bound.value() and not choice))


def _whole(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=600, required=False, **options)


class ContractForm(forms.Form):
    """One contract, in the groups of `GROUPS`."""

    name = forms.CharField(label=_("What is it called?"), max_length=200)
    kind = forms.ChoiceField(label=_("What kind of agreement is it?"), choices=Kind.choices)
    supplier = forms.CharField(label=_("With whom?"), max_length=160, required=False)
    supplier_number = forms.CharField(
        label=_("Their organisation number"), required=False, help_text=_("However it is written: 556224-8012.")
    )
    number = forms.CharField(
        label=_("Number on the paper"), max_length=80, required=False, help_text=_("Its number in the diary, say.")
    )
    category = forms.CharField(
        label=_("What does it cover?"), max_length=200, required=False,
        help_text=_("The words somebody who is going to buy would look for."),
    )  # fmt: skip
    owner_name = forms.CharField(label=_("Who answers for it?"), max_length=120, required=False)
    systems = forms.MultipleChoiceField(
        label=_("Which systems is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    framework = forms.ChoiceField(label=_("Called off which framework agreement?"), required=False)
    start_date = forms.DateField(label=_("First day"), **DAY)
    later_start = forms.ChoiceField(
        label=_("What does the later first day mean?"), choices=LaterStart.choices, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    end_date = forms.DateField(label=_("Last day of the first term"), **DAY)
    term_months = _whole(_("or its length in months"))
    signed_date = forms.DateField(label=_("Signed on"), **DAY)
    after = forms.ChoiceField(label=_("What happens then, if nobody acts?"), choices=After.choices)
    renewal_months = _whole(_("Renewed by how many months?"))
    notice_months = _whole(_("Period of notice, months"))
    notice_days = _whole(_("and days"))
    notice_to = forms.ChoiceField(label=_("Notice takes effect on"), choices=NoticeTo.choices)
    irrevocable_date = forms.DateField(label=_("Cannot be ended before"), **DAY)
    notice_given_date = forms.DateField(label=_("Notice was given on"), **DAY)
    options = _whole(_("Options to extend"))
    options_used = _whole(_("of which used"))
    option_months = _whole(_("Months each extends by"))
    option_notice_months = _whole(_("Months before the end an option must be called"))
    procure_months = _whole(_("Months it takes to buy anew"))
    yearly_cost_ore = Kronor(label=_("What does it cost a year?"), required=False)
    ceiling_ore = Kronor(label=_("Ceiling, for the whole term"), required=False)
    ranking = forms.IntegerField(label=_("Rank among the suppliers"), min_value=1, max_value=999, required=False)
    how = forms.CharField(label=_("How to buy from it"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    ledger_accounts = forms.CharField(
        label=_("Which accounts of the books does it cover?"), max_length=200, required=False,
        help_text=_("64, 7430-7439, say. Left empty, it covers whatever is bought of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["systems"].choices = list(names_by_code().items())  # type: ignore[attr-defined]
        frameworks = [(each.code, each.name) for each in queries.contracts(kind=Kind.FRAMEWORK, limit=1000).contracts]
        self.fields["framework"].choices = [("", "–"), *frameworks]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let an empty length be none at all."""
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField) and name not in ("term_months", "ranking") and name in cleaned:
                cleaned[name] = cleaned[name] or 0
        return cleaned

    def clean_supplier_number(self) -> str:
        """Write the number one way, or say that it is none."""
        text = str(self.cleaned_data["supplier_number"]).strip()
        number = organisation_number(text) if text else ""
        if number is None:
            raise forms.ValidationError(
                _("“%(found)s” is no organisation number: the last figure does not fit the others."),
                params={"found": text},
            )
        return number

    def clean_ledger_accounts(self) -> str:
        """Say what is no account."""
        text = str(self.cleaned_data["ledger_accounts"]).strip()
        try:
            accounts(text)
        except Refusal as refused:
            raise forms.ValidationError(refused.sentence(gettext)) from None
        return text

    def groups(self) -> list[tuple[Any, list[Any], bool]]:
        """Return (heading, fields, whether they stand open): the first groups do, others where something is said."""
        # only whoever moves the first day is asked what that means
        found = [
            (heading, [self[name] for name in names if name != "later_start" or _said(self[name])])
            for heading, names in GROUPS
        ]
        return [(heading, fields, at < OPEN or any(map(_said, fields))) for at, (heading, fields) in enumerate(found)]


def initial(contract: Any) -> dict[str, Any]:
    """Return a contract as its form begins."""
    supplier = contract.supplier
    found = {name: getattr(contract, name) for name in OWN}
    return {
        **found, "supplier": supplier.name if supplier else "", "systems": systems_of(contract), "later_start": "",
        "supplier_number": written(supplier.number) if supplier else "",
        "framework": contract.framework.code if contract.framework else "",
    }  # fmt: skip


class DecisionForm(forms.Form):
    """What is to become of a contract."""

    answer = forms.ChoiceField(
        label=_("What is to become of it?"), choices=Answer.choices, widget=forms.RadioSelect, required=False
    )
    as_a_service = forms.ChoiceField(
        label=_("If it is extended: was buying it as a service considered?"), required=False,
        choices=[("", "–"), ("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Why, or whose it is"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class StoodForm(forms.Form):
    """The day a contract is looked back at."""

    on = forms.DateField(label=_("Which day?"), widget=DAY["widget"])

    def clean_on(self) -> date:
        """Say of a day to come that nothing is known of it."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet: choose one up to today."))
        return day
