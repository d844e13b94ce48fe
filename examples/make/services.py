"""What the IT unit offers, in words: what is included, what is not, what a unit can influence."""

from datetime import date
from typing import Any

FROM = date(2024, 1, 1)
IN_2026 = date(2026, 1, 1)
HOURS = "telefon och mejl vardagar 7.30–16.30"
COMPUTER = "Lämnar ni tillbaka en dator före den 15:e betalar ni inte för den nästa månad."
TABLET = "Lämnar ni tillbaka en surfplatta före den 15:e betalar ni inte för den nästa månad."


def _named(sv: str, da: str, en: str, many: str, many_da: str, many_en: str) -> dict[str, Any]:
    return {"name": sv, "name_da": da, "name_en": en, "plural": many, "plural_da": many_da, "plural_en": many_en}


def _told(standing: str, included: str, excluded: str = "", influence: str = "") -> dict[str, Any]:
    return {"standing": standing, "included": included, "excluded": excluded, "influence": influence}


# service → names; what is said; price in kronor before 2026 and in 2026
PRICED: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "ELEVDATOR": (
        _named("Elevdator", "Elevcomputer", "Student computer", "elevdatorer", "elevcomputere", "student computers"),
        _told("optional", "datorn, programmen, reparation och hjälp", "väska och skärmskydd", COMPUTER), "225", "225",
    ),
    "PERSONALDATOR": (
        _named("Personaldator", "Personalecomputer", "Staff computer", "personaldatorer", "personalecomputere", "staff computers"),
        _told("optional", "datorn, programmen, reparation och hjälp", "extra skärm", COMPUTER), "357", "380",
    ),
    "DELAD": (
        _named("Delad dator", "Delt computer", "Shared computer", "delade datorer", "delte computere", "shared computers"),
        _told("optional", "datorn, inloggning för flera och reparation", "skrivare", COMPUTER), "89", "95",
    ),
    "SURFPLATTA": (
        _named("Surfplatta", "Tablet", "Tablet", "surfplattor", "tablets", "tablets"),
        _told("optional", "surfplattan, skalet och reparation", "appar som kostar", TABLET), "95", "95",
    ),
    "KONTO": (
        _named("Konto och e-post", "Konto og e-mail", "Account and mail", "konton", "konti", "accounts"),
        _told("mandatory", "inloggning, e-post, kalender och lagring", "fler delade brevlådor än en per enhet",
              "Anmäl den som slutar, så avslutas kontot samma månad."), "70", "74",
    ),
    "INLOGG": (
        _named("Inloggning utan e-post", "Login uden e-mail", "Sign-in without mail", "inloggningar", "logins", "sign-ins"),
        _told("mandatory", "inloggning till ert verksamhetssystem", "e-post",
              "Anmäl den som slutar, så avslutas inloggningen samma månad."), "14", "15",
    ),
    "NAT": (
        _named("Nätanslutning i huset", "Netforbindelse i huset", "Network connection", "nätanslutningar", "netforbindelser", "network connections"),
        _told("mandatory", "förbindelsen till huset och allt fram till vägguttaget", "nya uttag",
              "Nätet i huset kostar lika mycket hur många ni än är."), "3100", "3300",
    ),
    "NATLITEN": (
        _named("Liten nätanslutning", "Lille netforbindelse", "Small network connection", "små nätanslutningar", "små netforbindelser", "small network connections"),
        _told("mandatory", "förbindelsen till huset", "nya uttag"), "705", "750",
    ),
    "SANDARE": (
        _named("Trådlös sändare", "Trådløs sender", "Wireless access point", "trådlösa sändare", "trådløse sendere", "wireless access points"),
        _told("mandatory", "sändaren, täckningen och övervakningen", "tillfälliga nät vid evenemang"), "272", "290",
    ),
    "MOBIL": (
        _named("Mobiltelefon", "Mobiltelefon", "Mobile phone", "mobiltelefoner", "mobiltelefoner", "mobile phones"),
        _told("optional", "telefonen, skalet och hjälp", "abonnemang och samtal",
              "Lämna tillbaka telefonen före den 15:e, så slutar den kosta nästa månad."), "84", "90",
    ),
    "SKARM": (
        _named("Extra skärm", "Ekstra skærm", "Extra screen", "extra skärmar", "ekstra skærme", "extra screens"),
        _told("optional", "skärmen och kabeln", "väggfäste", "Lämna tillbaka skärmen, så slutar den kosta nästa månad."),
        "31", "33",
    ),
    "MOTESRUM": (
        _named("Skärm i mötesrum", "Skærm i mødelokale", "Meeting room screen", "skärmar i mötesrum", "skærme i mødelokaler", "meeting room screens"),
        _told("optional", "skärm, kamera och högtalare", "möbler"), "205", "220",
    ),
    "PROJEKT": (
        _named("Hjälp i projekt", "Hjælp i projekter", "Help in projects", "", "", "") | {"unit_of_measure": "timmar"},
        _told("optional", "en projektledare från it-enheten", "inköp",
              "Ni bestämmer själva hur många timmar ni beställer."), "740", "780",
    ),
}  # fmt: skip
COST: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "SYSTEMDRIFT": (
        _named("Drift av verksamhetssystem", "Drift af fagsystemer", "Running your systems", "verksamhetssystem", "fagsystemer", "business systems"),
        _told("mandatory", "server, säkerhetskopia och övervakning", "systemets egen licens",
              "Avvecklar ni ett system slutar det kosta månaden efter."),
    ),
    "LAGRING": (
        _named("Lagring av filer", "Lagring af filer", "File storage", "", "", "") | {"unit_of_measure": "terabyte", "step": 10},
        _told("mandatory", "lagring och säkerhetskopia", "", "Rensar ni minskar kostnaden månaden efter."),
    ),
    "ETJANST": (
        _named("E-tjänst", "Selvbetjening", "E-service", "e-tjänster", "selvbetjeningsløsninger", "e-services"),
        _told("mandatory", "plattformen och inloggning med e-legitimation"),
    ),
    "KARTA": (
        _named("Kartor och platsdata", "Kort og geodata", "Maps", "kartlager", "kortlag", "map layers"),
        _told("mandatory", "kartan och dess uppdatering"),
    ),
    "UTSKRIFT": (
        _named("Skrivare", "Printer", "Printer", "skrivare", "printere", "printers"),
        _told("optional", "toner, papper och service", "tryck av trycksaker", "Lämna tillbaka skrivaren före den 15:e."),
    ),
}  # fmt: skip
SHOWN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "SUPPORT": (
        _named("Hjälp från supporten", "Hjælp fra supporten", "Help from support", "användare", "brugere", "users"),
        _told("base", "hjälp på telefon, i mejl och på plats"),
    ),
    "SAKERHET": (
        _named("Säkerhet och övervakning", "Sikkerhed og overvågning", "Security and monitoring", "användare", "brugere", "users"),
        _told("base", "skydd mot intrång dygnet runt"),
    ),
    "EGNA": (
        _named("System ni köper själva", "Systemer I selv køber", "Systems you buy yourselves", "användare", "brugere", "users"),
        _told("base", "de fakturor som redan ligger hos er"),
    ),
    "DIARIUM": (
        _named("Diarium", "Journal", "Register of records", "användare", "brugere", "users"),
        _told("base", "diariet, arkivet och e-underskrifter"),
    ),
    "INTRANAT": (
        _named("Intranät och webbplats", "Intranet og hjemmeside", "Intranet and website", "sidor", "sider", "pages"),
        _told("base", "sidorna, sökningen och driften"),
    ),
    "LARPLATTFORM": (
        _named("Lärplattform", "Læringsplatform", "Learning platform", "klasser", "klasser", "classes"),
        _told("base", "plattformen och inloggning för elever och vårdnadshavare"),
    ),
}  # fmt: skip
SUPPORT = {
    "S-LEDNING": "It-ledning", "S-SERVER": "Serverdrift", "S-NAT": "Nätets kärna",
    "S-IDENTITET": "Katalog och inloggning", "S-KUND": "Kundtjänst", "S-SKYDD": "Skydd och logg",
}  # fmt: skip
# what stands above in Swedish, in Danish and English
SPOKEN = {
    COMPUTER: ("Afleverer I en computer før den 15., betaler I ikke for den i næste måned.",
               "Hand back a computer before the 15th, and you do not pay for it next month."),
    TABLET: ("Afleverer I en tablet før den 15., betaler I ikke for den i næste måned.",
             "Hand back a tablet before the 15th, and you do not pay for it next month."),
    "Anmäl den som slutar, så avslutas kontot samma månad.": (
        "Meld den, der stopper, så lukkes kontoen samme måned.",
        "Tell us who leaves, and the account is closed the same month."),
    "Anmäl den som slutar, så avslutas inloggningen samma månad.": (
        "Meld den, der stopper, så lukkes login samme måned.",
        "Tell us who leaves, and the sign-in is closed the same month."),
    "Nätet i huset kostar lika mycket hur många ni än är.": (
        "Nettet i huset koster det samme, uanset hvor mange I er.",
        "The network in the building costs the same however many you are."),
    "Lämna tillbaka telefonen före den 15:e, så slutar den kosta nästa månad.": (
        "Aflever telefonen før den 15., så holder den op med at koste i næste måned.",
        "Hand back the phone before the 15th, and it costs nothing from next month."),
    "Lämna tillbaka skärmen, så slutar den kosta nästa månad.": (
        "Aflever skærmen, så holder den op med at koste i næste måned.",
        "Hand back the screen, and it costs nothing from next month."),
    "Ni bestämmer själva hur många timmar ni beställer.": (
        "I bestemmer selv, hvor mange timer I bestiller.", "You decide yourselves how many hours you order."),
    "Avvecklar ni ett system slutar det kosta månaden efter.": (
        "Lukker I et system, holder det op med at koste måneden efter.",
        "Close a system, and it costs nothing from the month after."),
    "Rensar ni minskar kostnaden månaden efter.": (
        "Rydder I op, falder udgiften måneden efter.", "Tidy up, and the cost falls the month after."),
    "Lämna tillbaka skrivaren före den 15:e.": (
        "Aflever printeren før den 15.", "Hand back the printer before the 15th."),
    "datorn, programmen, reparation och hjälp": (
        "computeren, programmerne, reparation og hjælp", "the computer, its programs, repairs and help"),
    "datorn, inloggning för flera och reparation": (
        "computeren, login for flere og reparation", "the computer, sign-in for several people and repairs"),
    "surfplattan, skalet och reparation": (
        "tabletten, coveret og reparation", "the tablet, its cover and repairs"),
    "inloggning, e-post, kalender och lagring": (
        "login, e-mail, kalender og lagring", "sign-in, mail, calendar and storage"),
    "inloggning till ert verksamhetssystem": ("login til jeres fagsystem", "sign-in to your business system"),
    "förbindelsen till huset och allt fram till vägguttaget": (
        "forbindelsen til huset og alt frem til stikket i væggen",
        "the connection to the building and everything up to the wall socket"),
    "förbindelsen till huset": ("forbindelsen til huset", "the connection to the building"),
    "sändaren, täckningen och övervakningen": (
        "senderen, dækningen og overvågningen", "the access point, its coverage and monitoring"),
    "telefonen, skalet och hjälp": ("telefonen, coveret og hjælp", "the phone, its cover and help"),
    "skärmen och kabeln": ("skærmen og kablet", "the screen and its cable"),
    "skärm, kamera och högtalare": ("skærm, kamera og højttaler", "screen, camera and loudspeaker"),
    "en projektledare från it-enheten": ("en projektleder fra it-enheden", "a project lead from the IT unit"),
    "server, säkerhetskopia och övervakning": (
        "server, sikkerhedskopi og overvågning", "server, backup and monitoring"),
    "lagring och säkerhetskopia": ("lagring og sikkerhedskopi", "storage and backup"),
    "plattformen och inloggning med e-legitimation": (
        "platformen og login med MitID", "the platform and sign-in with electronic ID"),
    "kartan och dess uppdatering": ("kortet og dets opdatering", "the map and its updates"),
    "toner, papper och service": ("toner, papir og service", "toner, paper and service"),
    "hjälp på telefon, i mejl och på plats": (
        "hjælp på telefon, i mail og på stedet", "help by phone, by mail and on site"),
    "skydd mot intrång dygnet runt": ("beskyttelse mod indbrud døgnet rundt", "protection against intrusion day and night"),
    "de fakturor som redan ligger hos er": (
        "de fakturaer, der allerede ligger hos jer", "the invoices that already lie with you"),
    "diariet, arkivet och e-underskrifter": (
        "journalen, arkivet og e-underskrifter", "the register, the archive and electronic signatures"),
    "sidorna, sökningen och driften": ("siderne, søgningen og driften", "the pages, the search and keeping them running"),
    "plattformen och inloggning för elever och vårdnadshavare": (
        "platformen og login for elever og forældre", "the platform and sign-in for pupils and guardians"),
    "väska och skärmskydd": ("taske og skærmbeskytter", "bag and screen protector"),
    "extra skärm": ("ekstra skærm", "an extra screen"), "skrivare": ("printer", "a printer"),
    "appar som kostar": ("apps, der koster", "apps that cost money"),
    "fler delade brevlådor än en per enhet": (
        "flere delte postkasser end én pr. enhed", "more shared mailboxes than one for each unit"),
    "e-post": ("e-mail", "mail"), "nya uttag": ("nye stik", "new wall sockets"),
    "tillfälliga nät vid evenemang": ("midlertidige net ved arrangementer", "temporary networks at events"),
    "abonnemang och samtal": ("abonnement og opkald", "subscription and calls"),
    "väggfäste": ("vægbeslag", "a wall bracket"), "möbler": ("møbler", "furniture"), "inköp": ("indkøb", "purchases"),
    "systemets egen licens": ("systemets egen licens", "the system’s own licence"),
    "tryck av trycksaker": ("trykning af tryksager", "printing of leaflets"),
    "stycken": ("stk.", "pieces"), "timmar": ("timer", "hours"), "terabyte": ("terabyte", "terabytes"),
}  # fmt: skip
BASE = {"SUPPORT", "SAKERHET", "DIARIUM"}  # what the council itself has put in the base assignment


def rows() -> list[dict[str, Any]]:
    """Return the services: priced ones with the prices of 2024–25 and of 2026, then the others."""
    found = []
    for code, (names, told, before, now) in PRICED.items():
        words = {**names, **told, "service_level": HOURS}
        found.append(_service(code, price_kr=before, valid_until=IN_2026, decision="KF-2023-148", **words))
        found.append(_service(code, price_kr=now, decision="KF-2025-160", **words) | {"valid_from": IN_2026})
    for mode, services in (("cost", COST), ("shown", SHOWN)):
        for code, (names, told) in services.items():
            decided = "KF-2022-96" if code in BASE else ""
            found.append(_service(code, mode=mode, decision=decided, service_level=HOURS, **names, **told))
    for code, name in SUPPORT.items():
        found.append(_service(code, name=name, kind="support", mode="", unit_of_measure="timmar"))
    return found


def _service(code: str, **more: Any) -> dict[str, Any]:
    row = {"code": code, "kind": "final", "mode": "price", "step": 1, "unit_of_measure": "stycken",
           "owner": "It-enheten", "valid_from": FROM, **more}  # fmt: skip
    for column in ("unit_of_measure", "included", "excluded", "influence"):
        if row.get(column):
            row[f"{column}_da"], row[f"{column}_en"] = SPOKEN[row[column]]
    return row


def for_units() -> list[str]:
    """Return the codes of the services that units get."""
    return [code for code in dict.fromkeys(row["code"] for row in rows()) if code not in SUPPORT]
