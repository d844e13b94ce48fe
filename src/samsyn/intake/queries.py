"""Find raw files."""

from samsyn.intake.models import RawFile


def raw_file(municipality_key: object, key: object) -> RawFile | None:
    """Return one raw file of a municipality."""
    return RawFile.objects.filter(municipality_key=str(municipality_key), key=str(key)).first()
