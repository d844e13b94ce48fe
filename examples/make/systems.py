"""The invented municipality's list of systems, as somebody once wrote it in a spreadsheet: 107 for business, 20 technical."""

import csv
import io
import random
from datetime import date, timedelta

from make.places import AUTHORITIES

EVERYBODY = "Lillköpings kommun"
HEADERS = [
    "Nr", "System", "Vad det används till", "Förvaltning", "Systemägare", "Leverantör", "Avtal t.o.m.", "Årskostnad",
    "Personuppgifter", "Driftsatt", "Slag", "Drift",
    # what goes beyond the eight questions; fewer have said it
    "Antal användare", "Status", "AI", "Kritikalitet", "Konfidentialitet", "Riktighet", "Tillgänglighet",
    "Klassningsdatum", "Verksamhetskod", "Känsliga personuppgifter", "Personnummer", "Rättslig grund",
    "Personuppgiftsbiträde", "Nästa tillsyn", "Allmänna handlingar", "Arkivering", "Gallras efter (år)",
    "Webbtillgänglighet", "Som tjänst övervägt",
]  # fmt: skip
# administration → the main group of its tasks
TASKS = {EVERYBODY: "00.01.00", "KLF": "00.30.00", "BUF": "17.00.00", "GVF": "17.02.00", "VOF": "27.35.04",
         "SOF": "27.00.00", "TEF": "82.00.00", "KFF": "18.00.00", "MBF": "02.00.00"}  # fmt: skip
# administration → systems, each with what it is for
BUSINESS = {
    EVERYBODY: """Diariet: ärenden och handlingar|Ärendestöd IT: felanmälningar till it-supporten|Telefonisvar 1190: kommunens
växel|PÄP: personal- och lönehandläggning på papper som skannats|Intranätet: nyheter och verktyg för anställda|Webbplatsen:
kommunens sidor för invånare|Inköpsportalen: beställa på ramavtal|Fakturaflödet: leverantörsfakturor|PA-systemet: anställningar och
lön|E-tjänsteplattformen: blanketter och ärenden på webben|Kalendern: bokning av rum och bilar|Dokumentarkivet: slutarkiv för
handlingar|Mötesportalen: kallelser och protokoll|Signeringstjänsten: underskrifter med e-legitimation|Enkätverktyget: frågor till
invånare|Bildbanken: bilder med rättigheter|Nyhetsbrevet: utskick till invånare|Styrkortet: mål och uppföljning|Projektrummet:
samarbete i projekt|Utbildningsportalen: kurser för anställda""",
    "KLF": """Ekonomin: bokföring och budget|Kundreskontra 1: fakturor till invånare|Beslutsstödet: rapporter ur datalagret|Avtalsdatabasen: kommunens
avtal|Upphandlaren: annonsering och anbud|Rekryteringen: annonser och ansökningar|Försäkringsregistret: skador och
försäkringar|Säkerhetsportalen: tillbud och risker|Befolkningsregister 1: folkbokföringsuppgifter|Krisloggen: loggbok vid kris|Företagskatalogen:
kontakter i näringslivet|Kartvisaren GIS: kartor för alla""",
    "BUF": """Elevregistret: elever och placeringar|Lärplattformen: uppgifter och omdömen|Frånvaron: anmäld och oanmäld frånvaro|Förskolekön: ansökan
och placering|Schemat: schema i grundskolan|Skolskjutsen: linjer och beslut|Elevhälsan: journal i elevhälsan|Skolbiblioteket:
utlån i skolorna|Kostportalen: matsedel och beställningar|Fritidshemmet: tider och närvaro|Skolfotot: bilder av
elever|Läromedelshyllan: digitala läromedel|Provbanken: nationella prov""",
    "GVF": """Gymnasieantagningen: sökande och platser|Studievägen: studieplaner|Praktikplatsen: praktik och lärlingar|Vuxenkursen: kurser för
vuxna|Schema gymnasiet: schema i gymnasiet|SFI-registret: svenska för invandrare|Elevdatorregistret: utlånade datorer""",
    "VOF": """Omsorgsjournalen: journal och planering|Hemtjänstplaneraren: rutter och besök|Medicinskåpet: läkemedel och
signering|Trygghetslarmen: larm i hemmet|Samordnad vårdplanering: med regionen|Bemanningen: vikarier och pass|Nyckelfri: digitala lås|Matlådan:
leverans av mat|Avvikelserna: händelser i vården|Hjälpmedelslagret: hjälpmedel på lån|Nattillsynen: tillsyn med
kamera|Kundreskontra 2: avgifter i vården|Biståndsbesluten: beslut om insatser|Befolkningsregister 2: folkbokföring för vården""",
    "SOF": """Socialakten: journal i individ- och familjeomsorg|Försörjningen: ekonomiskt bistånd|Familjerättsregistret: utredningar och
avtal|CSC-Social: insatser i socialtjänsten|Budgetrådgivaren: skuldsanering|Orosanmälan: anmälningar om barn|Kontaktfamiljen: uppdrag
och arvoden|Jobbspåret: arbetsmarknadsinsatser|Tolkbokningen: tolkar""",
    "TEF": """Fastighetsregistret: hus, ytor och hyror|Felanmälan fastighet: fel i lokaler|Energiuppföljningen: el, värme och
vatten|Gatulysningen: lampor och styrning|Parkmästaren: skötsel av parker|Renhållningen: kärl och tömningar|VA-kartan: ledningar i
marken|Bilpoolen: bokning av bilar|Passersystemet: dörrar och kort|Ritningsarkivet: ritningar över hus|Snöjouren: beredskap på
vintern|Städplaneringen: städning av lokaler|Besiktningen: besiktning av anläggningar""",
    "KFF": """Biblioteket: utlån och katalog|Lokalbokningen: hallar och rum|Föreningsregistret: föreningar och bidrag|Badet: kassa och
inpassering|Museisamlingen: föremål|Kulturskolan: elever och kurser|Biljettkassan: evenemang|Fritidskortet: unga på
fritidsgård""",
    "MBF": """Bygglovet: ansökan och beslut|Livsmedelstillsynen: kontroller|Miljötillsynen: tillsyn av verksamheter|Strålskyddet: radonmätningar|Plan-
kartan: detaljplaner|Adressregistret: adresser och lägenheter|Mätdata: mätning och koordinater|Avloppsregistret: enskilda
avlopp|Serveringstillstånden: tillstånd att servera|Kemikalieregistret: kemikalier i verksamheter|Naturvården: skyddade områden""",
}
TECHNICAL = """Datalagret: uppgifter ur andra system på ett ställe|Smarta korten: inloggning med kort|Servrar och tunna klienter: skrivbord från
servern|Kommunnätet: nätet mellan husen|Serverhallen: byggd med bidrag av grannkommunerna|Metakatalogen: konton och
behörigheter|Fjärrinstallationen: program ut till datorerna|IP-telefonin: telefoner i nätet|Windows 7-plattformen: datorer som inte
bytts|Skolans 1-1-datorer: en dator till varje elev|Surfplattor och telefoner: köpta som tjänst|Säkerhetskopieringen: kopior av
allt|Virusskyddet: skydd på datorer|Utskrifterna: skrivare med kort|Trådlösa nätet: sändare i husen|Brandväggen: gränsen
till internet|Övervakningen: larm från servrar|Integrationsmotorn: filer mellan system|Certifikaten: nycklar och
intyg|E-posten: brevlådor och kalendrar"""
COMPANIES = ["Exempelsystem Norr AB", "Kommunkod Exempel AB", "Omsorgsdata Exempel AB", "Skolsyd Exempel AB",
             "Kartverket Exempel AB", "Arkivbyrån Exempel AB", "Nordmoln Exempel AB", "Egen utveckling"]  # fmt: skip
# what both municipalities share: system → once called, functions, interfaces
SHARED = {
    "E-posten": ("Postlådan", "skicka och ta emot brev; dela kalendrar", "IMAP; SMTP; CalDAV"),
    "IP-telefonin": ("", "ringa; svarsgrupper", "SIP"),
    "Metakatalogen": ("Kontolistan", "konton; behörigheter; inloggning", "LDAP; SAML; OpenID Connect"),
    "Integrationsmotorn": ("", "flytta filer mellan system; omvandla format", "REST; SFTP"),
    "Säkerhetskopieringen": ("", "kopior av servrar och filer", ""),
    "Övervakningen": ("", "larm från servrar", "SNMP; syslog"),
    "Certifikaten": ("", "nycklar; intyg", "ACME"),
    "Utskrifterna": ("", "skriva ut med kort; räkna sidor", "IPP"),
}
CHIEFS = {EVERYBODY: "Kommundirektören"}
NOBODY = 10  # systems without an owner


def rows() -> list[list[str]]:
    """Return the list, by number; the gaps are those such lists have."""
    chance = random.Random(107)  # noqa: S311 - a demo, the same every time
    more = random.Random(183)  # noqa: S311 - apart, so that what was drawn before stays as it was
    names = {code: name for _, _, code, name, _ in AUTHORITIES}
    named = [(code, *_cut(each), "verksamhet") for code, text in BUSINESS.items() for each in text.split("|")]
    named += [(EVERYBODY, *_cut(each), "teknik") for each in TECHNICAL.split("|")]
    ownerless = set(chance.sample(range(len(named)), NOBODY))
    found = []
    for number, (code, name, purpose, kind) in enumerate(named):
        begun = date(2008, 1, 1) + timedelta(chance.randrange(6200))
        end = date(2026, 6, 30) + timedelta(chance.randrange(1500))
        cost = chance.choice([18, 24, 36, 48, 65, 90, 120, 180, 260, 410]) * 1000
        owner = "" if number in ownerless else CHIEFS.get(code, f"Chefen för {names.get(code, '')}")
        found.append(
            [
                f"{number + 1:03d}", name, purpose, names.get(code, EVERYBODY), owner, chance.choice(COMPANIES),
                end.isoformat() if chance.random() < 0.8 else chance.choice(["", "löper", "vet ej"]),
                f"{cost:,}".replace(",", " ") if chance.random() < 0.85 else "",
                chance.choice(["Ja", "Ja", "Nej", "Nej", ""]), begun.isoformat() if chance.random() < 0.9 else "",
                kind, chance.choice(["egen drift", "leverantören", "molnet"]),
            ]
        )  # fmt: skip
        found[-1] += _further(more, code, kind, personal=found[-1][8] != "Nej", supplier=found[-1][5])
    return found


def _further(more: random.Random, code: str, kind: str, *, personal: bool, supplier: str) -> list[str]:
    """Return what is known beyond the eight questions: about three of five cells, the rest are gaps."""

    def say(value: str, often: float = 0.6) -> str:
        return value if more.random() < often else ""

    least = more.choice([5, 12, 30, 80, 250, 900])
    many = more.choice([str(least), f"{least}–{least * 2}"])
    care = code in ("VOF", "SOF")
    levels = [str(min(3, more.choice([0, 1, 1, 2, 2, 3]) + (care and place == 0))) for place in range(3)]
    classed = more.random() < 0.45
    keep = more.choice(["bevaras", "gallras", "gallras", "ej beslutat"])
    day = date(2024, 1, 1) + timedelta(more.randrange(800))
    look = date(2026, 6, 1) + timedelta(more.randrange(700))
    outside = personal and supplier != "Egen utveckling"
    records = say(more.choice(["Ja", "Ja", "Nej"]) if kind == "verksamhet" else "Nej")
    return [
        say(many, 0.7), say(more.choice(["i drift"] * 8 + ["under avveckling", "avvecklat"]), 0.5),
        say(more.choice(["Nej"] * 6 + ["Ja"]), 0.4),
        say(more.choice(["låg", "medel", "medel", "hög", "kritisk"]), 0.55),
        *(levels if classed else ["", "", ""]), day.isoformat() if classed else "",
        say(TASKS[code]) if kind == "verksamhet" else "",
        say("Ja" if care or more.random() < 0.15 else "Nej") if personal else "",
        say(more.choice(["Ja", "Nej"])) if personal else "",
        say(more.choice(["allmänt intresse", "allmänt intresse", "rättslig förpliktelse", "avtal"])) if personal else "",
        say(supplier) if outside else "", say(look.isoformat(), 0.3) if outside else "",
        records, say(keep, 0.5) if records == "Ja" else "",
        more.choice(["2", "5", "10"]) if records == "Ja" and keep == "gallras" and more.random() < 0.5 else "",
        say(more.choice(["Uppfyller", "Delvis", "Delvis", "Nej", "Inte kontrollerat"]), 0.35),
        say(more.choice(["Ja", "Nej", "Nej"]), 0.3),
    ]  # fmt: skip


def _cut(text: str) -> tuple[str, str]:
    name, _, purpose = " ".join(text.replace("Plan-\nkartan", "Plankartan").split()).partition(": ")
    return name, purpose


def register(ends: dict[str, str]) -> bytes:
    """Return the list as the spreadsheet program saved it: semicolons and Windows letters.

    ``ends``: the day the contract of each system ends. Where the list has a day it has that one, but for one in twenty,
    which nobody looked after.
    """
    found = rows()
    for number, row in enumerate(found):
        if row[6][:4].isdigit() and number % 20:
            row[6] = ends.get(row[1], row[6])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(found)
    return out.getvalue().encode("cp1252")


def catalogue() -> bytes:
    """Return what is said once of systems that several municipalities use."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["System", "Tidigare namn", "Leverantör", "Funktioner", "Gränssnitt"])
    suppliers = {row[1]: row[5] for row in rows()}
    for name, (once, does, speaks) in SHARED.items():
        writer.writerow([name, once, suppliers[name], does, speaks])
    return out.getvalue().encode()
