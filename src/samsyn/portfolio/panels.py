"""Show what systems do: what is paid for twice, the matrix, one system, the answers to a question."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.organisation.queries import unit_names
from samsyn.people.queries import may_write, owner_of
from samsyn.portfolio import queries
from samsyn.portfolio.choices import Aim
from samsyn.portfolio.engine import Case, Doubled
from samsyn.portfolio.words import Names, goes, held, money
from samsyn.web.components import Chart, Column, Table, link, pill
from samsyn.web.numbers import language, long_date

SHOWN = 10  # bars of a picture


def linked(municipality: str, systems: Iterable[str], names: Names) -> str:
    """Return systems as links to their pages."""
    found = ((reverse("system", args=[municipality, code]), names.get(code, code)) for code in systems)
    return format_html_join(", ", '<a href="{}">{}</a>', found)


def doubled(municipality: str, found: Sequence[Doubled], names: Names, capabilities: Names, units: Names) -> Table:
    """Return what several systems do."""
    columns = [Column(_("What they do")), Column(_("Which systems")), Column(_("Who has it from several")),
               Column(_("Paid beyond the dearest, a year"), "kr")]  # fmt: skip
    rows = [
        [
            link(capabilities[each.capability], reverse("capability", args=[municipality, each.capability])),
            linked(municipality, each.systems, names), ", ".join(units.get(code, code) for code in each.units) or "–",
            # a cost nobody has said can only make it more
            format_html("{} {}", money(each.ore) if each.ore else "", pill(_("a cost is not known"), "amber"))
            if each.unknown else each.ore,
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("What several systems do"), columns, rows, hide_caption=True)


def picture(found: Sequence[Doubled], capabilities: Names) -> Chart:
    """Draw what is paid beyond one system, where it is most."""
    most = [each for each in found if each.ore][:SHOWN]
    total = sum(each.ore for each in found)
    return Chart(
        "overlap", "bar", _("Paid beyond the dearest system, a year"),
        _("%(n)s of the things that several systems do are shown; all together come to %(sum)s a year.")
        % {"n": len(most), "sum": money(total)},
        labels=[capabilities[each.capability] for each in most], headings=[_("What they do")],
        series={_("kr a year"): [each.ore for each in most]},
    )  # fmt: skip


def matrix(municipality: str, case: Case, names: Names, capabilities: Names, units: Names, places: list[str]) -> Table:
    """Return every capability with the systems that have it for each administration."""
    held: dict[tuple[str, str], list[str]] = {}
    for each in case.abilities:
        for unit in each.units:
            held.setdefault((each.capability, unit), []).append(each.system)
    columns = [Column(_("What"))] + [Column(units.get(code, code)) for code in places]
    rows = [
        [link(capabilities[code], reverse("capability", args=[municipality, code])),
         *(linked(municipality, sorted(held.get((code, unit), [])), names) for unit in places)]
        for code in sorted({each.capability for each in case.abilities}, key=lambda code: capabilities[code])
    ]  # fmt: skip
    return Table(_("What the systems do, and for whom"), columns, rows, dense=True, hide_caption=True)


def of_capability(municipality: str, case: Case, capability: str, names: Names, units: Names, shares: Any) -> Table:
    """Return the systems that have one capability."""
    columns = [Column(_("System")), Column(_("For whom")), Column(_("Could others use it")),
               Column(_("Cost a year"), "kr"), Column(_("of which for this"), "kr"),
               Column(_("Paid until"), "date")]  # fmt: skip
    rows = []
    for each in case.abilities:
        if each.capability == capability:
            system = case.systems[each.system]
            unknown = pill(_("not known"), "red")
            rows.append([
                linked(municipality, [each.system], names),
                ", ".join(units.get(code, code) for code in sorted(each.units)),
                _("yes") if each.more else _("no"), unknown if system.yearly_ore is None else system.yearly_ore,
                "" if system.yearly_ore is None else shares[each.system, capability], system.end,
            ])  # fmt: skip
    return Table(_("The systems that do it"), columns, rows, hide_caption=True)


def unanswered(request: Any, question: queries.Asked, names: Names, on: date) -> Table:
    """Return whose answer a question waits for, each with a way that is open to whoever reads it."""
    systems, municipality = question.unconfirmed, request.municipality.code
    owners, keys = queries.owners(systems, on), queries.keys_of(systems, on)
    may_offer = request.access.may("offer_duties")

    def way(code: str) -> str:
        if code in owners:
            mine = may_write(request.user, request.access, "edit_systems", keys[code])
            return link(_("See what is said of it"), reverse("does" if mine else "system", args=[municipality, code]))
        ask = reverse("offer-duty", args=[municipality, "system", keys[code]])
        return link(_("Ask somebody to own it"), ask) if may_offer else "–"

    columns = [Column(_("System")), Column(_("Whose answer is missing")), Column(_("What to do"))]
    rows = [
        [linked(municipality, [code], names),
         owners[code].name if code in owners else pill(_("nobody owns it"), "red"), way(code)]
        for code in systems
    ]  # fmt: skip
    return Table(_("Whose answer is missing"), columns, rows, hide_caption=True)


def options(municipality: str, question: queries.Asked, found: Sequence[queries.Option]) -> Table:
    """Return the answers side by side; what they cost only where every cost is known."""
    portfolio = question.portfolio
    columns = [Column(_("What it is best at")), Column(_("Systems"), "number")]
    if not question.costless:
        columns += [Column(_("Cost a year"), "kr"), Column(_("Against today, a year"), "signed_kr"),
                    Column(_("In %(n)s years, with leaving and moving") % {"n": portfolio.years}, "kr"),
                    Column(_("Against today, in all"), "signed_kr")]  # fmt: skip
    rows = []
    for each in found:
        count = each.count
        row = [link(str(Aim(each.aim).label), reverse("option", args=[municipality, portfolio.code, each.aim])),
               count.systems, count.yearly_ore, count.yearly_ore - count.yearly_now_ore, count.total_ore,
               count.total_ore - count.now_ore]  # fmt: skip
        rows.append(row[: len(columns)])
    return Table(_("The options"), columns, rows, hide_caption=True)


def assumptions(municipality: str, question: queries.Asked, names: Names, may_edit: bool) -> Table:
    """Return what is counted with for each system; what was assumed in place of what stands there is marked."""
    columns = [Column(_("System")), Column(_("Cost a year"), "kr"), Column(_("To leave it"), "kr"),
               Column(_("To take in one more"), "kr"), Column(_("Paid until"), "date"),
               Column(_("Can it be left?")),
               *([Column(_("Otherwise"))] if may_edit else [])]  # fmt: skip
    rows = []
    for code, each in sorted(question.case.systems.items(), key=lambda pair: names.get(pair[0], pair[0])):
        assumed = pill(_("assumed"), "amber") if code in question.portfolio.assumed else ""
        name = format_html_join(" ", "{}", [(linked(municipality, [code], names),), (assumed,)])
        cost = pill(_("not known"), "red") if each.yearly_ore is None else each.yearly_ore
        may_leave = _("no, it must stay") if each.bound else _("yes")
        row = [name, cost, each.exit_ore, each.join_ore, each.end, may_leave]
        if may_edit:
            there = reverse("portfolio-assume", args=[municipality, question.portfolio.code, code])
            row.append(link(_("Count otherwise"), there))
        rows.append(row)
    return Table(_("What is counted with"), columns, rows, hide_caption=True)


def leaving(
    municipality: str, option: queries.Option, names: Names, words: tuple[Names, Names], funding: Mapping[str, Any]
) -> Table:
    """Return the systems that are left, in the order to move, who goes where, and what others pay a part of."""
    columns = [Column("", "number"), Column(_("Leave")), Column(_("Give notice by"), "date"),
               Column(_("Paid until"), "date"),
               Column(_("Who goes where"))]  # fmt: skip
    rows = [
        [number, _left(linked(municipality, [each.system], names), funding.get(each.system, ())),
         each.notice_by, each.end,
         "; ".join(goes(each, names, words)) or _("nobody uses it")]
        for number, each in enumerate(option.moves, 1)
    ]  # fmt: skip
    return Table(_("What is left, in the order to move"), columns, rows, hide_caption=True)


def _left(name: Any, funding: Iterable[Any]) -> Any:
    words = held(funding)
    return format_html('{}<br><span class="small">{}</span>', name, words) if words else name


def kept(municipality: str, question: queries.Asked, option: queries.Option, names: Names) -> Table:
    """Return the systems that stay."""
    rows = []
    for code in option.choice.kept:
        system = question.case.systems[code]
        stays = pill(_("it must stay")) if system.bound else ""
        rows.append([format_html("{} {}", linked(municipality, [code], names), stays), system.yearly_ore])
    return Table(_("What is kept"), [Column(_("Keep")), Column(_("Cost a year"), "kr")], rows, hide_caption=True)


def of_system(*, request: Any, system: Any) -> str:
    """Return what a system does, for its page."""
    profile = queries.profile_of(system.code)
    owner = owner_of("system", system.key)
    context = {
        "table": of_profile(profile), "system": system, "profile": profile,
        "may_edit": request.access.may("edit_systems") or (owner and owner.pk == request.user.pk),
        "is_owner": bool(owner and owner.pk == request.user.pk),
    }  # fmt: skip
    return render_to_string("portfolio/of_system.html", context, request=request)


def of_profile(profile: Any) -> Table:
    """Return what stands there now, for those who wrote at the same time."""
    units = unit_names()
    rows = [
        [each.capability.name, ", ".join(units.get(code, code) for code in each.unit_codes),
         _("yes") if each.could_more else _("no")]
        for each in queries.abilities_of(profile)
    ]  # fmt: skip
    columns = [Column(_("What it does")), Column(_("For whom")), Column(_("Could others use it"))]
    return Table(_("What it does"), columns, rows, hide_caption=True)


def portfolios(municipality: str, found: Sequence[Any]) -> Table:
    """Return the questions that were asked."""
    speech = language(get_language())
    rows = [
        [link(each.name, reverse("portfolio", args=[municipality, each.code])), each.years,
         long_date(timezone.localdate(each.asked_at), speech)]
        for each in found
    ]  # fmt: skip
    columns = [Column(_("Question")), Column(_("Years counted"), "number"), Column(_("Asked"), "date")]
    return Table(_("Questions asked"), columns, rows, hide_caption=True)
