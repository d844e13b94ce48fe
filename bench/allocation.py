"""Measure a month's run, from usage facts to sealed lines: python bench/allocation.py [ROWS …] [--full]

Made here with a fixed seed: usage facts over 120 services (20 of them support, serving each other) and 1,000
units, 1 million ledger rows, 200 rules, 200 cost pools. Each size runs in a process of its own, on SQLite in a
temporary data folder; the yardstick is DuckDB reading the same columns once, in the same process.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

AT = datetime(2026, 4, 1, 7, 0, tzinfo=UTC)
FROM = date(2026, 1, 1)
UNITS, SUPPORT, FINAL, POOLS, LEDGER = 1_000, 20, 100, 200, 1_000_000
PER_FILE = 10_000_000
USAGE = "sum(quantity), sum(strlen(service)), sum(strlen(unit))"
BOOKS = "sum(amount_ore), sum(strlen(account)), sum(strlen(responsibility)), sum(strlen(activity))"


def services() -> list[str]:
    """Return the codes of the services, support first."""
    return [f"H{number:03d}" for number in range(SUPPORT)] + [f"S{number:03d}" for number in range(FINAL)]


def model() -> dict[str, list[Any]]:
    """Return the model as a workbook's sheets: one rule per pool, pools to services, support to each other."""
    from samsyn.formats.workbook import SheetRow

    codes, dated = services(), {"valid_from": FROM}
    support, final = codes[:SUPPORT], codes[SUPPORT:]
    rules = [
        {"code": f"R{n:03d}", "priority": n, "outcome": "it", "pool": f"P{n:03d}", "cost_type": f"T{n % 5}",
         **_condition(n), **dated}
        for n in range(POOLS)
    ]  # fmt: skip
    flows = [{"from": f"P{n:03d}", "to": codes[n % len(codes)], "driver": "fixed", "weight": 1} for n in range(POOLS)]
    for n, giver in enumerate(support):
        others = [other for other in support if other != giver]
        flows += [{"from": giver, "to": other, "driver": "fixed", "weight": 1 + (n + k) % 7}
                  for k, other in enumerate(others)]  # fmt: skip
        flows += [
            {"from": giver, "to": other, "driver": "volume", "weight": 1 + k % 5} for k, other in enumerate(final)
        ]
    sheets: dict[str, list[dict[str, Any]]] = {
        "Pools": [{"code": f"P{n:03d}", "name": f"Pool {n}", "is_pay": "no"} for n in range(POOLS)],
        "CostTypes": [{"code": f"T{n}", "name": f"Slag {n}"} for n in range(5)],
        "Rules": rules,
        "Services": [
            {"code": code, "name": code, "kind": "support" if code in support else "final",
             "mode": "" if code in support else "cost", "step": 1, "standing": "mandatory", **dated}
            for code in codes
        ],
        "Flows": [{**flow, **dated} for flow in flows],
    }  # fmt: skip
    return {name: [SheetRow(line, row) for line, row in enumerate(rows, 2)] for name, rows in sheets.items()}


def _condition(n: int) -> dict[str, str]:
    """Return what rule n asks: accounts, accounts of some responsibilities or activities, a supplier, a text."""
    account = str(4000 + 20 * n)
    if n % 20 == 7:
        return {"account_from": account[:2], "account_to": account[:2], "supplier": f"Leverantör {n}"}
    if n % 20 == 13:
        return {"account_from": account[:1], "account_to": account[:1], "text": f"avtal {n}"}
    part = ("responsibility", "activity")[n % 2]
    more = {f"{part}_from": "1", f"{part}_to": "6"} if n % 3 else {}
    return {"account_from": account, "account_to": str(4000 + 20 * n + 14), **more}


def usage(rows: int, codes: list[str], seed: int) -> Any:
    """Return usage facts of some services as columns."""
    import numpy as np
    import pyarrow as pa

    chance = np.random.default_rng(seed)
    units = pa.array([f"E{number:04d}" for number in range(UNITS)])
    day = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array([date(2026, 3, 31)]))
    words = {"period": "2026-03", "source": "mätning"}
    constants = {
        name: pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array([word]))
        for name, word in words.items()
    }
    return pa.table(
        {
            "service": pa.DictionaryArray.from_arrays(
                pa.array(chance.integers(0, len(codes), rows, dtype=np.int8)), pa.array(codes)
            ),
            "unit": pa.DictionaryArray.from_arrays(pa.array(chance.integers(0, UNITS, rows, dtype=np.int16)), units),
            "period": constants["period"],
            "quantity": pa.array(chance.integers(1, 50, rows, dtype=np.int64)),
            "low": pa.nulls(rows, pa.int64()), "high": pa.nulls(rows, pa.int64()),
            "source": constants["source"], "counted_on": day.cast(pa.date32()),
        }
    )  # fmt: skip


def books(rows: int, key: str) -> tuple[Any, Any]:
    """Return ledger facts and their texts, with columns as a loaded file gives them."""
    import numpy as np
    import pyarrow as pa

    chance = np.random.default_rng(1)

    def drawn(words: list[str]) -> Any:
        codes = chance.integers(0, len(words), rows, dtype=np.int32)
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words))

    def all_the_same(word: str) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([word]))

    number = pa.array(np.arange(rows, dtype=np.int32))
    vouchers = pa.array((np.arange(rows) // 4).astype(np.int32))
    keys = [f"ledger|2026|A|{each}" for each in range((rows + 3) // 4)]
    shown = [f"A {each}" for each in range((rows + 3) // 4)]
    truth = pa.array(np.zeros(rows, dtype=bool))
    days = np.datetime64("2026-03-01") + chance.integers(0, 31, rows)
    facts = pa.table(
        {
            "batch": all_the_same(key), "row": number, "line": number,
            "voucher_key": pa.DictionaryArray.from_arrays(vouchers, pa.array(keys)),
            "voucher": pa.DictionaryArray.from_arrays(vouchers, pa.array(shown)),
            "date": pa.array(days), "period": all_the_same("2026-03"),
            "account": drawn([str(each) for each in range(4000, 8000)]), "account_kind": all_the_same("K"),
            "amount_ore": pa.array(chance.integers(-2_000_000, 9_000_000, rows, dtype=np.int64)),
            "responsibility": drawn([f"{each:04d}" for each in range(1000, 2000)]),
            "activity": drawn([f"{each:03d}" for each in range(100, 999)]),
            "object": drawn(["", "O1", "O2"]), "project": drawn([f"P{each}" for each in range(200)]),
            "counterparty": drawn(["", "115", "870"]),
            "internal": truth, "income": truth, "protected": truth, "kind": all_the_same("row"),
        }
    )  # fmt: skip
    suppliers = drawn([f"Leverantör {each} AB" for each in range(3_000)]).cast(pa.string())
    texts = drawn([f"Faktura avtal {each} månad" for each in range(50_000)]).cast(pa.string())
    return facts, pa.table({"row": number, "text": texts, "supplier": suppliers})


def build(rows: int) -> None:
    """Fill the data folder: one municipality, its model, books and usage facts."""
    from django.core.management import call_command

    from samsyn.core.ids import new_key
    from samsyn.core.periods import Period
    from samsyn.core.scoping import in_municipality
    from samsyn.costing import operations as costing
    from samsyn.facts import store
    from samsyn.organisation import operations as organisation
    from samsyn.people import operations as people
    from samsyn.people.queries import access_of

    call_command("migrate", verbosity=0)
    place = organisation.found_municipality(code="bench", name="Bench", by="bench", at=AT)
    with in_municipality(place):
        who = [people.add_person(municipality=place, code=code, name=code, by="bench", at=AT) for code in "ab"]
        for person in who:
            people.give_role(person=person, role="controller", valid_from=FROM, by="bench", at=AT)
        common: dict[str, Any] = {
            "municipality_key": place.key, "source": "bench", "at": AT, "first_period": "2026-03",
            "last_period": "2026-03",
        }  # fmt: skip
        key = new_key()
        facts, texts = books(LEDGER, str(key))
        store.commit(store.stage(kind="ledger", digest="ledger", key=key, table=facts, text=texts, **common))
        files, codes = max(1, rows // PER_FILE), services()
        for number in range(files):
            mine = codes[number::files]
            table = usage(rows // files, mine, number)
            batch = store.stage(kind="volume", digest=f"u{number}", table=table, about={"services": mine}, **common)
            store.commit(batch)
        content, problems = costing.read_workbook(model())
        assert not problems, problems[:3]
        version = costing.draft_model(
            municipality=place, content=content, name="bench", valid_from=FROM, by=who[0], at=AT
        )
        costing.approve_model(version=version, access=access_of(who[1], FROM), period=Period(2026, 3), by=who[1], at=AT)


def measure() -> dict[str, float]:
    """Run the month once and return seconds per part, counts and the peak, in MB."""
    from samsyn.charging import operations as charging
    from samsyn.core.periods import Period
    from samsyn.core.scoping import in_municipality
    from samsyn.costing import queries as costing_queries
    from samsyn.costing import volumes
    from samsyn.facts import engines, store
    from samsyn.organisation.queries import municipality_with_code
    from samsyn.people.queries import access_of, person_with_code

    march, place = Period(2026, 3), municipality_with_code("bench")
    assert place is not None
    with in_municipality(place):
        a, b = person_with_code(place, "a"), person_with_code(place, "b")
        assert a is not None and b is not None
        files = volumes.volume_batches(place, march)
        ledger = store.committed(place.key, "ledger")
        engines.answer(engines.table(ledger, volumes.VOLUME_SCHEMA).count().as_table())  # loads the engine itself
        found: dict[str, float] = {"before": status("VmRSS")}
        found["scan"] = timed(lambda: scan([each.path for each in files], USAGE), 5)
        paths = [each.path for each in ledger], [each.sidecar_path for each in ledger]
        found["scan_books"] = timed(
            lambda: (scan(paths[0], BOOKS), scan(paths[1], "sum(strlen(text)), sum(strlen(supplier))")), 5
        )
        content = costing_queries.model_for(march).content
        found["classify"] = timed(lambda: costing_queries.classification(place, march, content, sums_only=True), 3)
        found["usage"] = timed(lambda: volumes.volumes(place, march), 3)
        classified = costing_queries.classification(place, march, content, sums_only=True)
        with mock.patch.object(costing_queries, "classification", lambda *_, **__: classified):
            found["spread"] = timed(lambda: spread(place, march), 5)
        del classified
        run: list[Any] = []
        found["draft"] = timed(
            lambda: run.append(charging.draft_run(municipality=place, period=march, by=a, at=AT.replace(minute=len(run)))),
            3,
        )  # fmt: skip
        found["peak"] = status("VmHWM")
        access = access_of(b, FROM)
        found["approve"] = timed(lambda: charging.approve_run(run=run[-1], access=access, by=b, at=AT), 1)
        found |= {"lines": run[-1].summary["lines"], "peak_approving": status("VmHWM")}
        found["classify_page"] = timed(lambda: costing_queries.classification(place, march, content), 3)
        assert run[-1].summary["difference_ore"] == 0 and len({each.content_digest for each in run}) == 1
    return found


def spread(place: Any, period: Any) -> None:
    """Go from usage facts to sealed lines: sum, allocate, charge, digest; the ledger is classified already."""
    from samsyn.charging import operations as charging
    from samsyn.costing import operations as costing

    prepared = costing.prepare(municipality=place, period=period)
    rows, sums = charging._lines(prepared)
    assert charging._summary(prepared, rows, sums)["difference_ore"] == 0
    prepared.allocation.seal()
    charging.lines_digest(rows)


def scan(paths: list[str], what: str) -> None:
    """Read some columns of some fact files once with DuckDB, on the same number of threads."""
    import duckdb

    from samsyn.facts import store

    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"SELECT {what} FROM read_parquet(?)", [[str(store.folder() / path) for path in paths]])
        connection.fetchall()


def timed(work: Callable[[], object], times: int) -> float:
    """Return the median of ``times`` measurements in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return sorted(found)[len(found) // 2]


def status(name: str) -> float:
    """Return one of this process's memory figures in MB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def child(step: str, rows: int, folder: str) -> dict[str, float]:
    """Run one step in a process of its own."""
    environment = {**os.environ, "SAMSYN_DATA": folder}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, __file__, str(rows), "--step", step]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(answer.stdout) if answer.stdout else {}  # type: ignore[no-any-return]


def step(name: str, rows: int) -> None:
    """Build or measure, in the child."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
    django.setup()
    if name == "build":
        build(rows)
    else:
        print(json.dumps(measure()))


def main() -> None:
    """Print one table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rows", nargs="*", type=int, default=[1_000_000, 10_000_000])
    arguments.add_argument("--full", action="store_true", help="100 million rows too")
    arguments.add_argument("--step", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.step:
        return step(given.step, given.rows[0])
    import duckdb
    import pyarrow

    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
          f"{platform.python_version()}, duckdb {duckdb.__version__}, pyarrow {pyarrow.__version__}, SQLite")  # fmt: skip
    found = {}
    for rows in [*given.rows, *([100_000_000] if given.full else [])]:
        with tempfile.TemporaryDirectory() as folder:
            child("build", rows, folder)
            found[rows] = child("measure", rows, folder)
    table(found)


def table(found: dict[int, dict[str, float]]) -> None:
    """Print sizes as columns."""
    lines: list[tuple[str, Callable[[dict[str, float]], str]]] = [
        ("scan the usage columns, s", lambda each: f"{each['scan']:.3f}"),
        ("sum usage by service and unit, s", lambda each: f"{each['usage']:.3f}"),
        ("scan the ledger columns, s", lambda each: f"{each['scan_books']:.3f}"),
        ("classify the ledger, s", lambda each: f"{each['classify']:.3f}"),
        ("… with every column, for a page, s", lambda each: f"{each['classify_page']:.3f}"),
        ("usage facts → sealed lines, s", lambda each: f"{each['spread']:.3f}"),
        ("the whole draft, kept, s", lambda each: f"{each['draft']:.3f}"),
        ("approve: lines into the database, s", lambda each: f"{each['approve']:.3f}"),
        ("statement lines", lambda each: f"{each['lines']:,.0f}"),
        ("usage → lines / scan usage (reach 6)", lambda each: f"{each['spread'] / each['scan']:.1f}"),
        ("classify / scan ledger (reach 8)", lambda each: f"{each['classify'] / each['scan_books']:.1f}"),
        ("peak, MB", lambda each: f"{each['peak']:.0f}"),
        ("peak with approval, MB", lambda each: f"{each['peak_approving']:.0f}"),
        ("of which before the run", lambda each: f"{each['before']:.0f}"),
    ]  # fmt: skip
    print(f"{'usage rows':<38}" + "".join(f"{rows:>14,}" for rows in found))
    for label, value in lines:
        print(f"{label:<38}" + "".join(f"{value(each):>14}" for each in found.values()))


if __name__ == "__main__":
    main()
