"""Find raw files, the registers among them, and what is kept in another system."""

from samsyn.intake.models import Master, RawFile, ReceivedRegister, Sync


def raw_file(municipality_key: object, key: object) -> RawFile | None:
    """Return one raw file of a municipality."""
    return RawFile.objects.filter(municipality_key=str(municipality_key), key=str(key)).first()


def received_register(municipality_key: object, register: str, key: object) -> ReceivedRegister | None:
    """Return a register of a kind that has come in."""
    found = ReceivedRegister.objects.filter(municipality_key=str(municipality_key), register=register, key=str(key))
    return found.first()


def loaded_registers(municipality_key: object, register: str) -> list[ReceivedRegister]:
    """Return the registers of a kind that were loaded, the latest first; enough of them to know a layout again."""
    found = ReceivedRegister.objects.filter(municipality_key=str(municipality_key), register=register)
    return list(found.exclude(loaded_at=None).order_by("-loaded_at")[:20])


def master_of(thing_key: object) -> Master | None:
    """Return where a thing is kept, or was until it was deleted there."""
    return Master.objects.filter(thing_key=str(thing_key)).order_by("-read_at").first()


def masters(municipality_key: object, source: str) -> dict[str, Master]:
    """Return what is kept in another system, by its key there; what was deleted there too."""
    found = Master.objects.filter(municipality_key=str(municipality_key), source=source)
    return {each.foreign_key: each for each in found.order_by("pk")}


def last_sync(municipality_key: object, source: str) -> Sync | None:
    """Return the last time everything was read from another system."""
    return Sync.objects.filter(municipality_key=str(municipality_key), source=source).order_by("-at").first()
