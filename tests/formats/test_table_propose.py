"""A table nobody has described says what is wrong with it, where."""

from samsyn.formats.ledger_file import LedgerFile
from samsyn.formats.ledger_table import read_table
from samsyn.formats.table_propose import propose

HEAD = "Leverantör;Fakturadatum;Konto;Belopp\n"


def read(text: str) -> LedgerFile:
    data = text.encode()
    return read_table(data, propose(data).profile)


def test_a_bad_day_or_amount_of_few_is_named_where_it_stands() -> None:
    for bad, code in (("hösten 2024;6540;10,00", "bad_date"), ("2026-01-15;6540;tio", "bad_amount")):
        file = read(f"{HEAD}Atea;{bad}\n")
        assert [(problem.code, problem.line) for problem in file.problems] == [(code, 2)]


def test_a_table_without_names_says_so_and_loses_no_row() -> None:
    file = read("Atea;2026-01-15;6540;1234,50\nDustin;2026-01-20;6540;10,00\n")
    assert [(problem.code, problem.line) for problem in file.problems] == [("names_missing", 1)]
