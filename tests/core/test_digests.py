from hashlib import sha256

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.digests import canonical, digest_rows, digest_table


@given(st.lists(st.lists(st.text(), max_size=4), max_size=4))
def test_rows_of_text_are_digested_as_rfc_8785_writes_them(rows: list[list[str]]) -> None:
    expected = b"".join(canonical(row) + b"\n" for row in rows)
    assert digest_rows(rows) == sha256(expected).hexdigest()


@given(st.dictionaries(st.tuples(st.text(max_size=2), st.text(max_size=2)), st.integers(-(2**80), 2**80)))
def test_a_table_is_digested_as_its_rows_in_key_order(lines: dict[tuple[str, str], int]) -> None:
    rows = [[*key, str(amount)] for key, amount in lines.items()]
    columns = {str(place): pa.array([row[place] for row in rows], pa.string()) for place in range(3)}
    assert digest_table(pa.table(columns)) == digest_rows(sorted(rows))


def test_whole_numbers_are_digested_as_their_decimal_text() -> None:
    table = pa.table({"unit": ["b", "a"], "amount_ore": [-3, 2**63 - 1]})
    assert digest_table(table) == digest_rows([["a", str(2**63 - 1)], ["b", "-3"]])
