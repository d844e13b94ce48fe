"""What a file is and how it is written is told by its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.formats import text as reader
from samsyn.formats.text import decoded, sniff

SIE = '#FLAGGA 0\r\n#FORMAT PC8\r\n#FNAMN "Åmåls kommun"\r\n#KONTO 5010 "Lokalhyra för växthus"\r\n'


def codes(data: bytes) -> set[str]:
    return {problem.code for problem in sniff(data).problems}


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_the_letters_tell_the_encoding_whatever_the_file_says_of_itself(encoding: str) -> None:
    sniffed = sniff(SIE.encode(encoding))
    assert sniffed.encoding == encoding
    assert sniffed.kind == "sie"
    assert decoded(SIE.encode(encoding), sniffed.encoding) == SIE
    assert not sniffed.problems


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_by_its_mark_and_the_mark_is_not_text(encoding: str) -> None:
    data = ("\ufeff" + SIE).encode(encoding)
    assert sniff(data).encoding == encoding
    assert decoded(data, encoding) == SIE


def test_plain_ascii_is_said_to_be_ascii() -> None:
    assert sniff(b"#FLAGGA 0\n").encoding == "ascii"


def test_a_closing_quotation_mark_of_windows_is_not_taken_for_a_dos_letter() -> None:
    assert sniff("date;text\n2024-01-01;the “old” one’s\n".encode("cp1252")).encoding == "cp1252"


def test_a_saved_error_page_is_recognised_and_its_title_shown() -> None:
    sniffed = sniff(b"<!DOCTYPE HTML>\n<html><head><title>404 Not Found</title></head></html>")
    assert sniffed.kind == "html"
    assert sniffed.problems[0].code == "html_page"
    assert sniffed.problems[0].found == "404 Not Found"


def test_sie_5_is_named_as_xml() -> None:
    assert codes(b'<?xml version="1.0"?><Sie xmlns="http://www.sie.se/sie5"/>') == {"xml_file"}


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert codes(data) == {"empty_file"}


def test_zero_bytes_in_text_are_refused_with_their_line() -> None:
    problem = sniff(b"#FLAGGA 0\n#FNAMN \0\0 x\n").problems[0]
    assert (problem.code, problem.line, problem.severity) == ("nul_bytes", 2, "error")


@pytest.mark.parametrize(
    ("data", "kind"), [(b"PK\x03\x04rest", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF-1.7", "pdf")]
)
def test_workbooks_and_pdf_are_known_by_their_first_bytes(data: bytes, kind: str) -> None:
    assert sniff(data).kind == kind


def test_utf_8_cut_in_the_middle_of_a_letter_is_said_to_be_cut() -> None:
    assert codes(SIE.encode()[: SIE.encode().index("Å".encode()) + 1]) == {"cut_file"}


@pytest.mark.parametrize(
    "damaged",
    [
        '#KONTO 5010 "Hyra f\ufffdr"\n'.encode(),
        '#KONTO 5010 "Hyra fÃ¶r"\n'.encode(),
        '#KONTO 5010 "Hyra för växt"\n'.encode().decode("cp437").encode(),
        b'#KONTO 1 "F?rs?ljning av tj?nster"\n',
    ],
)
def test_damaged_letters_are_warned_about_with_their_line(damaged: bytes) -> None:
    found = [problem for problem in sniff(b"#FLAGGA 0\n" + damaged).problems if problem.code == "letters_damaged"]
    assert [(problem.line, problem.severity) for problem in found] == [(2, "warning")]


@pytest.mark.parametrize("mark", reader._MOJIBAKE)
def test_every_mark_of_damage_is_found_alone(mark: str) -> None:
    damaged = f'#FLAGGA 0\n#KONTO 5010 "Hyra f{mark}r"\n'.encode()
    assert codes(damaged) == {"letters_damaged"}


def test_a_question_is_not_damage() -> None:
    assert not codes(b'#FLAGGA 0\n#KONTO 1 "Vem? Var? http://a.se/?x=1"\n')


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise_and_what_it_names_can_be_decoded(data: bytes) -> None:
    sniffed = sniff(data)
    if sniffed.encoding:
        decoded(data, sniffed.encoding)


@given(st.text(st.characters(codec="cp437", exclude_categories=["Cc"]), min_size=1), st.integers(0, 400))
def test_a_file_cut_anywhere_never_raises(text: str, cut: int) -> None:
    for encoding in ("utf-8", "utf-16-le", "cp437"):
        data = ("\ufeff" if encoding == "utf-16-le" else "").encode(encoding) + (SIE + text).encode(encoding)
        sniffed = sniff(data[:cut])
        if sniffed.encoding:
            decoded(data[:cut], sniffed.encoding)
