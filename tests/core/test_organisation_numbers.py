"""All spellings of a company's number become one, and what is no number is found out."""

import pytest

from samsyn.core.organisation_numbers import organisation_number, written


@pytest.mark.parametrize(
    "text",
    ["5562248012", "556224-8012", "556224–8012", "165562248012", "16 556224-8012", "556224\xa08012", "55 62 24 - 8012",
     "5562248012.0", "SE556224801201", "se 556224-8012 01", "Org.nr 556224-8012", "Organisationsnummer: 5562248012",
     "org nr 556224-8012", "'5562248012"],
)  # fmt: skip
def test_a_swedish_number_is_one_however_it_is_spelled(text: str) -> None:
    assert organisation_number(text) == "5562248012"
    assert written("5562248012") == "556224-8012"


@pytest.mark.parametrize(
    "text",
    ["13585628", "DK13585628", "DK 13 58 56 28", "CVR 13585628", "CVR-nr. 13585628", "cvr: 13585628", "13585628.0"],
)
def test_a_danish_number_is_one_however_it_is_spelled(text: str) -> None:
    assert organisation_number(text) == "13585628" == written("13585628")


@pytest.mark.parametrize(
    "text",
    ["", "556224-8013", "556224801", "55622480121", "5562248012123", "99556224801", "995562248012", "13585629",
     "03585628", "SE556224801202", "Nordlånet", "Org.nr", "５５６２２４８０１２"],
)  # fmt: skip
def test_what_is_no_number_is_found_out(text: str) -> None:
    assert organisation_number(text) is None
