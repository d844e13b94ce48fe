"""Show systems: the list, the gaps in it, the answers of one."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.organisation.queries import unit_names
from samsyn.people.queries import owner_of
from samsyn.systems import queries
from samsyn.systems.choices import QUESTIONS, LifeCycle, YesNo
from samsyn.systems.queries import DATES
from samsyn.web.components import Column, Table, Tone, link, pill
from samsyn.web.numbers import kr, language, long_date

TONES: dict[str, Tone] = {"pilot": "amber", "operational": "good", "phasing_out": "amber"}
GAPS = ("owner_name", "contract_end_date", "personal_data")


def systems(municipality: str, found: list[Any]) -> Table:
    """Return one page of systems."""
    columns = [Column(_("System")), Column(_("What it is for")), Column(_("Supplier")), Column(_("Owner")),
               Column(_("Stage")), Column(_("Answered"))]  # fmt: skip
    rows = [
        [
            link(each.name, reverse("system", args=[municipality, each.code])), each.purpose, each.system.supplier,
            each.owner_name, stage(each), _answered(each),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Systems"), columns, rows, hide_caption=True)


def _answered(usage: Any) -> str:
    left = usage.missing.count(",") - 1
    if left <= 0:
        return pill(_("known"), "good")
    return ngettext("%(n)s question left", "%(n)s questions left", left) % {"n": left}


def gaps(municipality: str, tally: dict[str, int]) -> list[tuple[str, str, str]]:
    """Return (how many, what they lack, address of those) for the gaps that hurt most."""
    words = {
        "owner_name": _("lack an owner"), "contract_end_date": _("lack the day the contract ends"),
        "personal_data": _("have not said whether they hold personal data"),
    }  # fmt: skip
    there = reverse("systems", args=[municipality])
    return [(str(tally[name]), words[name], f"{there}?{urlencode({'missing': name})}") for name in GAPS]


def stage(usage: Any) -> str:
    """Return where in its life a system is today, as a pill."""
    found = queries.stage(usage, timezone.localdate())
    return pill(str(LifeCycle(found).label), TONES.get(found, "neutral"))


def answers(usage: Any) -> Table:
    """Return the eight questions and their answers."""
    found, known = queries.answers(usage), queries.how_known(usage)
    rows = [[str(words), _answer(name, found[name], known)] for name, words in QUESTIONS.items()]
    if found["owner_name"] and not owner_of("system", usage.key):
        # a name somebody wrote is a claim until the one it names has accepted
        at = tuple(QUESTIONS).index("owner_name")
        rows[at][1] = format_html("{} {}", rows[at][1], pill(_("claimed, not accepted"), "amber"))
    return Table(_("Eight questions"), [Column(_("Question")), Column(_("Answer"))], rows, hide_caption=True)


def _answer(name: str, value: Any, known: Any) -> str:
    if name in known.not_known:
        return pill(_("nobody knows"), "amber")
    return written(name, value) if name in known.answered else pill(_("not answered"), "red")


def written(name: str, value: Any) -> str:
    """Write an answer as people read it."""
    if value in (None, "", []):
        return "–"
    speech = language(get_language())
    if name == "used_by":
        names = unit_names()
        return ", ".join(names.get(each, each) for each in value)
    if name == "unknown":
        return ", ".join(str(QUESTIONS[each]) for each in value)
    if name == "personal_data":
        return str(YesNo(value).label)
    if name.endswith("_date"):
        return long_date(value, speech)
    return kr(value, speech) if name.endswith("_ore") else str(value)


def life(usage: Any) -> list[tuple[str, Any]]:
    """Return (stage, day) of the days of its life that are known."""
    days = [(str(LifeCycle(stage).label), getattr(usage, name)) for stage, name in DATES.items()]
    return [(words, day) for words, day in days if day]


def both(form: Any, now: dict[str, Any]) -> Table:
    """Return the fields where what was typed differs from what stands there now."""
    form.is_valid()
    typed = form.cleaned_data
    rows = [
        [str(form[name].label), written(name, now[name]), written(name, typed[name])]
        for name in typed if typed[name] != now[name]
    ]  # fmt: skip
    columns = [Column(_("Field")), Column(_("Stands there now")), Column(_("You wrote"))]
    return Table(_("What differs"), columns, rows)


def received(usage: Any) -> Table:
    """Return what files have said of a system that found no field, as they said it."""
    columns = [Column(_("Column")), Column(_("As received"))]
    return Table(_("As received"), columns, sorted(usage.received.items()), hide_caption=True)
