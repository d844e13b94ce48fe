"""The demo's files are what its script makes, and hold the figures they are said to hold."""

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from samsyn.costing.imports import read_model
from samsyn.formats.register_table import propose_register, read_register
from samsyn.formats.registers import SYSTEMS
from samsyn.formats.registers_equipment import EQUIPMENT
from samsyn.formats.workbook import read_sheets

EXAMPLES = Path(__file__).parents[2] / "examples"
LILLKOPING = EXAMPLES / "lillkoping"
TRANS = re.compile(r"#TRANS (\d{4}) \{([^}]*)\} (-?\d+)\.(\d\d)")


def rows(name: str) -> list[tuple[str, dict[str, str], int]]:
    """Read a book with nothing of the product: (account, objects, öre)."""
    found = []
    for account, objects, kronor, ore in TRANS.findall((LILLKOPING / name).read_bytes().decode("cp437")):
        parts = re.findall(r'"?([^"\s]+)"?', objects)
        amount = int(kronor) * 100 + (-int(ore) if kronor.startswith("-") else int(ore))
        found.append((account, dict(zip(parts[::2], parts[1::2], strict=True)), amount))
    return found


def total(books: list[Any], accounts: tuple[str, ...], centre: str | None = "1010") -> int:
    return sum(
        ore for account, objects, ore in books
        if account.startswith(accounts) and (centre is None or objects.get("1") == centre)
    )  # fmt: skip


@pytest.fixture(scope="module")
def year() -> list[tuple[str, dict[str, str], int]]:
    return rows("books-2025.se")


def test_the_it_unit_cost_what_it_should_in_2025_to_the_ore(year: Any) -> None:
    kinds = {
        "services": total(year, ("6310", "743", "4610", "6820", "7510", "6013")),
        "staff": total(year, ("50", "56")), "capital": total(year, ("79", "85")),
        "material": total(year, ("6410", "6510")),
    }  # fmt: skip
    kronor = {"services": 11_752_000, "staff": 7_006_000, "capital": 3_164_000, "material": 678_000}
    assert kinds == {kind: amount * 100 for kind, amount in kronor.items()}
    assert sum(kinds.values()) == 22_600_000_00


def test_administrations_bought_their_own_it_on_forty_cost_centres(year: Any) -> None:
    own = [(objects["1"], ore) for account, objects, ore in year if account == "7430" and objects.get("1") != "1010"]
    assert sum(ore for _, ore in own) == 9_400_000_00
    assert len({centre for centre, _ in own}) == 40


def test_what_is_charged_inside_is_a_pair_that_comes_to_nothing(year: Any) -> None:
    assert total(year, ("6019",), None) == 15_000_000_00 == -total(year, ("3319",))


def test_march_contains_january_and_february_unchanged() -> None:
    def vouchers(name: str) -> list[str]:
        return (LILLKOPING / name).read_bytes().decode("cp437").split("#VER ")[1:]

    before, after = vouchers("books-2026-02.se"), vouchers("books-2026-03.se")
    clean = {each.rstrip().rstrip("}").rstrip() for each in (text.split("#KSUMMA")[0] for text in after)}
    assert len(after) > len(before)
    assert all(each.split("#KSUMMA")[0].rstrip().rstrip("}").rstrip() in clean for each in before)


def test_every_book_comes_to_nothing_as_a_whole() -> None:
    for path in LILLKOPING.glob("books-*.se"):
        assert sum(ore for _, _, ore in rows(path.name)) == 0, path.name


def test_the_script_makes_the_same_files_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    for name in [name for name in sys.modules if name == "make" or name.startswith("make.")]:
        monkeypatch.delitem(sys.modules, name)
    spec = importlib.util.spec_from_file_location("generate", EXAMPLES / "generate.py")
    assert spec and spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    generate.main(tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) > 12
    for path in made:
        assert (tmp_path / path).read_bytes() == (EXAMPLES / path).read_bytes(), path


def test_units_read_of_every_service_in_three_languages() -> None:
    content, problems = read_model(read_sheets((LILLKOPING / "model.xlsx").read_bytes()))
    assert problems == []
    for row in content["services"]:
        for column in ("unit_of_measure", "included", "excluded", "influence"):
            for language in ("da", "en") if row[column] else ():
                assert row.get(f"{column}_{language}"), (row["code"], column, language)


def test_the_list_of_systems_loads_whole_and_ten_of_them_lack_an_owner() -> None:
    data = (LILLKOPING / "systems-2026.csv").read_bytes()
    proposed = propose_register(data, SYSTEMS)
    file = read_register(data, SYSTEMS, proposed.profile)
    assert len(file.rows) == 127 and len({row.values["name"] for row in file.rows}) == 127
    assert sum("owner_name" not in row.values for row in file.rows) == 10
    assert proposed.unplaced == () and not any(row.received.keys() - {"contract_end_date"} for row in file.rows)
    assert Counter(row.values["kind"] for row in file.rows) == {"business": 107, "technical": 20}
    assert {(each.severity, each.code, each.found) for each in file.problems} == {("warning", "bad_cell", "löper")}


def test_the_list_of_devices_loads_whole_with_the_gaps_such_lists_have() -> None:
    data = (LILLKOPING / "equipment-2026.csv").read_bytes()
    proposed = propose_register(data, EQUIPMENT)
    file = read_register(data, EQUIPMENT, proposed.profile)
    assert proposed.unplaced == ("Operativsystem",) and file.problems == []
    assert len(file.rows) == 10_000 == len({row.values["serial"] for row in file.rows})
    here = [row.values for row in file.rows if "ended_date" not in row.values]
    assert len(here) == 9_400 and sum("unit" not in row for row in here) == 300
    # what Lundaskolan is charged for
    lunda = [row["kind"] for row in here if row.get("unit") == "Lundaskolan"]
    assert lunda.count("Personaldator") in range(44, 47) and lunda.count("Elevdator") in range(215, 221)
    assert any(row["lease_end_date"].year < 2026 for row in here if "lease_end_date" in row)
