"""Show what was bought: by unit, by seller, the rows; on a system's page its money, on a Why? page its systems."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.contracts import queries as contracts
from samsyn.equipment.queries import late_leases
from samsyn.people.queries import may_write, owner_of
from samsyn.spending import engine, queries, rules, words
from samsyn.spending.choices import Why
from samsyn.spending.engine import Bought, Deviation, Sums
from samsyn.systems import queries as systems
from samsyn.web.components import Chart, Column, Table, link, pill
from samsyn.web.numbers import percent

Names = Mapping[str, str]
BARS, LISTED, FEW = 12, 40, 8
SOON = timedelta(days=30)


def address(base: str, found: queries.Seen | None, unit: str = "", **asked: str) -> str:
    """Return an address with what is asked, and the unit that is looked at."""
    query = {"unit": unit or (found.unit if found else ""), **asked}
    query = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(query)}" if query else base


def unit_names(found: queries.Seen) -> dict[str, str]:
    """Return what units are called in the last of the months."""
    names: dict[str, str] = {}
    for period in found.periods:
        names |= {code: node.name for code, node in found.places.trees[period].nodes.items()}
    return names


def crumbs(municipality: str, found: queries.Seen, here: str = "") -> list[tuple[str, str]]:
    """Return the way from the whole down to a unit."""
    base = reverse("spending-term", args=[municipality, found.term])
    may = found.places.seen[found.periods[-1]]
    way = [(_("Purchases"), base if may is None else "")]
    for node in found.tree.path(found.unit)[1:] if found.unit else []:
        if node.kind != "authority":
            way.append((node.name, address(base, None, node.code) if may is None or node.code in may else ""))
    return [*way, (here, "")] if here else [*way[:-1], (way[-1][0], "")]


def terms(known: list[str]) -> list[tuple[str, str]]:
    """Return the years, each with its months, that one can look at."""
    return [(each, words.term(each).capitalize()) for each in sorted(known, key=lambda each: (each[:4], each[4:]))]


def picture(found: queries.Seen, names: Names) -> Chart:
    """Draw what each part of a unit bought: on agreements, outside, of nobody knows whom."""
    sums = engine.sums(found.rows, found.part)
    most = sorted(sums, key=lambda code: (-sums[code].all, code))
    shown = [(_called(code, names), sums[code]) for code in most[:BARS]]
    if most[BARS:]:
        shown.append((_("others"), _together(sums[code] for code in most[BARS:])))
    series = ((_("on an agreement"), "on"), (_("outside"), "outside"), (_("seller not known"), "unknown"))
    return Chart(
        "loyalty", "stacked", _("What was bought, by whom"),
        _("%(outside)s of %(all)s was bought outside agreements.")
        % {"outside": words.money(_together(sums.values()).outside), "all": words.money(_together(sums.values()).all)},
        labels=[name for name, _sums in shown], headings=[_("Who bought")],
        series={name: [getattr(each, kind) for _name, each in shown] for name, kind in series},
    )  # fmt: skip


def _together(found: Iterable[Sums]) -> Sums:
    all_of = Sums()
    for each in found:
        for kind in engine.KINDS:
            all_of.add(kind, getattr(each, kind))
    return all_of


def _called(code: str, names: Names) -> str:
    return names.get(code, code) or _("no unit has the code")


def parts(municipality: str, found: queries.Seen, names: Names) -> Table:
    """Return what each part of a unit bought, with the way on to it."""
    sums = engine.sums(found.rows, found.part)
    base = reverse("spending-term", args=[municipality, found.term])
    rows = [
        [link(_called(code, names), address(base, None, code)) if _further(code, found) else _called(code, names),
         *_amounts(sums[code])]
        for code in sorted(sums, key=lambda code: (-sums[code].outside, -sums[code].all, code))
    ]  # fmt: skip
    return Table(_("By unit"), [Column(_("Who bought")), *_columns()], rows)


def _further(code: str, found: queries.Seen) -> bool:
    return bool(code) and code != found.unit and code in found.tree.nodes


def _columns() -> list[Column]:
    return [Column(_("On an agreement"), "kr"), Column(_("Outside"), "kr"), Column(_("Seller not known"), "kr"),
            Column(_("On an agreement, share"), "number")]  # fmt: skip


def _amounts(sums: Sums) -> list[Any]:
    return [sums.on or None, sums.outside or None, sums.unknown or None, percent(sums.on, sums.all, words.lang())]


def sellers(municipality: str, found: queries.Seen) -> Table:
    """Return what was bought of each seller; those bought most of outside agreements first."""
    groups = engine.grouped(found.rows, lambda row: row.seller.key)
    sums = engine.sums(found.rows, lambda row: row.seller.key)
    base = reverse("spending-rows", args=[municipality, found.term])
    order = sorted(sums, key=lambda key: (-sums[key].outside, -sums[key].all, key))
    rows = [
        [link(_seller(groups[key]), address(base, found, seller=key, kind="" if key else engine.UNKNOWN)),
         ", ".join(sorted({words.by(row.seller.by) for row in groups[key]})), *_amounts(sums[key])]
        for key in order[:LISTED]
    ]  # fmt: skip
    if rest := order[LISTED:]:
        name = ngettext("%(n)s more seller", "%(n)s more sellers", len(rest)) % {"n": len(rest)}
        rows.append([name, "", *_amounts(_together(sums[key] for key in rest))])
    return Table(_("By seller"), [Column(_("Of whom")), Column(_("Known by")), *_columns()], rows)


def _seller(rows: list[Bought]) -> str:
    return min(row.seller.name for row in rows) or _("the books do not say")


def deviations(
    municipality: str, access: Any, found: queries.Seen, large: list[Deviation], reasons: Mapping[Any, Any],
    names: Names,
) -> Table:  # fmt: skip
    """Return the large purchases outside agreements, with what has been said of each and what to do."""
    columns = [Column(_("Of whom")), Column(_("Who bought")), Column(_("Outside"), "kr"), Column(_("What lacks")),
               Column(_("Why"))]  # fmt: skip
    base = reverse("spending-rows", args=[municipality, found.term])
    rows = [
        [
            link(each.name, address(base, None, each.unit, seller=each.seller, kind=engine.OUTSIDE)),
            _called(each.unit, names), each.ore, words.lacks(each.why).capitalize(),
            format_html("{} {}", _reason(reasons.get((found.term[:4], each.unit, each.seller)), each),
                        _to_do(municipality, access, found, each)),
        ]
        for each in large[:LISTED]
    ]  # fmt: skip
    return Table(_("Large purchases outside agreements"), columns, rows, hide_caption=True)


def _reason(reason: Any, each: Deviation) -> str:
    if reason is None:
        return pill(_("no answer yet"), "amber")
    said = format_html("{}{}", str(Why(reason.why).label).capitalize(), f". {reason.comment}" if reason.comment else "")
    if reason.ore == each.ore:
        return said
    return format_html("{} {}", said, pill(_("said of %(sum)s") % {"sum": words.money(reason.ore)}, "amber"))


def _to_do(municipality: str, access: Any, found: queries.Seen, each: Deviation) -> str:
    buy = link(_("Find an agreement"), f"{reverse('buy', args=[municipality])}?{urlencode({'text': each.name})}")
    if not rules.may_answer(access, each.unit, found.tree):
        return buy
    why = address(reverse("spending-why", args=[municipality, found.term]), None, each.unit, seller=each.seller)
    return format_html("{} · {}", link(_("Say why"), why), buy)


def wanted(found: queries.Seen, seller: str, kind: str) -> Callable[[Bought], bool]:
    """Return what tells whether a row of what was bought is asked for."""
    mine = {(row.period, row.place) for row in found.rows}

    def is_wanted(row: Bought) -> bool:
        fits = (not seller or row.seller.key == seller) and (kind not in engine.KINDS or row.kind == kind)
        return fits and (row.period, row.place) in mine

    return is_wanted


def rows(municipality: str, found: queries.Seen, page: list[dict[str, Any]], may_open: bool) -> Table:
    """Return rows of the books, with how each was judged."""
    columns = [
        Column(_("Voucher")), Column(_("Line"), "number"), Column(_("Day"), "date"), Column(_("Account")),
        Column(_("Who bought")), Column(_("Text")), Column(_("Counted as")), Column(_("Amount"), "kr_exact"),
    ]  # fmt: skip
    names = unit_names(found)
    shown = [
        [
            link(row["voucher"], reverse("spending-voucher",
                                         args=[municipality, found.term, row["batch"], row["voucher_key"]]))
            if may_open and row["voucher_key"] else row["voucher"],
            row["line"], row["date"], row["account"], _called(row["bought"].place, names),
            " ".join(filter(None, (row["supplier"], row["text"]))),
            _judged(row["bought"]), row["amount_ore"],
        ]
        for row in page
    ]  # fmt: skip
    return Table(_("Rows of the books"), columns, shown, hide_caption=True, dense=True)


def _judged(bought: Bought) -> Any:
    if bought.kind == engine.OUTSIDE:
        lacks = words.lacks([bought.why])
        return format_html('{}<br><span class="small quiet">{}</span>', pill(_("outside"), "amber"), lacks)
    return pill(_("on an agreement"), "good") if bought.kind == engine.ON else pill(_("seller not known"))


def voucher(lines: list[dict[str, Any]]) -> Table:
    """Return a voucher as the file has it."""
    columns = [Column(_("Line"), "number"), Column(_("Day"), "date"), Column(_("Account")),
               Column(_("Responsibility")), Column(_("Text")), Column(_("Amount"), "kr_exact")]  # fmt: skip
    rows = [
        [row["line"], row["date"], row["account"], row["responsibility"],
         " ".join(filter(None, (row["supplier"], row["text"]))), row["amount_ore"]]
        for row in lines
    ]  # fmt: skip
    return Table(_("Voucher"), columns, rows, hide_caption=True, dense=True)


def money_of_system(*, request: Any, system: Any) -> str:
    """Return what a system costs, for its page; nothing to who sees no unit's money, or before a month is closed."""
    everywhere = may_write(request.user, request.access, "edit_systems", system.key)
    if not everywhere and not request.access.scopes(queries.SEE):
        return ""
    found = queries.money_of(
        request.municipality, system, lambda periods: queries.places(periods, request.access), everywhere
    )
    if not found.periods:
        return ""
    names, partly = systems.names_by_code() if found.others else {}, not everywhere
    partly &= "" not in request.access.scopes(queries.SEE)
    code = request.municipality.code
    context = {
        "system": system, "found": found, "span": words.span(found.periods), "by_type": _by_type(found),
        "by_unit": _by_unit(found), "compared": words.compared(found, system.yearly_cost_ore, partly),
        "others": [(names.get(each, each), reverse("system", args=[code, each])) for each in found.others[:FEW]],
        "more": max(len(found.others) - FEW, 0), "services": _services(found), "payers": _payers(found),
        "may_link": everywhere or request.access.may("edit_model"),
        "partly": partly, "ways": ", ".join(sorted({words.by(row.seller.by) for row in found.direct})),
    }  # fmt: skip
    return render_to_string("spending/of_system.html", context, request=request)


def _summed(found: Iterable[tuple[str, int]], heading: str, caption: str) -> Table:
    """Return sums by name, the largest first; many small ones as one."""
    sums: dict[str, int] = {}
    for name, ore in found:
        sums[name] = sums.get(name, 0) + ore
    order = sorted(sums, key=lambda name: (-sums[name], name))
    rows = [[name, sums[name]] for name in order[:FEW]]
    if rest := order[FEW:]:
        said = ngettext("%(n)s more", "%(n)s more", len(rest)) % {"n": len(rest)}
        rows.append([said, sum(sums[name] for name in rest)])
    foot = [_("Together"), sum(sums.values())] if len(rows) > 1 else None
    return Table(caption, [Column(heading), Column(_("Twelve months"), "kr")], rows, foot=foot)


def _by_type(found: queries.SystemMoney) -> Table:
    names = queries.cost_types_of(found.runs, words.lang())
    return _summed(((names.get(each.cost_type, each.cost_type), each.ore) for each in found.direct), _("Cost type"),
                   _("Booked, by type"))  # fmt: skip


def _units(found: queries.SystemMoney) -> Names:
    return {code: node.name for code, node in found.tree.nodes.items()} if found.tree else {}


def _by_unit(found: queries.SystemMoney) -> Table:
    names = _units(found)
    return _summed(((_called(each.place, names), each.ore) for each in found.direct), _("Who paid"),
                   _("Booked, by unit"))  # fmt: skip


def _services(found: queries.SystemMoney) -> Table:
    types, names = queries.cost_types_of(found.runs, words.lang()), queries.services_of(found.runs, words.lang())
    groups = engine.grouped(found.moved.items(), lambda cell: cell[0][0])
    rows = []
    for code in sorted(found.shared):
        cells = sorted(groups.get(code, []), key=lambda cell: (-cell[1], cell[0]))
        of_types = ", ".join(f"{types.get(kind, kind)} {words.money(ore)}" for (_code, kind), ore in cells)
        paid = sum(ore for service, _unit, ore in found.paid if service == code)
        rows.append([names.get(code, code), of_types or "–", paid, found.shared[code]])
    columns = [Column(_("Service")), Column(_("What it costs, by type")), Column(_("What units pay"), "kr"),
               Column(_("Systems behind it"), "number")]  # fmt: skip
    return Table(_("The services it stands behind"), columns, rows)


def _payers(found: queries.SystemMoney) -> Table:
    names = _units(found)

    def payer(unit: str) -> str:
        above = found.tree.administration_of(unit) if found.tree else None
        return above.name if above else _called(unit, names)

    return _summed(((payer(unit), ore) for _service, unit, ore in found.paid), _("Who pays"),
                   _("Who pays for these services"))  # fmt: skip


def late_of_system(*, request: Any, system: Any) -> str:
    """Return what is late about a system, for its page, as one short list; nothing where nothing is."""
    on = timezone.localdate()
    in_use, agreed = systems.stage(system, on) != "ended", contracts.about_system(system.code)
    late = _late_contracts(request.municipality.code, system, agreed, on) if in_use else []
    if kept := late_leases({each.number for each in agreed if each.number}, on):
        said = ngettext("%(n)s device leased for it should have been handed back.",
                        "%(n)s devices leased for it should have been handed back.", kept)  # fmt: skip
        late.append(said % {"n": kept})
    if in_use and not owner_of("system", system.key):
        late.append(_("Nobody has accepted to own it."))
    if questions := max(system.missing.count(",") - 1, 0):
        said = ngettext("%(n)s question has no answer.", "%(n)s questions have no answer.", questions)
        late.append(said % {"n": questions})
    return render_to_string("spending/late.html", {"late": late}, request=request) if late else ""


def _late_contracts(municipality: str, system: Any, agreed: list[Any], on: date) -> list[str]:
    """Return what has to be done about the contracts of a system in use, and where they and its page disagree."""
    late: list[str] = []
    for each in agreed:
        there = reverse("contract", args=[municipality, each.code])
        if each.last_date and each.last_date < on:
            late.append(link(words.ended(each), there))
        elif each.next_date and each.next_date <= on + SOON:
            facts = {"name": each.name, "day": words.day(each.next_date)}
            late.append(link(_("Decide about “%(name)s” by %(day)s.") % facts, there))
    said, told = system.contract_end_date, {day for each in agreed for day in (each.last_date, each.end_date)}
    if said and agreed and said not in told:
        told_of = _("It says here that the contract ends on %(day)s, and no contract about it says so.")
        late.append(told_of % {"day": words.day(said)})
    return late


def behind_service(*, request: Any, found: Any) -> str:
    """Return the systems behind a service, for the page that says why it costs what it does."""
    if not request.access.scopes("see_systems"):
        return ""
    behind = queries.links(service=found.service.code, on=found.period.last_date)
    names = systems.names_by_code() if behind else {}
    rows = [(names.get(each.system_code, each.system_code), each.system_code) for each in behind]
    return render_to_string("spending/behind.html", {"rows": rows}, request=request) if rows else ""


def links(municipality: str, usage: Any, found: list[Any], services: Names) -> Table:
    """Return the services a system stands behind or has stood behind."""
    columns = [
        Column(_("Service")),
        Column(_("From"), "date"),
        Column(_("Until, not counted"), "date"),
        Column(_("What to do")),
    ]
    rows = [
        [services.get(each.service_code, each.service_code), words.day(each.valid_from), words.day(each.valid_until),
         link(_("No longer"), reverse("system-service-end", args=[municipality, usage.code, each.key]))]
        for each in sorted(found, key=attrgetter("service_code", "valid_from"))
    ]  # fmt: skip
    return Table(_("The services it stands behind"), columns, rows, hide_caption=True)


def system_crumbs(municipality: str, usage: Any) -> list[tuple[str, str]]:
    """Return the way to what is said of a system's services."""
    return [(_("Systems"), reverse("systems", args=[municipality])),
            (usage.name, reverse("system", args=[municipality, usage.code])), (_("Services"), "")]  # fmt: skip


def ceiling_of(*, request: Any, contract: Any) -> str:
    """Return how much of a framework's ceiling is taken by what was bought on it, for those who see all that is."""
    limited = contract.kind == "framework" and contract.ceiling_ore and contract.supplier_id
    if not limited or not request.access.may(queries.SEE):
        return ""
    found = queries.taken(queries.agreed(request.municipality)).get(contract.code)
    if found is None or not found.bought:
        return ""
    share = found.ore * 100 // contract.ceiling_ore
    context = {"taken": found, "contract": contract, "share": share}
    return render_to_string("spending/ceiling.html", context, request=request)
