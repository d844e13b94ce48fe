"""A paper of tables can be read: no word stands across the next column, and what says most has most room."""

from hypothesis import given
from hypothesis import strategies as st

from samsyn.formats.document_pdf import PaperColumn, widths

WORDS = st.text("ab ", max_size=120)


def test_figures_take_what_they_need_and_short_words_are_not_broken() -> None:
    columns = [PaperColumn("Nr", True), PaperColumn("Till"), PaperColumn("Vem som går vart")]
    number, day, who = widths(columns, [("1", "30 november 2026", "Barn och utbildning, " * 8)], wide=True)
    assert number == 0 and day >= len("30 november 2026") and who > 3 * day


def test_every_column_has_room_for_its_longest_word_however_many_they_are() -> None:
    columns = [PaperColumn(f"Personuppgifter {n}") for n in range(11)]
    found = widths(columns, [("lagen kräver det",) * 11], wide=True)
    assert len(set(found)) == 1 and min(found) >= len("Personuppgifter")


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.booleans())
def test_every_column_of_words_has_a_part_of_the_sheet(rows: list[tuple[str, ...]], wide: bool) -> None:
    found = widths([PaperColumn("a"), PaperColumn("b"), PaperColumn("c")], rows, wide)
    assert all(part > 0 for part in found)
