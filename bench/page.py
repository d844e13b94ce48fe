"""Measure a statement page: python bench/page.py [UNITS]

Five years of approved months, 1,000 units and 25 services lie behind it; the yardstick is a signed-in page with
nothing on it, of a municipality without months, in the same process. CPU time of the whole request, answered by
the product without a server between; the database is SQLite in a temporary folder.
"""

import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 4, 1, 7, 0, tzinfo=UTC)
FROM = date(2021, 1, 1)
SERVICES, POOLS, YEARS, BOOKED = 25, 20, 5, 20_000


def sheets(name: str, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return rows as a sheet of a workbook."""
    from samsyn.formats.workbook import SheetRow

    return {name: [SheetRow(line, row) for line, row in enumerate(rows, 2)]}


def organisation(units: int) -> dict[str, list[Any]]:
    """Return eight administrations with their units, and somebody for each level."""
    tree = [("TOP", "Bänkeby", "legal_entity", "")]
    tree += [(f"A{n}", f"Förvaltning {n}", "administration", "TOP") for n in range(8)]
    tree += [(f"E{n:04d}", f"Enhet {n}", "unit", f"A{n % 8}") for n in range(units)]
    roles = [("a", "controller", ""), ("b", "controller", ""), ("head", "unit_manager", "E0001"),
             ("director", "unit_manager", "A1")]  # fmt: skip
    return {
        **sheets("Units", [{"code": c, "name": n, "kind": k, "parent": p, "valid_from": FROM} for c, n, k, p in tree]),
        **sheets("People", [{"code": c, "name": c, "email": f"{c}@example.org", "title": "", "language": "sv"}
                            for c, _, _ in roles]),
        **sheets("Roles", [{"person": c, "role": r, "unit": u, "valid_from": FROM} for c, r, u in roles]),
    }  # fmt: skip


def model() -> dict[str, list[Any]]:
    """Return 20 pools by account, each going to every service, and 25 services at a price."""
    dated = {"valid_from": FROM}
    pools, codes = [f"P{n:02d}" for n in range(POOLS)], [f"S{n:02d}" for n in range(SERVICES)]
    return {
        **sheets("Pools", [{"code": code, "name": f"Pott {code}", "is_pay": "no"} for code in pools]),
        **sheets("CostTypes", [{"code": "T", "name": "Tjänster"}]),
        **sheets("Rules", [
            {"code": code, "priority": n, "outcome": "it", "pool": code, "cost_type": "T",
             "account_from": str(4000 + 50 * n), "account_to": str(4049 + 50 * n), **dated}
            for n, code in enumerate(pools)
        ]),
        **sheets("Services", [
            {"code": code, "name": f"Tjänst {code}", "kind": "final", "mode": "price", "price_kr": 100 + n, "step": 1,
             "standing": "mandatory", **dated}
            for n, code in enumerate(codes)
        ]),
        **sheets("Flows", [
            {"from": pool, "to": code, "driver": "fixed", "weight": 1 + n % 7, **dated}
            for pool in pools for n, code in enumerate(codes)
        ]),
    }  # fmt: skip


def build(units: int) -> None:
    """Run and approve one month through the product, then lay the same lines under the 59 months before it."""
    from allocation import books

    from samsyn.charging import operations as charging
    from samsyn.core.ids import new_key
    from samsyn.core.periods import Period
    from samsyn.core.scoping import in_municipality
    from samsyn.costing import operations as costing
    from samsyn.costing import volumes
    from samsyn.facts import store
    from samsyn.organisation import operations as organisations
    from samsyn.people import operations as people
    from samsyn.people.queries import access_of, person_with_code

    place = organisations.found_municipality(code="bench", name="Bänkeby", by="bench", at=AT)
    march, codes = Period(2026, 3), [f"S{n:02d}" for n in range(SERVICES)]
    with in_municipality(place):
        people.apply_workbook(municipality=place, sheets=organisation(units), by="bench", at=AT)
        a, b = (person_with_code(place, code) for code in "ab")
        assert a is not None and b is not None
        common: dict[str, Any] = {
            "municipality_key": place.key, "source": "bench", "at": AT, "first_period": str(march),
            "last_period": str(march),
        }  # fmt: skip
        key = new_key()
        facts, texts = books(BOOKED, str(key))
        store.commit(store.stage(kind="ledger", digest="ledger", key=key, table=facts, text=texts, **common))
        counted = [
            {"service": code, "unit": f"E{n:04d}", "period": str(march), "quantity": 1 + (n + k) % 40, "low": None,
             "high": None, "source": "utrustningslistan", "counted_on": march.first_date}
            for k, code in enumerate(codes) for n in range(units)
        ]  # fmt: skip
        table = volumes.pa.Table.from_pylist(counted, schema=volumes.VOLUME_SCHEMA)
        store.commit(store.stage(kind="volume", digest="v", table=table, about={"services": codes}, **common))
        content, problems = costing.read_workbook(model())
        assert not problems, problems[:3]
        version = costing.draft_model(municipality=place, content=content, name="b", valid_from=FROM, by=a, at=AT)
        access = access_of(b, AT.date())
        costing.approve_model(version=version, access=access, period=march, by=b, at=AT)
        run = charging.draft_run(municipality=place, period=march, by=a, at=AT)
        charging.approve_run(run=run, access=access, by=b, at=AT)
        earlier(run, [march.shift(-age) for age in range(1, 12 * YEARS)])


def earlier(run: Any, periods: list[Any]) -> None:
    """Copy a month's lines to earlier months in the database itself, each a little different."""
    from django.db import connection

    from samsyn.charging.models import StatementLine
    from samsyn.core.ids import new_key

    names = [field.column for field in StatementLine._meta.fields if field.column != "id"]
    taken = ", ".join({"run_key": "%s", "period": "%s", "amount_ore": "amount_ore + %s"}.get(n, n) for n in names)
    copy = f"INSERT INTO charging_statementline ({', '.join(names)}) SELECT {taken} FROM charging_statementline "
    sealed = run.run_key if hasattr(run, "run_key") else run.key
    for age, period in enumerate(periods, 1):
        run.pk, run.key, run.period = None, new_key(), str(period)
        run.save(force_insert=True)
        values = {"run_key": run.key.hex, "period": str(period), "amount_ore": 100 * age}
        given = [values[name] for name in names if name in values]
        with connection.cursor() as cursor:
            cursor.execute(f"{copy} WHERE run_key = %s", [*given, sealed.hex])


def measure(
    client: Any, address: str, empty: Callable[[], Any], times: int = 40
) -> tuple[float, float, int, int, float]:
    """Return milliseconds of CPU and of wall clock (the best of some), questions asked, bytes, and the ratio of CPU.

    The empty page is asked for between the others, so that both meet the same weather.
    """
    from django.db import connection

    answer = client.get(address, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    address, asked = answer.request["PATH_INFO"], []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        client.get(address)
    cpu, wall, yard = [], [], []
    for _ in range(times):
        start = time.process_time()
        empty()
        yard.append(time.process_time() - start)
        start, begun = time.process_time(), time.perf_counter()
        client.get(address)
        cpu.append(time.process_time() - start)
        wall.append(time.perf_counter() - begun)
    best, least, ratio = (sorted(each)[times // 4] for each in (cpu, wall, yard))
    return best * 1000, least * 1000, len(asked), len(answer.content), best / ratio


def browser(place: str, code: str) -> Any:
    """Return a client that has signed in as somebody."""
    from django.test import Client

    from samsyn.people.models import Person

    client = Client()
    client.force_login(
        Person.objects.get(username=f"{code}@{place}"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def main() -> None:
    """Print one table."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
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

        call_command("migrate", verbosity=0)
        build(units)
        empty = organisations.found_municipality(code="tomby", name="Tomby", by="bench", at=AT)
        with in_municipality(empty):
            people.apply_workbook(municipality=empty, sheets=organisation(8), by="bench", at=AT)
        report(units)


def report(units: int) -> None:
    """Measure and print."""
    import django

    why = "/bench/what-we-pay/E0001/2026-03/S00/why/"
    found = re.search(r'href="([^"]+/rows/[^"]+)"', browser("bench", "head").get(why).content.decode())
    assert found is not None
    rows = found[1]
    pages = [
        ("an empty signed-in page", "tomby", "head", "/tomby/what-we-pay/E0001/"),
        ("a unit's statement", "bench", "head", "/bench/what-we-pay/E0001/2026-03/"),
        (f"an administration's ({units // 8} units)", "bench", "director", "/bench/what-we-pay/A1/2026-03/"),
        (f"the municipality's ({units} units)", "bench", "a", "/bench/what-we-pay/TOP/2026-03/"),
        ("why, five steps", "bench", "head", why),
        ("down to the ledger rows", "bench", "head", rows),
    ]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
          f"{platform.python_version()}, Django {django.__version__}, SQLite, {12 * YEARS} months x {units:,} units x "
          f"{SERVICES} services")  # fmt: skip
    print(f"{'':<36}{'CPU ms':>9}{'ratio':>8}{'wall ms':>9}{'questions':>11}{'kB':>7}")
    nobody, nothing = browser("tomby", "head"), pages[0][3]
    nothing = nobody.get(nothing, follow=True).request["PATH_INFO"]
    for label, place, code, address in pages:
        cpu, wall, asked, size, ratio = measure(browser(place, code), address, lambda: nobody.get(nothing))
        print(f"{label:<36}{cpu:>9.1f}{ratio:>8.1f}{wall:>9.1f}{asked:>11}{size / 1000:>7.0f}")
    print("(reach: a unit's statement 3 x the empty page and 40 ms; ledger rows 100 ms)")


if __name__ == "__main__":
    main()
