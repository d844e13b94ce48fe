"""Serve the kitchen sink: the head teacher's statement rebuilt with the components, and all the others."""

from datetime import UTC, datetime

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import include, path

from samsyn.core.problems import Problem
from samsyn.core.refusals import Refusal
from samsyn.web.components import Chart, Column, Table, link, pill
from samsyn.web.pages import page

NAV = [
    ("Vad vi betalar", "/", True),
    ("Våra system", "/workshop", False),
    ("Få hjälp", "#", False),
    ("Beslut", "#", False),
]
FRAME = {"nav": NAV, "who": "Lundaskolan · rektor"}
GIVEN_BACK = {"tag": "kan lämnas tillbaka", "tone": "good"}
HOUSES = {"tag": "betalas av alla hus", "tone": "neutral"}
LINES = [
    {"name": "Elevdator", "n": 220, "price": 225_00, "which": True, **GIVEN_BACK},
    {"name": "Personaldator", "n": 46, "price": 380_00, "counted": True, **GIVEN_BACK},
    {"name": "Nätanslutning i huset", "n": 2, "price": 3300_00, **HOUSES},
    {"name": "Trådlösa sändare", "n": 14, "price": 290_00, **HOUSES},
    {
        "name": "Konto och e-post",
        "n": 52,
        "price": 74_00,
        "tag": "betalas av alla enheter",
        "tone": "neutral",
    },
    {"name": "Surfplatta", "n": 30, "price": 95_00, **GIVEN_BACK},
]
STEPS = [
    {"lead": "220 × 225 kr.", "text": "Ni hade 220 elevdatorer den 28 februari."},
    {
        "lead": "Antalet",
        "text": "kommer ur utrustningslistan. Ni har inte svarat om det stämmer.",
        "url": "#",
        "ask": "Stämmer det?",
    },
    {"lead": "Priset 225 kr", "text": "är årets kostnad delad med alla 3 760 elevdatorer."},
    {
        "lead": "Kostnaden",
        "text": "i fjol var 10 360 000 kr: leasing 62 %, program 21 %, lagning 12 %, övrigt 5 %.",
        "url": "#",
        "ask": "Se fakturorna",
    },
    {"lead": "Beslutat", "text": "av kommunfullmäktige 24 november 2025, § 160."},
]
CRUMBS = [("Lillköping", "/"), ("Barn och utbildning", "/"), ("Lundaskolan", "")]


class Upload(forms.Form):
    """Every kind of field a page asks for."""

    file = forms.FileField(label="Fil", help_text="Dra en SIE-fil hit, eller välj den.")
    source = forms.CharField(label="Källa", help_text="Varifrån filen kommer, till exempel ekonomisystemet.")
    note = forms.CharField(label="Anteckning", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    period = forms.ChoiceField(label="Månad", choices=[("2026-03", "mars 2026"), ("2026-02", "februari 2026")])
    keep = forms.BooleanField(label="Behåll texterna tills bokslutet är klart", required=False)
    answer = forms.ChoiceField(
        label="Stämmer antalet?",
        widget=forms.RadioSelect,
        choices=[("yes", "Det stämmer"), ("no", "Det stämmer inte")],
    )


def statement(request: HttpRequest) -> HttpResponse:
    """Show the statement of the look."""
    lines = [{**line, "amount": line["n"] * line["price"]} for line in LINES]
    total = sum(line["amount"] for line in lines)
    context = {**FRAME, "lines": lines, "total": total, "steps": STEPS, "crumbs": CRUMBS}
    return render(request, "kitchen/statement.html", context)


def workshop(request: HttpRequest) -> HttpResponse:
    """Show every other component."""
    pools = [
        ("Personal", 7_006_000_00),
        ("Tjänster", 11_752_000_00),
        ("Kapital", 3_164_000_00),
        ("Material", 678_000_00),
    ]
    links = [
        ("Tjänster", "Program och avtal", 8_752_000_00),
        ("Tjänster", "Nät och servrar", 3_000_000_00),
        ("Personal", "Arbetsplatsen", 4_006_000_00),
        ("Personal", "Nät och servrar", 3_000_000_00),
        ("Kapital", "Arbetsplatsen", 3_164_000_00),
        ("Material", "Arbetsplatsen", 678_000_00),
        ("Program och avtal", "Verksamhetssystem", 8_752_000_00),
        ("Arbetsplatsen", "Elevdator", 4_848_000_00),
        ("Arbetsplatsen", "Personaldator", 3_000_000_00),
        ("Nät och servrar", "Nätanslutning", 6_000_000_00),
    ]
    words = ["Lundaskolan", "Norrskolan", "Bibliotek Öst"]
    named = {"Elevdator": [49_500_00, 38_250_00, 0], "Personaldator": [17_480_00, 12_920_00, 4_560_00]}
    types, costs = [name for name, _ in pools], {"Kostnad": [ore for _, ore in pools]}
    ways, half = ["Från", "Till"], "Tjänster från leverantörer är mer än hälften."
    charts = [
        Chart("flow", "sankey", "Från bokföring till tjänst", half, links=links, headings=ways, unit="Belopp"),
        Chart("units", "stacked", "Tre enheter", "Lundaskolan betalar mest.", words, named, headings=["Enhet"]),
        Chart("types", "bar", "Kostnadsslag 2025", half, types, costs, headings=["Kostnadsslag"]),
        Chart("tree", "treemap", "Hela it-enheten", half, types, costs, headings=["Kostnadsslag"]),
    ]
    columns = [
        Column("Verifikation"),
        Column("Datum", "date"),
        Column("Leverantör"),
        Column("Läge"),
        Column("Belopp", "kr_exact"),
    ]
    day = datetime(2026, 3, 4, tzinfo=UTC).date()
    rows = [
        [
            link(f"A {1000 + n}", "#"),
            day,
            "Nordbild AB",
            pill("delad", "good"),
            12_500_50 * (n + 1) * (-1) ** n,
        ]
        for n in range(30)
    ]
    ledger = Table("Rader i mars", columns, rows, ["Tillsammans", "", "", "", -187_507_50], dense=True)
    empty = Table(
        "Frågor om räkningen",
        [Column("Fråga"), Column("Antal", "number")],
        [],
        empty="Här står frågorna, när någon har ställt en.",
    )
    problems = [
        Problem(
            12,
            0,
            "warning",
            "unknown_label",
            "#KOMMENTAR",
            "",
            "The label %(found)s is unknown and was skipped.",
        ),
        Problem(48, 9, "error", "not_an_amount", "12,3x", "1234.56", "“%(found)s” is not an amount of money."),
        Problem(0, 0, "error", "checksum", "1 A2 B3", "77 01 CC", "The check sum of the file does not agree."),
    ]
    events = [
        {"at": datetime(2026, 4, 2, 9, 30, tzinfo=UTC), "who": "Rut Berg", "sentence": "Priset ändrades.",
         "changes": [("Pris", "225 kr", "230 kr"), ("Gäller från", "", "1 januari 2027")]},
        {"at": datetime(2026, 1, 8, 13, 5, tzinfo=UTC), "who": "Ola Lind", "sentence": "Tjänsten lades upp."},
    ]  # fmt: skip
    form = Upload({"source": "", "period": "2026-03"}) if "wrong" in request.GET else Upload()
    context = {
        **FRAME,
        "charts": charts,
        "ledger": ledger,
        "empty": empty,
        "problems": problems,
        "events": events,
        "form": form,
    }
    return render(request, "kitchen/workshop.html", context)


@page
def refused(request: HttpRequest) -> HttpResponseBase:
    """Refuse, as a closed month would."""
    raise Refusal("conflict", "March %(year)s is approved and cannot be changed.", year=2026)


urlpatterns = [
    path("", statement, name="front"),
    path("workshop", workshop),
    path("refused", refused),
    path("sign-out", statement, name="sign-out"),
    path("accessibility", statement, name="accessibility"),
    path("i18n/", include("django.conf.urls.i18n")),
]
