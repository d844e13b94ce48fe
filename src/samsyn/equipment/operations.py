"""Change what is known of devices and who has them: the only verbs that write it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from samsyn.core.problems import has_errors
from samsyn.core.refusals import N_, Refusal
from samsyn.core.scoping import local_day
from samsyn.equipment import imports, queries
from samsyn.equipment.choices import WRITTEN, Ending
from samsyn.equipment.models import Device, Holding
from samsyn.formats.register_table import Loaded, RegisterFile
from samsyn.history.operations import operation
from samsyn.intake import operations as intake
from samsyn.organisation.queries import tree, unit_names
from samsyn.web.removal import refuse_hanging

# few enough for one question on every database
PORTION = 500


def load_equipment(
    *, municipality: Any, file: RegisterFile, data: bytes, name: str, by: Any, at: datetime, dry_run: bool = False
) -> Loaded:
    """Load a list of devices: new ones are added, known ones (by serial number) get what the list knows.

    An empty cell takes nothing away; who has a device from another day on is noted beside who had it. The load is one
    event. ``status``: committed, duplicate (nothing new in it), refused (nothing loaded) or dry-run.
    """
    places = imports.places_of(unit_names(), tree(local_day(at)).nodes)
    plan = imports.plan(file, queries.known_devices(), places, local_day(at))
    status = "refused" if has_errors(plan.problems) else "dry-run" if dry_run else "committed"
    if status == "committed" and not (plan.new or plan.changed):
        status = "duplicate"
    if status == "committed":
        with operation(log=municipality.key, by=by, at=at) as journal:
            raw = intake.keep(municipality_key=municipality.key, name=name, content=data, by=by, at=at)
            _add(municipality, plan.new, local_day(at))
            _change(municipality, plan.changed, local_day(at))
            told_of = {"name": name, "added": len(plan.new), "changed": len(plan.changed)}
            journal.record("load", "devices", raw.key, after=told_of)
    return Loaded(status, len(file.rows), len(plan.new), len(plan.changed), plan.unchanged, file.unplaced,
                  plan.problems)  # fmt: skip


def add_device(*, municipality: Any, told: Mapping[str, Any], by: Any, at: datetime) -> Device:
    """Add one device; whoever is told has it from today.

    ``told``: ``serial`` and any of `choices.WRITTEN`. Refuses ``serial_missing``, ``serial_taken``, ``unit_unknown``,
    ``lease_backwards`` and ``negative_amount``.
    """
    serial = imports.serial_of(str(told.get("serial") or told.get("asset_tag") or ""))
    with operation(log=municipality.key, by=by, at=at) as journal:
        if not serial:
            raise Refusal("serial_missing", N_("Write its serial number, or its inventory number where it has none."))
        if Device.objects.filter(serial=serial).exists():
            message = N_("There is already a device with the serial number %(serial)s.")
            raise Refusal("serial_taken", message, serial=serial)
        device = Device(municipality=municipality, serial=serial)
        _tell(device, {name: value for name, value in told.items() if name in WRITTEN})
        if device.unit_code and device.unit_code not in tree(local_day(at)).nodes:
            raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=device.unit_code)
        _refuse_nonsense(device)
        device.save()
        _hand_over(municipality, [(device, local_day(at))])
        journal.record("add", "device", device.key, after=_shown(device))
    return device


def change_device(*, device: Device, told: Mapping[str, Any], known: int, by: Any, at: datetime) -> Device:
    """Change what is known of a device; what is not in ``told`` stays. A new user or unit has it from today.

    ``told``: any of `choices.WRITTEN`. ``known`` is the version that was read; refuses ``stale_version`` when somebody
    has changed it meanwhile, ``unit_unknown``, ``lease_backwards`` and ``negative_amount``.
    """
    with operation(log=device.municipality.key, by=by, at=at) as journal:
        device = _locked(device, known)
        before, held = _shown(device), _holder(device)
        told = {name: value for name, value in told.items() if name in WRITTEN}
        code = told.get("unit_code", "")
        if code and code != device.unit_code and code not in tree(local_day(at)).nodes:
            raise Refusal("unit_unknown", N_("There is no unit “%(code)s”."), code=code)
        _tell(device, told)
        _refuse_nonsense(device)
        device.version += 1
        device.save()
        if _holder(device) != held and not device.ended_date:
            _hand_over(device.municipality, [(device, local_day(at))])
        journal.record("change", "device", device.key, before=before, after=_shown(device), version=device.version)
    return device


def return_device(*, device: Device, ended_as: str, on: date, known: int, by: Any, at: datetime) -> Device:
    """Note that a device is no longer here: from ``on`` nobody has it.

    ``ended_as``: one of `choices.Ending`. Refuses ``stale_version``, ``ended_already``, ``ending_unknown``,
    ``day_to_come`` and ``ended_before_held`` for a day before the one its last holder got it.
    """
    with operation(log=device.municipality.key, by=by, at=at) as journal:
        device = _locked(device, known)
        if device.ended_date:
            raise Refusal("ended_already", N_("This device is no longer here since %(day)s."), day=device.ended_date)
        if ended_as not in Ending.values:
            raise Refusal("ending_unknown", N_("Say what became of it: handed back, scrapped or lost."))
        if on > local_day(at):
            raise Refusal("day_to_come", N_("%(day)s has not come yet."), day=on)
        open_one = device.holdings.filter(valid_until=None).first()
        if open_one and on < open_one.valid_from:
            message = N_("It was handed over on %(day)s, and cannot have gone before that.")
            raise Refusal("ended_before_held", message, day=open_one.valid_from)
        before = _shown(device)
        device.ended_as, device.ended_date, device.version = ended_as, on, device.version + 1
        device.save()
        device.holdings.filter(valid_until=None).update(valid_until=on)
        journal.record("return", "device", device.key, before=before, after=_shown(device), version=device.version)
    return device


def remove_device(*, found: Device, known: int, by: Any, at: datetime) -> None:
    """Remove a device that was listed by mistake, with who had it; its history stays. Refuses ``stale_version``."""
    with operation(log=found.municipality.key, by=by, at=at) as journal:
        device = _locked(found, known)
        refuse_hanging("device", device)
        device.holdings.all().delete()
        journal.record("remove", "device", device.key, before=_shown(device), version=device.version + 1)
        device.delete()


def _locked(device: Device, known: int) -> Device:
    device = Device.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=device.pk)
    if device.version != known:
        raise Refusal("stale_version", N_("Somebody else has changed this since you opened it."))
    return device


def _refuse_nonsense(device: Device) -> None:
    start, end = device.lease_start_date, device.lease_end_date
    if start and end and end < start:
        message = N_("The lease ends on %(end)s, before it begins on %(start)s.")
        raise Refusal("lease_backwards", message, end=end, start=start)
    for name in WRITTEN:
        if name.endswith("_ore") and (getattr(device, name) or 0) < 0:
            raise Refusal("negative_amount", N_("An amount cannot be less than 0."))


def _add(municipality: Any, everything: Sequence[Mapping[str, Any]], on: date) -> None:
    """Write new devices side by side, each with who has it: since the day told, else since today."""
    devices, held = [], []
    for told in everything:
        device = Device(municipality=municipality, serial=told["serial"])
        _tell(device, told)
        devices.append(device)
        if any(_holder(device)):
            since = min(told.get("held_since", on), on, device.ended_date or on)
            holding = Holding(municipality=municipality, device=device, valid_from=since, valid_until=device.ended_date)
            holding.user_name, holding.unit_code = _holder(device)
            held.append(holding)
    Device.objects.bulk_create(devices, batch_size=PORTION)
    Holding.objects.bulk_create(held, batch_size=PORTION)


def _change(municipality: Any, changed: Mapping[int, Mapping[str, Any]], on: date) -> None:
    """Write what a list adds to known devices, a portion at a time."""
    keys = sorted(changed)
    for start in range(0, len(keys), PORTION):
        found = list(Device.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + PORTION]))
        handed_over, ended = [], []
        for device in found:
            told, held = changed[device.pk], _holder(device)
            _tell(device, told)
            device.version += 1
            if device.ended_date:
                ended.append(device)
            elif _holder(device) != held:
                handed_over.append((device, min(told.get("held_since", on), on)))
        fields = ["serial", *WRITTEN, "ended_date", "ended_as", "received", "search_key", "version"]
        # one statement for all; updating them one by one takes minutes
        Device.objects.bulk_create(found, update_conflicts=True, unique_fields=["id"], update_fields=fields)
        _hand_over(municipality, handed_over)
        _close(Holding.objects.filter(valid_until=None, device__in=ended), {each.pk: each.ended_date for each in ended})


def _hand_over(municipality: Any, devices: Sequence[tuple[Device, date]]) -> None:
    """End who had each device and begin who has it now, on a day each; never before the one before got it."""
    standing = Holding.objects.filter(valid_until=None, device__in=[device for device, _ in devices])
    begun = dict(standing.values_list("device_id", "valid_from"))
    days = {device.pk: max(day, begun.get(device.pk, day)) for device, day in devices}
    _close(standing, days)
    Holding.objects.bulk_create(
        [
            Holding(municipality=municipality, device=device, user_name=device.user_name, unit_code=device.unit_code,
                    valid_from=days[device.pk])
            for device, _ in devices if any(_holder(device))
        ]
    )  # fmt: skip


def _close(standing: Any, days: Mapping[int, date | None]) -> None:
    """End open holdings, each on the day of its device, at the earliest the day it began."""
    found = list(standing)
    for each in found:
        each.valid_until = max(days[each.device_id] or each.valid_from, each.valid_from)
    Holding.objects.bulk_update(found, ["valid_until"])


def _holder(device: Device) -> tuple[str, str]:
    return device.user_name, device.unit_code


def _tell(device: Device, told: Mapping[str, Any]) -> None:
    """Take over what was told, and how it is found."""
    for name in ("serial", *WRITTEN, "ended_date"):
        if name in told:
            value = told[name]
            setattr(device, name, value.strip() if isinstance(value, str) else value)
    if device.ended_date and not device.ended_as:
        device.ended_as = Ending.RETURNED
    device.kind = imports.kind_of(device.kind)
    device.received = {**device.received, **told.get("received", {})}
    words = (device.serial, device.asset_tag, device.name, device.model, device.manufacturer, device.user_name,
             device.site, device.lease_number)  # fmt: skip
    device.search_key = " ".join(filter(None, words)).casefold()


def _shown(device: Device) -> dict[str, Any]:
    """Return what the history keeps: plain values, days as text."""
    found = {name: getattr(device, name) for name in (*WRITTEN, "ended_date", "ended_as")}
    # what a rule calls supplier is another thing
    found["supplied_by"], found["unit"] = found.pop("supplier"), unit_names().get(found.pop("unit_code"), "")
    return {"serial": device.serial, **{
        name: str(value) if isinstance(value, date) else value for name, value in found.items()
    }}  # fmt: skip
