"""Find raw files, and the registers among them."""

from samsyn.intake.models import RawFile, ReceivedRegister


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
