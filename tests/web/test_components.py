"""The components say what they are given, to everyone, and in three languages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from samsyn.config.messages import compile_all
from samsyn.core.problems import Problem, SheetLine
from samsyn.web import components, panels
from samsyn.web.components import Chart, Column, Table


def rendered(source: str, language: str = "sv", **context: Any) -> str:
    """Render a template source in a language."""
    with translation.override(language):
        return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 8433800|kr }}", "84\u00a0338\u00a0kr"),
        ("{{ 8433800|kr_exact }}", "84\u00a0338,00\u00a0kr"),
        ("{{ nothing|kr }}", ""),
        ("{{ 15|quantity:10 }}", "1,5"),
        ("{{ 62|percent:100 }}", "62\u00a0%"),
        ("{{ '2026-03'|period_name|capfirst }}", "Mars 2026"),
    ],
)
def test_filters_follow_the_language_of_the_reader(source: str, expected: str) -> None:
    assert rendered(source) == expected


def test_a_moment_is_shown_on_the_clock_of_the_municipality() -> None:
    assert rendered("{{ at|moment }}", at=datetime(2026, 4, 15, 14, 30, tzinfo=UTC)) == "15 april 2026 kl. 16.30"


def test_a_line_tells_its_name_amount_and_why() -> None:
    html = rendered(
        '{% line "Dator" 4950000 part=1 whole=3 url="/w" tag="kan lämnas" tone="good" %}<b>d</b>{% endline %}'
    )
    assert "49\u00a0500\u00a0kr" in html and 'width="33.3%"' in html and "<b>d</b>" in html and "pill-good" in html
    assert 'href="/w"' in html and '<span class="visually-hidden"> Dator</span>' in html


def test_a_line_escapes_what_it_is_given() -> None:
    html = rendered("{% line name 0 %}{{ name }}{% endline %}", name="<script>")
    assert "<script>" not in html and html.count("&lt;script&gt;") == 2


def test_a_bar_stays_between_nothing_and_all() -> None:
    assert 'width="0.0%"' in components.bar(-5, 10) and 'width="100.0%"' in components.bar(50, 10)
    assert 'width="0.0%"' in components.bar(5, 0)


def test_a_notice_says_what_to_do_next() -> None:
    html = rendered('{% notice "error" heading="Går inte ihop" url="/fix" label="Rätta" %}12,50 kr{% endnotice %}')
    assert "notice-fault" in html and 'role="alert"' in html and '<a href="/fix">Rätta</a>' in html


def test_table_cells_are_written_by_their_column() -> None:
    columns = [Column("Vad"), Column("Belopp", "kr_exact"), Column("Månad", "period")]
    table = Table("Rader", columns, [["<b>", 123, "2026-03"]], ["Summa", 123, None])
    html = rendered("{% data_table table %}", table=table)
    cell = '<td class="figure-cell" data-label="Belopp">1,23\u00a0kr</td>'
    assert "&lt;b&gt;" in html and html.count(cell) == 2 and "mars 2026" in html


def test_many_columns_carry_their_names_into_a_narrow_page_and_a_pair_stands_side_by_side() -> None:
    three = Table("Rader", [Column("Vad"), Column('"Av" vem'), Column("När", "date")], [["a", "b", None]])
    html = rendered("{% data_table table %}", table=three)
    assert "table-frame stacks" in html and 'data-label="&quot;Av&quot; vem"' in html
    pair = rendered("{% data_table table %}", table=Table("Rader", [Column("Vad"), Column("Svar")], [["a", "b"]]))
    assert "stacks" not in pair and "data-label" not in pair


def test_a_table_row_must_fit_its_columns() -> None:
    with pytest.raises(ValueError, match="zip"):
        rendered("{% data_table table %}", table=Table("Rader", [Column("A"), Column("B")], [["a"]]))


def test_an_empty_table_says_what_will_stand_there() -> None:
    table = Table("Rader", [Column("A")], [], empty="Här står raderna.")
    assert "Här står raderna." in rendered("{% data_table table %}", table=table)


def test_links_and_pills_in_cells_are_escaped() -> None:
    assert components.link("<", '"') == '<a href="&quot;">&lt;</a>'
    assert components.pill("<") == '<span class="pill pill-neutral">&lt;</span>'


def test_a_name_lies_as_deep_as_its_unit() -> None:
    assert components.indented(components.link("Skolan", "/s"), 2).startswith('<span class="indented indented-2"><a')
    assert "indented-5" in components.indented("<", 9) and "&lt;" in components.indented("<", 9)


def test_every_chart_has_the_same_figures_as_a_table() -> None:
    chart = Chart("a", "stacked", "T", "S", ["x", "y"], {"n": [100, 200], "m": [300, 400]}, headings=["E"])
    assert chart.table.rows == [["x", 100, 300], ["y", 200, 400]]
    flow = Chart("b", "sankey", "T", "S", links=[("a", "b", 100)], headings=["Från", "Till"], unit="Belopp")
    assert list(flow.table.rows) == [("a", "b", 100)]
    assert [column.label for column in flow.table.columns] == ["Från", "Till", "Belopp"]
    html = rendered("{% figure chart %}", chart=flow)
    assert '<script id="b-data" type="application/json">' in html and "1\u00a0kr" in html and 'role="img"' in html


def test_a_chart_cannot_close_its_own_script() -> None:
    html = rendered("{% figure c %}", c=Chart("a", "bar", "T", "S", ["</script>"], {"n": [1]}, headings=["E"]))
    assert html.count("</script>") == 1


def test_problems_are_listed_with_errors_first_and_counted() -> None:
    found = [
        Problem(12, 0, "warning", "w", "x", "", "skipped %(found)s"),
        Problem(3, 9, "error", "e", "12,3x", "1234.56", "“%(found)s” is no amount"),
    ]
    html = rendered("{% problem_list problems %}", "da", problems=found)
    assert html.index("12,3x") < html.index("skipped x")
    assert "1 fejl stopper filen" in html and "linje 3, kolonne 9" in html


def test_what_the_sentence_of_a_problem_says_is_not_said_again_below_it() -> None:
    said = Problem(2, 1, "warning", "w", "12,3x", "an amount", "“%(found)s” is no amount")
    html = rendered("{% problem_list problems %}", "en", problems=[said])
    assert html.count("12,3x") == 1 and "<dt>Found</dt>" not in html and "<code>an amount</code>" in html


def test_of_many_problems_of_one_kind_the_first_stand_open_and_the_rest_one_click_below() -> None:
    found = [Problem(line, 9, "warning", "bad_cell", f"cell {line}", "", "%(found)s") for line in range(2, 9)]
    lone = Problem(4, 2, "warning", "bad_cell", "lone", "", "%(found)s")
    html = rendered("{% problem_list problems %}", "en", problems=[*found, lone])
    before, below = html.split("<details>")
    assert "cell 4" in before and "cell 5" not in before and "4 more of that kind" in below
    assert all(f"cell {line}" in below for line in range(5, 9)) and "lone" in below.split("</details>")[1]
    assert "8 things to look at" in html


class Small(forms.Form):
    name = forms.CharField(label="Namn", help_text="Som i registret.")
    answer = forms.ChoiceField(label="Stämmer det?", widget=forms.RadioSelect, choices=[("y", "Ja"), ("n", "Nej")])


def test_a_field_ties_its_help_and_fault_to_the_input() -> None:
    html = rendered("{% field form.name %}", form=Small({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html and 'aria-invalid="true"' in html


def test_choices_stand_in_a_fieldset_with_their_question() -> None:
    html = rendered("{% field form.answer %}", form=Small())
    assert "<fieldset>" in html and "<legend>Stämmer det?</legend>" in html


def test_history_shows_before_and_after() -> None:
    event = {
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "who": "Rut",
        "sentence": "S",
        "changes": [("Pris", "1", "2")],
    }
    html = rendered("{% history_list events %}", events=[event])
    assert "<del>1</del>" in html and "<ins>2</ins>" in html


def test_progress_asks_again_only_when_told_where() -> None:
    assert "hx-get" not in rendered('{% progress "Läser" 1 2 %}')
    assert 'hx-trigger="every 2s"' in rendered('{% progress "Läser" 1 2 url="/job" %}')


def test_panels_come_in_order_and_silent_ones_stay_away() -> None:
    def late(**_: Any) -> str:
        return "late"

    def early(*, unit: str, **_: Any) -> str:
        return f"early {unit}"

    def silent(**_: Any) -> str:
        return ""

    for order, panel in ((2, late), (1, early), (0, silent), (2, late)):
        panels.register("test-place", order, panel)
    assert panels.panels_for("test-place", unit="u") == ["early u", "late"]


@pytest.mark.parametrize(("language", "word"), [("sv", "Varför?"), ("da", "Hvorfor?"), ("en", "Why?")])
def test_components_speak_three_languages(language: str, word: str) -> None:
    compile_all(Path(components.__file__).parents[1])
    assert word in rendered('{% line "x" 1 url="/" %}{% endline %}', language)


def test_a_problem_on_one_of_several_sheets_names_it() -> None:
    found = Problem(SheetLine(3, "2025"), 2, "warning", "bad_cell", "x", "y", "Fel på rad %(line)s.")
    html = rendered("{% problem_list found %}", found=[found])
    assert "rad 3 (2025), kolumn 2" in html and "Fel på rad 3 (2025)." in html


class Answers(forms.Form):
    """One field of each kind of fault."""

    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    count = forms.IntegerField(min_value=1)
    person = forms.ChoiceField(choices=[], error_messages={"required": "Välj vem som frågas."})


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "", "Fyll i det här."),
        ("kind", "", "Välj i listan."),
        ("kind", "<b>", "”&lt;b&gt;” finns inte i listan. Välj en som finns där."),
        ("day", "", "Fyll i dagen."),
        ("day", "31/3", "”31/3” är inte en dag. Skriv den som 2026-03-31."),
        ("count", "tolv", "”tolv” är inte ett heltal. Skriv det med siffror, till exempel 12."),
        ("count", "0", "Skriv 1 eller mer."),
        ("person", "", "Välj vem som frågas."),
    ],
)
def test_a_field_says_what_was_typed_and_what_to_do(name: str, typed: str, said: str) -> None:
    html = rendered("{% field bound %}", bound=Answers({name: typed})[name])
    assert f"<li>{said}</li>" in html and f'id="id_{name}_error"' in html
