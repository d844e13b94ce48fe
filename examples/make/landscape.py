"""What surrounds the invented municipality's systems: what goes where, whose data is right, what systems stand on."""

import csv
import io
import json
from typing import Any

from make.systems import rows

HEADERS = [
    "Från system",
    "Till system",
    "Uppgifter",
    "Frekvens",
    "Dubbelriktad",
    "Driftsatt",
    "Slutdatum",
    "Ansvarig konsult",
]
# from → to, what, how often; a name that is no system is somebody outside
FLOWS = """Skatteverket>Befolkningsregister 1|folkbokföring|varje natt
Skatteverket>Befolkningsregister 2|folkbokföring|varje vecka
Befolkningsregister 1>Elevregistret|folkbokföring|varje natt
Befolkningsregister 1>Förskolekön|folkbokföring|varje natt
Befolkningsregister 1>Biblioteket|låntagares adresser|varje vecka
Befolkningsregister 1>E-tjänsteplattformen|folkbokföring|i realtid
Befolkningsregister 2>Omsorgsjournalen|folkbokföring|varje natt
Befolkningsregister 2>Biståndsbesluten|folkbokföring|varje natt
Befolkningsregister 2>Trygghetslarmen|adresser|manuellt
PA-systemet>Ekonomin|löner|varje månad
PA-systemet>Metakatalogen|anställda|varje natt
Metakatalogen>E-posten|konton|i realtid
Metakatalogen>Smarta korten|konton|i realtid
Metakatalogen>Intranätet|konton|varje natt
Bemanningen>PA-systemet|pass och tider|varje dag
Elevregistret>Lärplattformen|elever och grupper|varje natt
Elevregistret>Schemat|elever och grupper|varje natt
Elevregistret>Frånvaron|elever|varje natt
Elevregistret>Skolskjutsen|elever och adresser|varje vecka
Elevregistret>Metakatalogen|elever|varje natt
Elevregistret>Kostportalen|antal elever|varje vecka
Gymnasieantagningen>Studievägen|antagna|årligen
Kundreskontra 1>Ekonomin|fakturor|varje dag
Kundreskontra 2>Ekonomin|fakturor|varje månad
Fakturaflödet>Ekonomin|leverantörsfakturor|varje dag
Inköpsportalen>Fakturaflödet|beställningar|varje dag
Omsorgsjournalen>Kundreskontra 2|utförda insatser|varje månad
Lokalbokningen>Kundreskontra 1|bokningar|varje månad
Renhållningen>Kundreskontra 1|tömningar|varje månad
Försörjningen>Ekonomin|utbetalningar|varje dag
Omsorgsjournalen<>Samordnad vårdplanering|planer|i realtid
Samordnad vårdplanering<>Regionen|planer|i realtid
E-tjänsteplattformen>Diariet|inkomna ärenden|i realtid
E-tjänsteplattformen>Bygglovet|ansökningar|i realtid
E-tjänsteplattformen>Förskolekön|ansökningar|i realtid
Mötesportalen<>Diariet|protokoll|varje dag
Diariet>Dokumentarkivet|avslutade ärenden|årligen
Fastighetsregistret>Felanmälan fastighet|hus och rum|varje natt
Fastighetsregistret>Energiuppföljningen|ytor|varje månad
Fastighetsregistret>Ritningsarkivet|hus|manuellt
Adressregistret>Kartvisaren GIS|adresser|varje natt
Plankartan>Kartvisaren GIS|planer|varje vecka
VA-kartan>Kartvisaren GIS|ledningar|varje vecka
Lantmäteriet>Adressregistret|fastigheter|varje natt
Ekonomin>Datalagret|bokföring|varje natt
PA-systemet>Datalagret|anställda|varje natt
Datalagret>Beslutsstödet|tabeller|varje natt
Beslutsstödet>Styrkortet|nyckeltal|varje månad"""
PLANNED = ("Elevregistret", "Datalagret", "elever", "varje natt", "Nej", "2027-02-01", "", "")
ENDED = ("Ekonomin", "Styrkortet", "bokslut", "manuellt", "Nej", "2014-01-01", "2024-12-31", "Exempelkonsult AB")


def _note(unit: str, practice: str, seen: str, said_by: str, way: str = "") -> dict[str, str]:
    return {"unit_code": unit, "practice": practice, "way": way, "seen_date": seen, "said_by": said_by}


# fields of a system: one that two units fill each in their own way, one as agreed, one that nobody has decided about
FIELDS = [
    {
        "system": "CSC-Social", "name": "Startdatum för insats",
        "meaning": "Dagen då insatsen började hos den enskilde. Fylls i samma vecka, aldrig i förväg.",
        "used_in": "Väntetid från beslut till insats, i nämndens kvartalsrapport",
        "decision": "Socialnämnden § 31", "decided_date": "2025-03-18",
        "notes": [
            _note("SO01", "agreed", "2026-02-10", "Enhetschefen"),
            _note("SO02", "agreed", "2025-11-04", "Enhetschefen"),
            _note("SO02", "otherwise", "2026-02-12", "Handläggare på möte", "dagen för beslutet"),
            _note("SO03", "agreed", "2026-02-12", "Systemägaren, som tittade i 20 ärenden"),
            _note("SO04", "unknown", "2026-02-19", "Enhetschefen"),
            _note("SO06", "agreed", "2026-02-19", "Enhetschefen"),
            _note("SO07", "otherwise", "2026-03-03", "Enhetschefen", "den första i månaden efter beslutet"),
        ],
    },
    {
        "system": "CSC-Social", "name": "Orsak till avslut",
        "meaning": "Varför insatsen slutade, ett av de sex valen i listan. Välj inte Övrigt om något annat passar.",
        "used_in": "Andel avslutade enligt plan, i årsredovisningen",
        "decision": "Socialnämnden § 31", "decided_date": "2025-03-18",
        "notes": [_note("SOF", "agreed", "2026-01-27", "Verksamhetscontrollern, som gick igenom fjolårets avslut")],
    },
    {
        "system": "CSC-Social", "name": "Ansvarig enhet",
        "meaning": "Enheten som utför insatsen, inte den som beslutade om den.",
        "used_in": "Kostnad per insats", "notes": [],
    },
]  # fmt: skip


def register() -> bytes:
    """Return the list of integrations as the spreadsheet program saved it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for line in FLOWS.splitlines():
        ends, what, often = line.split("|")
        both = "<>" in ends
        first, then = ends.split("<>" if both else ">")
        writer.writerow([first, then, what, often, "Ja" if both else "Nej", "", "", ""])
    writer.writerow(PLANNED)
    writer.writerow(ENDED)
    return out.getvalue().encode("utf-8-sig")


def surroundings() -> bytes:
    """Return kinds of data with the registers that claim them, standards, local changes, and fields."""
    names = {row[1] for row in rows()}
    found: dict[str, Any] = {
        "domains": [
            {"name": "Kunder", "about": "Den som får faktura av kommunen.",
             "claims": {"Kundreskontra 1": "source", "Kundreskontra 2": "source"}},
            {"name": "Invånare", "about": "Namn, adress och familj för folkbokförda.",
             "claims": {"Befolkningsregister 1": "source", "Befolkningsregister 2": "source", "Elevregistret": "copy"}},
            {"name": "Anställda", "about": "Den som har en anställning.", "decided": "PA-systemet",
             "decision": "Kommundirektören § 14/2025", "decided_date": "2025-04-01",
             "claims": {"PA-systemet": "source", "Metakatalogen": "copy", "Datalagret": "copy"}},
            {"name": "Elever", "about": "Elever i alla skolformer.",
             "claims": {"Elevregistret": "source", "Lärplattformen": "copy"}},
            {"name": "Fastigheter", "about": "Kommunens hus, ytor och rum.", "decided": "Fastighetsregistret",
             "decision": "Tekniska nämnden § 88", "decided_date": "2024-11-12",
             "claims": {"Fastighetsregistret": "source", "Energiuppföljningen": "copy"}},
            {"name": "Adresser", "about": "Adresser och lägenheter.",
             "claims": {"Adressregistret": "source", "Kartvisaren GIS": "copy"}},
            {"name": "Leverantörer", "about": "Den som kommunen betalar.",
             "claims": {"Ekonomin": "source", "Inköpsportalen": "copy"}},
        ],
        "standards": [
            {"name": "Windows 7", "stage": "hold", "since_date": "2020-01-14", "until_date": "2027-03-31",
             "reason": "Får inga säkerhetsuppdateringar.", "decision": "It-rådet § 7/2025",
             "systems": [
                 {"code": "Windows 7-plattformen"}, {"code": "Badet"},
                 {"code": "Passersystemet", "reason": "Kortläsarna saknar nyare drivrutin.",
                  "decision": "It-rådet § 21/2025", "until_date": "2026-06-30"},
                 {"code": "Medicinskåpet", "reason": "Skåpen byts under våren 2027.",
                  "decision": "It-rådet § 22/2025", "until_date": "2027-06-30"},
             ]},
            {"name": "Windows 11", "stage": "adopt", "since_date": "2023-09-01", "reason": "Alla nya datorer.",
             "systems": [{"code": "Fjärrinstallationen"}]},
            {"name": "Inloggning med kommunens konto", "stage": "adopt", "since_date": "2022-01-01",
             "reason": "Ett konto, och det stängs när någon slutar.",
             "systems": [{"code": name} for name in ("Lärplattformen", "Intranätet", "Diariet", "Ekonomin")]},
            {"name": "Filer som skickas okrypterade", "stage": "retire", "since_date": "2024-05-01",
             "until_date": "2026-09-30", "reason": "Personuppgifter får inte gå i klartext.",
             "decision": "Dataskyddsombudets råd 2024", "systems": [{"code": "Integrationsmotorn"}]},
            {"name": "Containrar", "stage": "trial", "since_date": "2026-01-15", "reason": "Provas i ett år.", "systems": []},
        ],
        "customisations": [
            {"system": "Elevregistret", "what": "Eget urval för fritidshem", "reason": "Avgiften räknas på två hushåll.",
             "asked_by": "Barn och utbildning", "upgrade_cost_ore": 4_500_000},
            {"system": "Omsorgsjournalen", "what": "Egna koder för insatser", "reason": "Sattes innan de nationella kom.",
             "asked_by": "Vård och omsorg", "upgrade_cost_ore": 12_000_000},
        ],
        "fields": FIELDS,
    }  # fmt: skip
    used = {name for each in found["domains"] for name in each["claims"]}
    used |= {row["code"] for each in found["standards"] for row in each["systems"]}
    used |= {each["system"] for each in found["fields"]}
    assert used <= names, used - names
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
