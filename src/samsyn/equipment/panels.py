"""Show devices: the list, the answers about one, what must be handed back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.equipment import queries
from samsyn.equipment.choices import FIELDS, WRITTEN, Ending, Kind
from samsyn.equipment.queries import Returns
from samsyn.equipment.rules import units_seen
from samsyn.formats.registers_equipment import EQUIPMENT
from samsyn.organisation.operations import sort_key
from samsyn.organisation.queries import tree, unit_names
from samsyn.web.components import Column, Table, Tone, link, pill
from samsyn.web.numbers import kr, language, long_date, number

Names = Mapping[str, str]
TONES: dict[str, Tone] = {"past": "red", "soon": "amber"}


def devices(municipality: str, found: Iterable[Any], names: Names, on: date) -> Table:
    """Return one page of devices."""
    columns = [Column(_("Serial number")), Column(_("What it is")), Column(_("User")), Column(_("Unit")),
               Column(_("Leased until"), "date"), Column(_("State"))]  # fmt: skip
    rows = [
        [link(each.serial, reverse("device", args=[municipality, each.key])), what(each), each.user_name,
         names.get(each.unit_code, each.unit_code), each.lease_end_date, state(each, on)]
        for each in found
    ]  # fmt: skip
    return Table(_("Equipment"), columns, rows, dense=True, hide_caption=True)


def facts(municipality: str, tally: dict[str, int], on: date) -> list[tuple[str, str, str]]:
    """Return (how many, what, address) of what a list of devices is asked first."""
    there = reverse("equipment", args=[municipality])
    soon, late, holder = (tally[name] for name in ("soon", "late", "holder"))
    past, lacking = (f"{there}?{urlencode(asked)}" for asked in ({"before": str(on)}, {"missing": "holder"}))
    return [
        (_number(soon), ngettext("must be handed back within a year", "must be handed back within a year", soon),
         reverse("equipment-returns", args=[municipality])),
        (_number(late), ngettext("of them is late", "of them are late", late), past),
        (_number(holder), ngettext("lacks a user or a unit", "lack a user or a unit", holder), lacking),
    ]  # fmt: skip


def what(device: Any) -> str:
    """Say what a device is: kind, maker, model."""
    model = device.model
    if device.manufacturer.casefold() not in model.casefold():
        model = f"{device.manufacturer} {model}"
    return ", ".join(filter(None, (kind(device.kind), model.strip())))


def kind(value: str) -> str:
    """Return a kind as people read it."""
    return str(Kind(value).label) if value in Kind.values else value


def state(device: Any, on: date) -> str:
    """Say in a pill what hurries about a device: its lease, or that it is gone."""
    if device.ended_date:
        return pill(str(Ending(device.ended_as).label))
    words = {"past": _("should be handed back"), "soon": _("ends within a year")}
    found = queries.state(device, on)
    return pill(words[found], TONES[found]) if found in words else ""


def answers(device: Any, names: Names, managers: Iterable[str], on: date) -> Table:
    """Return the five answers about a device."""
    answering = device.responsible or ", ".join(managers)
    rows = [
        [_("Who has it now?"), _holder(device, names)],
        [_("Until when is it leased?"), _until(device, on)],
        [_("What is handed back, and how?"), _handed_back(device)],
        [_("What does it cost if it is lost or kept?"), _loss(device, on)],
        [_("Who answers for it?"), answering or pill(_("nobody is named"), "red")],
    ]
    return Table(_("Five answers"), [Column(_("Question")), Column(_("Answer"))], rows, hide_caption=True)


def _holder(device: Any, names: Names) -> str:
    if device.ended_date:
        return _("Nobody since %(day)s: %(what)s.") % {
            "day": _day(device.ended_date), "what": Ending(device.ended_as).label
        }  # fmt: skip
    held = ", ".join(filter(None, (device.user_name, names.get(device.unit_code, device.unit_code))))
    return held or pill(_("nobody knows"), "red")


def _until(device: Any, on: date) -> str:
    if not device.lease_end_date:
        return _("No day is known. It may be the municipality’s own.")
    day, months = _day(device.lease_end_date), queries.months_left(device, on)
    if queries.state(device, on) == "past":
        return _("It ended on %(day)s.") % {"day": day}
    left = queries.left_ore(device, on)
    if left is None:
        return day
    words = ngettext("%(day)s. %(n)s month is left to pay: %(sum)s.", "%(day)s. %(n)s months are left to pay: %(sum)s.",
                     months)  # fmt: skip
    return words % {"day": day, "n": months, "sum": _kr(left)}


def _handed_back(device: Any) -> str:
    if not device.lease_end_date:
        return _("Nothing, as far as is known.")
    told = _("%(what)s with the serial number %(serial)s.") % {"what": what(device) or _("A device"),
                                                               "serial": device.serial}  # fmt: skip
    return f"{told} {device.return_condition or _('The condition is not told.')}"


def _loss(device: Any, on: date) -> str:
    found = queries.loss(device, on)
    if found.basis == "told":
        return _("%(sum)s, the price to buy it out.") % {"sum": _kr(found.ore)}
    if found.basis == "reckoned":
        words = _("About %(sum)s: the rent that is left and the residual value. The agreement may say otherwise.")
        return words % {"sum": _kr(found.ore)}
    if device.purchase_ore is not None and not device.lease_end_date:
        return _("It was bought for %(sum)s.") % {"sum": _kr(device.purchase_ore)}
    return pill(_("not known"), "amber")


def known(device: Any, names: Names) -> Table:
    """Return everything else that is known of a device."""
    rows = [[str(FIELDS[name]), written(name, getattr(device, name), names)] for name in FIELDS]
    return Table(_("What is known"), [Column(_("Field")), Column(_("Answer"))],
                 [row for row in rows if row[1] != "–"], hide_caption=True)  # fmt: skip


def written(name: str, value: Any, names: Names) -> str:
    """Write a value as people read it."""
    if value in (None, ""):
        return "–"
    if name.endswith("_date"):
        return _day(value)
    if name.endswith("_ore"):
        return _kr(value)
    return names.get(value, value) if name == "unit_code" else kind(value) if name == "kind" else str(value)


def holders(found: Iterable[Any], names: Names) -> Table:
    """Return who has had a device."""
    columns = [Column(_("User")), Column(_("Unit")), Column(_("From"), "date"), Column(_("Until"), "date")]
    rows = [
        [each.user_name or "–", names.get(each.unit_code, each.unit_code) or "–", each.valid_from,
         each.valid_until or _("still")]
        for each in found
    ]  # fmt: skip
    return Table(_("Who has had it"), columns, rows, hide_caption=True)


def returns(municipality: str, found: Iterable[Returns], names: Names) -> Table:
    """Return what each unit must hand back, and the sums it is about."""
    columns = [Column(_("Unit")), Column(_("Devices"), "number"), Column(_("Too late"), "number"),
               Column(_("Rent left"), "kr"), Column(_("To buy them out"), "kr"),
               Column(_("Have such a price"), "number")]  # fmt: skip
    there = reverse("equipment-returns", args=[municipality])
    rows: list[list[Any]] = [
        [link(names.get(each.unit_code, each.unit_code), f"{there}?{urlencode({'unit': each.unit_code})}")
         if each.unit_code else link(_("No unit"), f"{there}?unit=-"),
         each.count, each.late, each.left_ore, each.buy_out_ore, each.priced]
        for each in sorted(found, key=lambda each: sort_key(names.get(each.unit_code, each.unit_code)))
    ]  # fmt: skip
    sums = [sum(row[number] for row in rows) for number in range(1, 6)]
    return Table(_("By unit"), columns, rows, foot=[_("Together"), *sums], dense=True, hide_caption=True)


def returned(municipality: str, found: Iterable[Any], on: date) -> Table:
    """Return the devices one unit must hand back."""
    columns = [Column(_("Leased until"), "date"), Column(_("Serial number")), Column(_("What it is")),
               Column(_("User")), Column(_("Return condition")), Column(_("Rent left"), "kr"),
               Column(_("If lost or kept"), "kr")]  # fmt: skip
    rows = [
        [each.lease_end_date, link(each.serial, reverse("device", args=[municipality, each.key])), what(each),
         each.user_name, each.return_condition, queries.left_ore(each, on), queries.loss(each, on).ore]
        for each in found
    ]  # fmt: skip
    return Table(_("To hand back"), columns, rows, dense=True, hide_caption=True)


def both(form: Any, now: dict[str, Any], names: Names) -> Table:
    """Return the fields where what was typed differs from what stands there now."""
    form.is_valid()
    rows = [
        [str(FIELDS[name]), written(name, now[name], names), written(name, form.cleaned_data[name], names)]
        for name in WRITTEN if name in form.cleaned_data and (form.cleaned_data[name] or "") != (now[name] or "")
    ]  # fmt: skip
    columns = [Column(_("Field")), Column(_("Stands there now")), Column(_("You wrote"))]
    return Table(_("What differs"), columns, rows)


def received(device: Any) -> Table:
    """Return what files have said of a device that found no field, as they said it."""
    columns = [Column(_("Column")), Column(_("As received"))]
    rows = sorted((EQUIPMENT.called_by(header, _), text) for header, text in device.received.items())
    return Table(_("As received"), columns, rows, hide_caption=True)


def _day(value: date) -> str:
    return long_date(value, language(get_language()))


def _kr(ore: int | None) -> str:
    return kr(ore or 0, language(get_language()))


def _number(value: int) -> str:
    return number(value, language(get_language()))


def unanswered(*, request: Any) -> str:
    """Return the devices that nobody answers for, unit by unit, for the page of what nobody answers for."""
    if not request.access.may("see_equipment"):
        return ""
    found = queries.unanswered(timezone.localdate())
    why = {"no_unit": _("no unit is named"), "unit_gone": _("the unit is no longer there"),
           "no_manager": _("nobody manages the unit")}  # fmt: skip
    names, there = unit_names(), reverse("equipment", args=[request.municipality.code])

    def ways(unit: str, n: int) -> str:
        return link(_number(n), f"{there}?{urlencode({'unit': unit} if unit else {'missing': 'unit'})}")

    rows = [
        [names.get(unit, unit) or "–", why[reason], _number(n) if reason == "unit_gone" else ways(unit, n)]
        for unit, reason, n in found
    ]
    columns = [Column(_("Unit")), Column(_("The gap")), Column(_("Devices"))]
    context = {"table": Table(_("Devices nobody answers for"), columns, rows, hide_caption=True),
               "n": sum(n for _unit, _reason, n in found)}  # fmt: skip
    return render_to_string("equipment/unanswered.html", context, request=request) if found else ""


def counted(*, request: Any, items: Iterable[Mapping[str, Any]], unit: str) -> str:
    """Return what the devices behind a line of a statement are leased for, and the way to each of them."""
    on, numbers = timezone.localdate(), {each["item"] for each in items}
    if not numbers or not request.access.scopes("see_equipment"):
        return ""
    found = queries.leased(numbers, on, units_seen(request.access, tree(on)))
    return render_to_string("equipment/counted.html", {**found, "unit": unit}, request=request) if found["all"] else ""
