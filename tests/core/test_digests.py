from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from samsyn.core.digests import canonical, digest_rows


@given(st.lists(st.lists(st.text(), max_size=4), max_size=4))
def test_rows_of_text_are_digested_as_rfc_8785_writes_them(rows: list[list[str]]) -> None:
    expected = b"".join(canonical(row) + b"\n" for row in rows)
    assert digest_rows(rows) == sha256(expected).hexdigest()
