"""What units read of a service, in the reader's language or else the municipality's own."""

from typing import Any

import pytest
from django.test import Client

from samsyn.charging import operations as charging
from samsyn.charging import queries as statements
from samsyn.costing import imports, queries
from samsyn.costing.exports import model_workbook
from samsyn.costing.forms import RowForm
from samsyn.formats.workbook import SheetRow, read_sheets
from tests import build, personas
from tests.build import MARCH
from tests.personas import AT

ROW = {
    "name": "Surfplatta", "name_da": "Tablet", "plural": "surfplattor", "plural_da": "tablets",
    "included": "skalet", "included_da": "coveret", "excluded": "appar",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "language", "said"),
    [
        ("included", "da", "coveret"),
        ("included", "sv", "skalet"),
        ("included", "en", "skalet"),
        ("excluded", "da", "appar"),
        ("influence", "da", ""),
    ],
)
def test_a_text_is_read_in_the_readers_language_or_the_municipalitys_own(column: str, language: str, said: str) -> None:
    assert queries.text(ROW, column, language) == said


def test_several_are_called_in_the_language_of_the_name() -> None:
    assert [queries.plural(ROW, language) for language in ("sv", "da", "en")] == [
        "surfplattor",
        "tablets",
        "surfplattor",
    ]
    named = {**ROW, "name_en": "Tablet"}
    assert queries.plural(named, "en") == "", "no Swedish word in an English sentence"


def test_an_empty_language_leaves_no_trace_in_the_document_and_a_full_one_is_read_back() -> None:
    sheets = build.model()
    plain = imports.read_model(sheets)[0]
    empty = dict.fromkeys(("included_da", "unit_of_measure_en", "name_sv"), "")
    padded = {
        sheet: [SheetRow(row.line, {**row.cells, **empty}) for row in sheets[sheet]]
        for sheet in ("Pools", "CostTypes", "Services")
    }
    assert imports.read_model({**sheets, **padded})[0] == plain
    spoken = {**plain, "services": [{**row, "included_da": "coveret"} for row in plain["services"]]}
    spoken |= {part: [{**row, "name_en": "Something"} for row in plain[part]] for part in ("pools", "cost_types")}
    assert imports.read_model(read_sheets(model_workbook(spoken))) == (spoken, [])


def test_the_form_asks_for_the_other_languages_and_keeps_what_stands_in_the_own() -> None:
    def asked(own: str, **given: Any) -> set[str]:
        form = RowForm(content={}, part="services", own=own, initial=given)
        assert not {bound.name for _heading, fields in form.sections for bound in fields} & {"included_da", "name_sv"}
        return {bound.name for bound in form.languages}

    assert {"included_da", "included_en", "name_en"} <= asked("sv") and "name_sv" not in asked("sv")
    assert "name_sv" in asked("da") and "included_da" not in asked("da")
    assert "included_da" in asked("da", included_da="coveret")


@pytest.mark.parametrize("part", ["pools", "cost_types"])
def test_the_form_of_a_cost_pool_or_type_asks_for_its_name_in_the_other_languages(part: str) -> None:
    asked = [bound.name for bound in RowForm(content={}, part=part, own="sv").languages]
    assert asked == ["name_da", "name_en"]


@pytest.fixture
def spoken(lillby: Any) -> Any:
    """An approved March whose licences and kinds of cost have Danish names, the others none."""
    danish = {"10": "Licenser og mere", "T": "tjenester", "MAIL": "Konto og post", "HD": "Hjælp til alle"}
    sheets = {
        name: [SheetRow(row.line, {**row.cells, "name_da": danish.get(str(row.cells.get("code")), "")}) for row in rows]
        for name, rows in build.model().items()
    }
    build.ready(lillby, sheets)
    run = charging.draft_run(municipality=lillby, period=MARCH, by=personas.person(lillby, "controller"), at=AT)
    approver, access = build.access(lillby, "approver")
    return charging.approve_run(run=run, access=access, by=approver, at=AT)


def test_the_cost_behind_a_line_is_named_in_the_readers_language_or_the_municipalitys_own(
    lillby: Any, spoken: Any
) -> None:
    def causes(language: str) -> set[tuple[str, str]]:
        found = statements.explain(lillby, "NORRA", "MAIL", MARCH, language)
        assert found
        return {(cause.name, cause.cost_type_name) for cause in found.causes}

    assert causes("da") >= {("Licenser og mere", "tjenester"), ("Personal", "Personal")}
    assert causes("en") == causes("sv") == causes("") >= {("Licenser", "Tjänster")}


def test_the_picture_of_a_month_is_named_in_the_readers_language(lillby: Any, spoken: Any) -> None:
    links = statements.flow(lillby, spoken, "da").links
    assert {("tjenester", "Licenser og mere"), ("Licenser og mere", "Konto og post")} <= {(a, b) for a, b, _ in links}
    # the cost type Personal comes first, so the cost pool of that name is marked
    assert ("Personal", "Personal ") in {(a, b) for a, b, _ in links}
    swedish = statements.flow(lillby, spoken)
    assert sorted(amount for *_, amount in swedish.links) == sorted(amount for *_, amount in links)
    assert {giver for giver, _, _ in statements.flow(lillby, spoken, "da").support} == {"Hjælp til alle", "Nät"}


def test_a_page_of_the_model_lists_cost_pools_in_the_readers_language(lillby: Any, spoken: Any) -> None:
    client = Client()
    client.force_login(personas.person(lillby, "controller"), "django.contrib.auth.backends.ModelBackend")
    for language, name in (("da", "Licenser og mere"), ("sv", "Licenser</a>")):
        for part in ("pools", "flows", "rules"):
            page = client.get(f"/lillby/model/1/{part}/", headers={"accept-language": language})
            assert name.removesuffix("</a>" if part != "pools" else "") in page.content.decode(), (language, part)
