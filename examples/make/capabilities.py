"""What the invented municipality's systems do, as their owners once wrote it on a sheet: several do the same."""

import csv
import io

from make.systems import rows

HEADERS = ["Förmåga", "System", "Förvaltning", "Kan fler använda det"]
# capability → the systems that have it; a system not named for somebody serves whoever uses it
SHARED = {
    "Fakturera invånare": ["Kundreskontra 1", "Kundreskontra 2"],
    "Följa upp betalningar": ["Kundreskontra 1", "Kundreskontra 2", "Ekonomin"],
    "Slå upp folkbokförda": ["Befolkningsregister 1", "Befolkningsregister 2"],
    "Ta emot felanmälningar": ["Ärendestöd IT", "Felanmälan fastighet"],
    "Ta emot ansökningar på webben": ["E-tjänsteplattformen", "Förskolekön", "Gymnasieantagningen"],
    "Hantera ärenden": ["Diariet", "Ärendestöd IT", "Miljötillsynen", "Livsmedelstillsynen", "Bygglovet"],
    "Boka lokaler": ["Kalendern", "Lokalbokningen"],
    "Boka bilar": ["Kalendern", "Bilpoolen"],
    "Lägga schema": ["Schemat", "Schema gymnasiet"],
    "Planera vikarier": ["Bemanningen", "Städplaneringen"],
    "Bevara handlingar": ["Dokumentarkivet", "Ritningsarkivet"],
    "Visa kartor": ["Kartvisaren GIS", "VA-kartan", "Plankartan"],
    "Följa upp mål": ["Styrkortet", "Beslutsstödet"],
    "Erbjuda kurser": ["Utbildningsportalen", "Vuxenkursen"],
    "Dela dokument": ["Projektrummet", "Intranätet", "Mötesportalen"],
    "Låna ut böcker": ["Biblioteket", "Skolbiblioteket"],
    "Ta betalt i kassa": ["Badet", "Biljettkassan"],
    "Anmäla händelser": ["Säkerhetsportalen", "Avvikelserna"],
    "Föra journal": ["Omsorgsjournalen", "Socialakten", "Elevhälsan"],
}  # fmt: skip
# what others could not use as it stands
OWN_ONLY = {"Elevhälsan", "Socialakten", "Livsmedelstillsynen"}


def register() -> bytes:
    """Return the sheet: a line for each system and thing it does, for the administration that wrote it."""
    users = {row[1]: row[3] for row in rows()}
    assert {name for names in SHARED.values() for name in names} <= users.keys()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for capability, systems in SHARED.items():
        for name in systems:
            writer.writerow([capability, name, users[name], "Nej" if name in OWN_ONLY else "Ja"])
    return out.getvalue().encode("utf-8-sig")
