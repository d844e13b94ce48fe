"""Show what surrounds systems: lists, pictures, findings, and all of it for one system's page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.landscape import engine, queries
from samsyn.landscape.choices import Often, Practice, Stage
from samsyn.people.queries import may_write
from samsyn.web.components import Chart, Column, Table, Tone, link, pill
from samsyn.web.numbers import language, long_date

Names = Mapping[str, str]
NAMED = 2
STAGES: dict[str, Tone] = {"adopt": "good", "hold": "amber", "retire": "red"}


def linked(municipality: str, systems: Iterable[str], names: Names) -> str:
    """Return systems as links to their pages."""
    found = ((reverse("system", args=[municipality, code]), names.get(code, code)) for code in systems)
    return format_html_join(", ", '<a href="{}">{}</a>', found)


def _side(municipality: str, code: str, name: str) -> str:
    return link(name, reverse("system", args=[municipality, code])) if code else name or "–"


def _status(integration: Any, on: date) -> str:
    words = {"planned": (_("planned"), "neutral"), "running": (_("running"), "good"), "ended": (_("ended"), "neutral")}
    return pill(*words[engine.status(integration.start_date, integration.end_date, on)])  # type: ignore[arg-type]


def integrations(municipality: str, found: Iterable[Any], on: date) -> Table:
    """Return integrations, each a way to its page."""
    columns = [Column(_("From")), Column(_("To")), Column(_("What data")), Column(_("How often")),
               Column(_("Where it stands"))]  # fmt: skip
    rows = [
        [
            _side(municipality, each.from_code, each.from_name), _side(municipality, each.to_code, each.to_name),
            _linked(municipality, each), Often(each.often).label, _status(each, on),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Integrations"), columns, rows, hide_caption=True)


def _linked(municipality: str, found: Any) -> str:
    data = found.data or found.code
    words = f"{data} ({_('both ways')})" if found.both_ways else data
    return link(words, reverse("integration", args=[municipality, found.code]))


def integration(municipality: str, found: Any, contracts: Names, on: date) -> Table:
    """Return what is known of one integration."""
    contract = found.contract_code
    if contract in contracts:
        contract = link(contracts[contract], reverse("contract", args=[municipality, contract]))
    rows: list[list[Any]] = [
        [_("From"), _side(municipality, found.from_code, found.from_name)],
        [_("To"), _side(municipality, found.to_code, found.to_name)], [_("What data"), found.data or "–"],
        [_("Both ways"), _("yes") if found.both_ways else _("no")], [_("How often"), Often(found.often).label],
        [_("Contract"), contract or "–"], [_("Where it stands"), _status(found, on)],
        *([header, text] for header, text in sorted(found.received.items())),
    ]  # fmt: skip
    return Table(_("Integration"), [Column(_("Question")), Column(_("Answer"))], rows, hide_caption=True)


def picture(municipality: str, found: Sequence[Any], on: date, centre: str = "") -> Chart:
    """Draw what exchanges data with what; of one system, it and what lies beside it."""
    pairs = queries.links(found)
    merged = engine.merged(engine.neighbours(pairs, centre) if centre else pairs)
    names = {name for a, b, _count in merged for name in (a, b)}
    if centre:
        sentence = ngettext("%(name)s exchanges data with %(n)s other.", "%(name)s exchanges data with %(n)s others.",
                            len(names) - 1) % {"name": centre, "n": len(names) - 1}  # fmt: skip
    else:
        sentence = _("%(links)s ways that data goes, between %(n)s systems and others outside.") % {
            "links": len(merged), "n": len(names),
        }  # fmt: skip
    return Chart(
        "surroundings", "graph", _("Who exchanges data with whom"), sentence, labels=[centre] if centre else (),
        links=merged, twin=integrations(municipality, found, on),
    )  # fmt: skip


def domains(municipality: str, found: Iterable[queries.Domain], names: Names) -> Table:
    """Return the kinds of data, and which register of each is the right one."""
    columns = [Column(_("Kind of data")), Column(_("How it stands")), Column(_("The right register")),
               Column(_("Others"))]  # fmt: skip
    rows = [
        [link(each.domain.name, reverse("domain", args=[municipality, each.domain.code])), order(each.sources),
         linked(municipality, [each.sources.source] if each.sources.source else [], names) or "–",
         linked(municipality, (*each.sources.against, *each.copies), names) or "–"]
        for each in found
    ]  # fmt: skip
    return Table(_("Kinds of data"), columns, rows, hide_caption=True)


def order(found: engine.Sources) -> str:
    """Return how the registers of a kind of data stand, as a pill."""
    if found.order == "decided":
        return pill(_("decided, and contradicted"), "amber") if found.against else pill(_("decided"), "good")
    words: dict[str, tuple[str, Tone]] = {
        "one": (_("one register"), "good"), "competing": (_("several claim to be the right one"), "red"),
        "nobody": (_("nobody claims to be the right one"), "amber"),
    }  # fmt: skip
    return pill(*words[found.order])


def registers(municipality: str, found: queries.Domain, names: Names, known: Mapping[str, Any], units: Names,
              owners: Mapping[str, Any]) -> Table:  # fmt: skip
    """Return the registers of one kind of data side by side: what each claims, who answers, what it costs."""
    columns = [Column(_("System")), Column(_("What it claims")), Column(_("Who answers")), Column(_("Who uses it")),
               Column(_("Cost a year"), "kr")]  # fmt: skip
    sources = found.sources
    said = [(each, pill(_("the right one"), "good")) for each in [sources.source] if each]
    said += [(each, pill(_("claims to be the right one"), "red")) for each in sources.against]
    said += [(each, pill(_("copies it"))) for each in found.copies]
    rows = [
        [linked(municipality, [code], names), words,
         _("has an owner") if code in owners else pill(_("nobody has accepted it"), "red"),
         ", ".join(units.get(each, each) for each in known[code]["used_by"]) if code in known else "–",
         known[code]["yearly_cost_ore"] if code in known else None]
        for code, words in said
    ]  # fmt: skip
    return Table(_("The registers, side by side"), columns, rows, hide_caption=True)


def standards(municipality: str, found: Iterable[Any], names: Names, on: date) -> Table:
    """Return the technical standards, and who still stands on what has to be left."""
    columns = [Column(_("Standard")), Column(_("Where in its life")), Column(_("Left by"), "date"),
               Column(_("Systems on it"), "number"), Column(_("What to do"))]  # fmt: skip
    rows = []
    for each in found:
        standing = queries.standing(each, on)
        rows.append([
            link(each.name, reverse("standard", args=[municipality, each.code])),
            pill(str(Stage(each.stage).label), STAGES.get(each.stage, "neutral")), each.until_date, len(standing),
            _todo([row.due for row in standing]),
        ])  # fmt: skip
    return Table(_("Technical standards"), columns, rows, hide_caption=True)


def _todo(dues: Sequence[str]) -> str:
    late, stands = dues.count("overdue"), dues.count("stands")
    if late:
        return pill(ngettext("%(n)s is too late", "%(n)s are too late", late) % {"n": late}, "red")
    words = ngettext("%(n)s has to leave it", "%(n)s have to leave it", stands) % {"n": stands}
    return pill(words, "amber") if stands else "–"


def standing(municipality: str, found: Iterable[queries.Stands], names: Names) -> Table:
    """Return who stands on a standard, and why they may."""
    columns = [Column(_("System")), Column(_("How it stands")), Column(_("Why it may")), Column(_("Decided")),
               Column(_("Until"), "date")]  # fmt: skip
    rows = [
        [linked(municipality, [each.row.system_code], names), due(each.due), each.row.reason or "–",
         each.row.decision or "–", each.row.until_date]
        for each in found
    ]  # fmt: skip
    return Table(_("Who stands on it"), columns, rows, hide_caption=True)


def due(found: str) -> str:
    """Return how a system stands to a standard, as a pill."""
    words: dict[str, tuple[str, Tone]] = {
        "fine": (_("in order"), "good"), "stands": (_("has to leave it"), "amber"),
        "excepted": (_("excepted"), "neutral"), "overdue": (_("too late"), "red"),
    }  # fmt: skip
    return pill(*words[found])


def of_system(*, request: Any, system: Any) -> str:
    """Return what surrounds a system, for its page."""
    on, municipality = timezone.localdate(), request.municipality.code
    found = queries.about_system(system.code)
    now = [each for each in found if engine.status(each.start_date, each.end_date, on) == "running"]
    context = {
        "chart": picture(municipality, now, on, system.name) if queries.links(now) else None,
        "integrations": integrations(municipality, found, on), "system": system,
        "domains": [(each.domain, order(each.sources)) for each in queries.claims_of_system(system.code)],
        "standards": [(each.row.standard, due(each.due)) for each in queries.standards_of_system(system.code, on)],
        "customisations": customisations(municipality, queries.customisations_of(system.code)),
        "fields": fields(municipality, queries.fields_of_system(system, on)),
        "may_edit": may_write(request.user, request.access, "edit_systems", system.key),
    }  # fmt: skip
    return render_to_string("landscape/of_system.html", context, request=request)


def customisations(municipality: str, found: Iterable[Any]) -> Table:
    """Return what was changed in a system for this municipality alone."""
    columns = [Column(_("What was changed")), Column(_("Why")), Column(_("Who asked")),
               Column(_("Cost at each upgrade"), "kr"), Column(_("Gone since"), "date")]  # fmt: skip
    rows = [
        [link(each.what, reverse("customisation", args=[municipality, each.system_code, each.key])), each.reason or "–",
         each.asked_by or "–", each.upgrade_cost_ore, each.ended_date]
        for each in found
    ]  # fmt: skip
    return Table(_("Changed for us alone"), columns, rows, hide_caption=True)


def fields(municipality: str, found: Sequence[queries.Field], names: Names | None = None) -> Table:
    """Return fields with how they are filled; with the system of each where ``names`` are given."""
    columns = [Column(_("Field")), *([Column(_("System"))] if names else []), Column(_("How it is filled")),
               Column(_("Other ways"), "number"), Column(_("Units that fill it otherwise"), "number"),
               Column(_("Not asked")), Column(_("Decided"))]  # fmt: skip
    rows = [
        [link(each.field.name, reverse("field", args=[municipality, each.field.code])),
         *([linked(municipality, [each.field.system_code], names)] if names else []),
         filled(each.variance), len(each.variance.ways), each.variance.otherwise,
         named(each) or "–", decided(each.field)]
        for each in found
    ]  # fmt: skip
    return Table(_("How fields are filled"), columns, rows, hide_caption=True)


def named(found: queries.Field) -> str:
    """Return the names of the first of those who have not been asked, and how many more there are."""
    names = [found.units[code] for code in found.variance.unasked]
    first, more = ", ".join(names[:NAMED]), len(names) - NAMED
    words = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": first, "n": more}
    return words if more > 0 else first


def filled(found: engine.Variance) -> str:
    """Return how a field is filled on the whole, as a pill."""
    states = set(found.states.values())
    if found.ways:
        return pill(_("in different ways"), "amber")
    if "again" in states:
        return pill(_("to be asked again"), "amber")
    return pill(_("as agreed"), "good") if "agreed" in states else pill(_("nobody has said"))


def decided(field: Any) -> str:
    """Return where and when it was decided how a field is filled; without that it is only claimed."""
    return f"{field.decision}, {_day(field.decided_date)}" if field.decision else pill(_("claimed"), "amber")


def _day(value: date) -> str:
    return long_date(value, language(get_language()))


def field(municipality: str, found: Any, names: Names) -> Table:
    """Return how a field of a system is to be filled."""
    changed = [[_("Meant something else until"), _day(found.changed_date)]] if found.changed_date else []
    rows: list[list[Any]] = [
        [_("System"), linked(municipality, [found.system_code], names)],
        [_("What it means, and how it is filled"), found.meaning], [_("What counts on it"), found.used_in or "–"],
        [_("Decided"), decided(found)],
        *changed,
    ]  # fmt: skip
    return Table(_("How it is to be filled"), [Column(_("Question")), Column(_("Answer"))], rows, hide_caption=True)


def ways(found: queries.Field) -> Table:
    """Return the ways a field is filled, the agreed one first, each with its units."""
    states = found.variance.states
    agreed = [unit for unit, state in states.items() if state == "agreed"]
    rows = [
        [way, len(codes), ", ".join(sorted(found.units[code] for code in codes)) or "–"]
        for way, codes in ((pill(_("as agreed"), "good"), agreed), *found.variance.ways.items())
    ]
    columns = [Column(_("Way")), Column(_("Units"), "number"), Column(_("Which units"))]
    return Table(_("The ways it is filled"), columns, rows, hide_caption=True)


STATES: list[engine.Filled] = ["otherwise", "again", "unknown", "agreed"]


def practices(municipality: str, found: queries.Field, may_note: bool) -> Table:
    """Return how each unit fills a field, those that do it otherwise first and those nobody has asked last."""
    units, there = found.units, reverse("field-note", args=[municipality, found.field.code])
    columns = [Column(_("Unit")), Column(_("How it is filled")), Column(_("Seen"), "date"), Column(_("Who said it")),
               *([Column(_("What to do"))] if may_note else [])]  # fmt: skip
    held = sorted(found.variance.states.items(), key=lambda each: (STATES.index(each[1]), units[each[0]]))
    rows = [
        [units[code], _practice(state, found.notes[code].way), found.notes[code].seen_date,
         found.notes[code].said_by]
        for code, state in held
    ]  # fmt: skip
    rows += [[units[code], pill(_("not asked")), None, "–"] for code in found.variance.unasked]
    if may_note:
        codes = [*(code for code, _state in held), *found.variance.unasked]
        links = [link(_("Note it"), f"{there}?unit={quote(code)}") for code in codes]
        rows = [[*row, onward] for row, onward in zip(rows, links, strict=True)]
    return Table(_("How each unit fills it"), columns, rows, hide_caption=True)


def _practice(state: engine.Filled, way: str) -> str:
    words: dict[str, tuple[str, Tone]] = {
        "otherwise": (str(Practice.OTHERWISE.label), "amber"), "again": (_("to be asked again"), "amber"),
        "unknown": (str(Practice.UNKNOWN.label), "neutral"), "agreed": (str(Practice.AGREED.label), "good"),
    }  # fmt: skip
    return format_html("{} {}", pill(*words[state]), way) if way else pill(*words[state])


def both(form: Any, now: Mapping[str, Any]) -> Table:
    """Return the fields where what was typed differs from what stands there now."""
    form.is_valid()
    rows = [
        [str(form[name].label), _plain(now.get(name)), _plain(typed)]
        for name, typed in form.cleaned_data.items() if (typed or "") != (now.get(name) or "")
    ]  # fmt: skip
    columns = [Column(_("Field")), Column(_("Stands there now")), Column(_("You wrote"))]
    return Table(_("What differs"), columns, rows)


def _plain(value: Any) -> str:
    return format_html("{}", "–" if value in (None, "") else value)


def to_follow(*, request: Any, text: str) -> str:
    """Return the technical standards that what somebody is going to buy has to follow; nothing where none is set."""
    if not request.access.scopes("see_systems"):
        return ""
    found, n = queries.to_follow(text)
    there = request.municipality.code
    rows = [
        [link(each.name, reverse("standard", args=[there, each.code])),
         pill(str(Stage(each.stage).label), STAGES.get(each.stage, "neutral")), each.until_date, each.reason]
        for each in found
    ]  # fmt: skip
    columns = [Column(_("Standard")), Column(_("Where in its life")), Column(_("Left by"), "date"), Column(_("Why"))]
    table = Table(_("Technical standards"), columns, rows, hide_caption=True)
    return render_to_string("landscape/to_follow.html", {"table": table, "n": n}, request=request) if n else ""
