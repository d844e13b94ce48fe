"""Measure the lists of the overview: python bench/lists.py [SYSTEMS CONTRACTS DEVICES]

Loads lists of 5,000 systems, 20,000 contracts and 100,000 devices through the door the command uses, then asks for the
first page of each, a filtered page and the whole export. The yardstick is a signed-in page with nothing on it, of another
municipality, in the same process; the database is SQLite in a temporary folder.
"""

import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from page import AT, browser, measure, organisation

SIZES = (5_000, 20_000, 100_000)


def files(systems: int, contracts: int, devices: int) -> dict[str, bytes]:
    """Return the three lists as CSV."""

    def made(head: str, rows: Any) -> bytes:
        return "\n".join([head, *rows]).encode()

    return {
        "systems": made("Systemnamn;Syfte;Förvaltning;Systemägare;Leverantör;Avtalsslut;Årskostnad;Personuppgifter", (
            f"System {n};Stöd för uppgift {n % 311};Förvaltning {n % 8};Ägare {n % 400};Bolag {n % 900} AB;"
            f"20{27 + n % 5}-0{1 + n % 9}-15;{n % 400 * 1000};{'ja' if n % 3 else ''}" for n in range(systems))),
        "contracts": made("Avtal;Leverantör;Kategori;Startdatum;Slutdatum;Uppsägningstid;Förlängning;Årskostnad;Avtalsägare", (
            f"Avtal {n};Bolag {n % 4000} AB;Kategori {n % 97};2024-0{1 + n % 9}-01;20{27 + n % 6}-0{1 + n % 9}-28;"
            f"{n % 7} mån;12 mån;{n % 900 * 1000};Ägare {n % 400}" for n in range(contracts))),
        "equipment": made("Serienummer;Typ;Modell;Användare;Enhet;Leasingslut;Månadshyra", (
            f"SN{n:07d};{('dator', 'surfplatta', 'telefon')[n % 3]};Modell {n % 40};anv{n:06d};E{n % 64:04d};"
            f"20{27 + n % 3}-0{1 + n % 9}-28;{150 + n % 90}" for n in range(devices))),
    }  # fmt: skip


def load(place: Any, by: Any, given: dict[str, bytes]) -> dict[str, tuple[float, int]]:
    """Load the lists; return seconds and rows of each."""
    from samsyn.contracts.operations import load_contracts
    from samsyn.equipment.operations import load_equipment
    from samsyn.formats.register_table import propose_register, read_register
    from samsyn.formats.registers import CONTRACTS, SYSTEMS
    from samsyn.formats.registers_equipment import EQUIPMENT
    from samsyn.systems.operations import load_systems

    found = {}
    for register, operation in ((SYSTEMS, load_systems), (CONTRACTS, load_contracts), (EQUIPMENT, load_equipment)):
        data, start = given[register.name], time.perf_counter()
        file = read_register(data, register, propose_register(data, register).profile)
        loaded = operation(municipality=place, file=file, data=data, name=f"{register.name}.csv", by=by, at=AT)
        assert loaded.status == "committed", loaded.problems[:3]
        found[register.name] = (time.perf_counter() - start, loaded.created)
    return found


PAGES = (
    ("systems", "/bench/systems/"), ("systems, a word", "/bench/systems/?text=uppgift+17"),
    ("systems, a gap", "/bench/systems/?missing=personal_data"), ("contracts", "/bench/contracts/"),
    ("contracts, a word", "/bench/contracts/?text=kategori+17"), ("devices", "/bench/equipment/"),
    ("devices, a word", "/bench/equipment/?text=modell+17"), ("devices, a kind", "/bench/equipment/?kind=tablet"),
)  # fmt: skip
EXPORTS = ("systems/systems.csv", "contracts/contracts.csv", "equipment/devices.csv")


def report(sizes: tuple[int, ...], loaded: dict[str, tuple[float, int]]) -> None:
    """Measure and print."""
    import django

    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
          f"{platform.python_version()}, Django {django.__version__}, SQLite")  # fmt: skip
    for name, (seconds, rows) in loaded.items():
        print(f"load {rows:>7,} {name:<12}{seconds:>8.1f} s")
    controller, nobody, nothing = browser("bench", "a"), browser("tomby", "head"), "/tomby/what-we-pay/E0001/"
    nothing = nobody.get(nothing, follow=True).request["PATH_INFO"]
    print(f"{'':<24}{'CPU ms':>9}{'ratio':>8}{'wall ms':>9}{'questions':>11}{'kB':>7}")
    for label, address in (("an empty page", nothing), *PAGES):
        client = nobody if address == nothing else controller
        cpu, wall, asked, size, ratio = measure(client, address, lambda: nobody.get(nothing))
        print(f"{label:<24}{cpu:>9.1f}{ratio:>8.1f}{wall:>9.1f}{asked:>11}{size / 1000:>7.0f}")
    for address in EXPORTS:
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        lines = sum(piece.count(b"\n") for piece in controller.get(f"/bench/{address}").streaming_content)
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(
            f"export {lines - 1:>7,} {address:<28}{time.perf_counter() - start:>8.1f} s{more:>6.0f} MB more at the peak"
        )
    print("(reach: a first page 3 x the empty page)")


def main() -> None:
    """Print the tables."""
    sizes = tuple(map(int, sys.argv[1:4])) if len(sys.argv) > 3 else SIZES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMSYN_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
        sys.path.insert(0, str(Path(__file__).parent))
        import django

        django.setup()
        from django.core.management import call_command

        from samsyn.core.scoping import in_municipality
        from samsyn.organisation import operations as organisations
        from samsyn.people import operations as people
        from samsyn.people.queries import person_with_code

        call_command("migrate", verbosity=0)
        for code, units in (("bench", 64), ("tomby", 8)):
            place = organisations.found_municipality(code=code, name=code.title(), by="bench", at=AT)
            with in_municipality(place):
                people.apply_workbook(municipality=place, sheets=organisation(units), by="bench", at=AT)
                if code == "bench":
                    loaded = load(place, person_with_code(place, "a"), files(*sizes))
        report(sizes, loaded)


if __name__ == "__main__":
    main()
