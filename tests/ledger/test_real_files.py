"""Every real SIE file gives, through the command line, the sums somebody else computed."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests import personas


def run(*words: str) -> Any:
    out = StringIO()
    try:
        call_command(*words, "--as", "controller", "--municipality", "lillby", "--json", stdout=out)
    except SystemExit as ended:
        assert ended.code == 1
    return json.loads(out.getvalue())


def ore(text: str) -> int:
    return int(Decimal(text) * 100)


def test_real_files_give_the_expected_totals(lillby: Any, shared_data: Any) -> None:
    personas.person(lillby, "controller")
    expected = json.loads((shared_data / "sie" / "expected_totals.json").read_text())
    assert len(expected) > 15
    for name, sums in expected.items():
        loaded = run("import_ledger", str(shared_data / "sie" / name), "--source", name[:40])
        assert loaded["vouchers"] == sums["vouchers"], name
        assert loaded["net_ore"] == ore(sums["trans_net"]), name
        if ore(sums["trans_net"]):
            assert loaded["status"] == "refused", name
            continue
        assert loaded["status"] in ("committed", "duplicate"), (name, loaded["problems"][:3])
        if loaded["sie_type"] == 4:
            accounts = run("ledger_totals", "--batch", loaded["batch"], "--by", "account", "--accounts", "all")
            # the file beside them sums the net of each account without its sign
            assert sum(map(abs, accounts.values())) == ore(sums["trans_abs_sum"]), name
        if sums["cost_accounts_4_to_8"] is not None:
            found = run("ledger_totals", "--batch", loaded["batch"], "--by", "account")
            assert found == {key: ore(value) for key, value in sums["cost_accounts_4_to_8"].items()}, name
        dims: dict[str, dict[str, int]] = {}
        for key, value in (sums["objects"] or {}).items():
            dims.setdefault(key.split(":")[0], {})[key.split(":")[1]] = ore(value)
        for number, sums_by_object in dims.items():
            words = ("--by", f"dimension:{number}", "--accounts", "all")
            assert run("ledger_totals", "--batch", loaded["batch"], *words) == sums_by_object, (name, number)


@pytest.mark.parametrize("name", ["BokSald.SE", "HAS4E_1412.Se"])
def test_saved_error_pages_are_recognised_and_said(lillby: Any, shared_data: Any, name: str) -> None:
    personas.person(lillby, "controller")
    matches = [path for path in (shared_data / "sie").iterdir() if path.name.casefold() == name.casefold()]
    if not matches:
        pytest.skip(f"{name} is absent")
    loaded = run("import_ledger", str(matches[0]))
    assert loaded["status"] == "refused"
    assert "web page" in loaded["problems"][0]["message"]


def test_real_ledgers_load_through_the_profile_that_is_proposed(lillby: Any, shared_data: Any) -> None:
    personas.person(lillby, "controller")
    files = [p for p in sorted((shared_data / "ledger").rglob("*")) if p.suffix.lower() in {".csv", ".json", ".xlsx"}]
    assert files
    for path in files:
        loaded = run("import_ledger", str(path), "--source", path.stem[:40])
        errors = [problem for problem in loaded["problems"] if problem["severity"] == "error"]
        if loaded["status"] == "duplicate":
            continue  # two of the files hold the same bytes
        assert loaded["status"] == "committed", (path.name, errors[:3])
        assert loaded["rows"] > 0
        found = run("ledger_totals", "--batch", loaded["batch"], "--by", "period", "--accounts", "all")
        assert sum(found.values()) == loaded["net_ore"], path.name
