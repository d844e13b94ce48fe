"""The invented municipality Lillköping: its administrations, units, sites, people and codes."""

from dataclasses import dataclass
from datetime import date

START = date(2023, 1, 1)
MERGER = date(2025, 7, 1)
MOVE = date(2025, 1, 1)


@dataclass
class Unit:
    """A unit: its code, name, administration, cost centre, activity code, and since when it is."""

    code: str
    name: str
    parent: str
    kind: str = "unit"
    centre: str = ""
    activity: str = ""
    valid_from: date = START
    valid_until: date | None = None

    @property
    def centres(self) -> list[tuple[str, str]]:
        """Return (code, name) of its cost centres: a school has one for its leisure centre too."""
        if not self.centre:
            return []
        own = [(self.centre, self.name)]
        return [*own, (f"{self.centre[:-1]}5", f"{self.name}, fritidshem")] if self.activity == "44000" else own


AUTHORITIES = [
    ("KS", "Kommunstyrelsen", "KLF", "Kommunledningskontoret", "1"),
    ("BUN", "Barn- och utbildningsnämnden", "BUF", "Barn och utbildning", "3"),
    ("GVN", "Gymnasie- och vuxenutbildningsnämnden", "GVF", "Gymnasium och vuxenutbildning", "4"),
    ("VON", "Vård- och omsorgsnämnden", "VOF", "Vård och omsorg", "5"),
    ("SOC", "Socialnämnden", "SOF", "Socialförvaltningen", "6"),
    ("TEK", "Tekniska nämnden", "TEF", "Teknik och fastighet", "7"),
    ("KFN", "Kultur- och fritidsnämnden", "KFF", "Kultur och fritid", "8"),
    ("MBN", "Miljö- och byggnadsnämnden", "MBF", "Miljö och bygg", "9"),
]
SCHOOLS = [
    "Ekbackaskolan", "Björkängsskolan", "Tallhöjdsskolan", "Åbyskolan", "Kvarnskolan", "Sjöviksskolan",
    "Almskolan", "Bergsängsskolan", "Nyhemsskolan", "Rosendalsskolan", "Vallaskolan", "Hagaskolan",
]  # fmt: skip
PRESCHOOLS = [
    "Solgläntan", "Blåklinten", "Smultronstället", "Regnbågen", "Kotten", "Trollbacken", "Junibacken", "Myran",
    "Lärkan", "Vitsippan", "Grankotten", "Nyckelpigan", "Fjärilen", "Äppelgården", "Ängslyckan", "Tussilagon",
]  # fmt: skip
CARE = [
    "Almgården", "Lindhaga", "Solbacken", "Rönnbäret", "Strandhemmet", "Kastanjen", "Parkgläntan", "Björkbo",
    "Hemtjänst norr", "Hemtjänst söder", "Hemtjänst väst", "Nattpatrullen", "Dagcenter Duvan", "Kommunrehab",
    "Gruppbostad Ängen", "Gruppbostad Viken", "Personlig assistans", "Biståndsenheten",
]  # fmt: skip
OTHERS = {
    "KLF": ["Kansliet", "Ekonomienheten", "Personalenheten", "Kommunikation", "Kontaktcenter", "Upphandling",
            "Säkerhet och beredskap"],
    "GVF": ["Lillköpings gymnasium", "Vuxenutbildningen", "Lärcentrum", "Gymnasiesärskolan"],
    "SOF": ["Barn och familj", "Försörjningsstöd", "Vuxenstöd", "Familjerätten", "Socialpsykiatrin",
            "Ungdomsmottagningen", "Boendestöd"],
    "TEF": ["Gata och park", "Vatten och avlopp", "Fastighet", "Måltidsservice", "Lokalvård", "Avfall",
            "Räddningstjänsten"],
    "KFF": ["Stadsbiblioteket", "Kulturskolan", "Badhuset", "Idrott och anläggning", "Fritidsgårdarna",
            "Museet"],
    "MBF": ["Bygglov", "Miljö och hälsoskydd", "Plan och kart"],
}  # fmt: skip
FIRST = [
    "Anna", "Björn", "Cecilia", "David", "Eva", "Fredrik", "Gunilla", "Henrik", "Ingrid", "Johan", "Karin", "Lars",
    "Maria", "Nils", "Olga", "Per", "Ragnhild", "Stefan", "Tove", "Ulf", "Viktoria", "Yusuf", "Åsa", "Ängla",
]  # fmt: skip
LAST = [
    "Alm", "Bergdal", "Cederlund", "Dahlén", "Ekman", "Forslid", "Granath", "Hedin", "Isling", "Jernbro", "Kvist",
    "Lindvall", "Modig", "Norrby", "Oskarsdotter", "Palmgren", "Rask", "Sandell", "Törnblad", "Udd", "Viklund",
]  # fmt: skip


def units() -> list[Unit]:
    """Return the whole tree, from the legal entity down."""
    tree = [Unit("LK", "Lillköpings kommun", "", "legal_entity")]
    for authority, long, code, name, _ in AUTHORITIES:
        tree.append(Unit(authority, long, "LK", "authority"))
        tree.append(Unit(code, name, authority, "administration"))
    digit = {code: first for _, _, code, _, first in AUTHORITIES}
    counts = dict.fromkeys(digit, 0)

    def add(code: str, name: str, parent: str, activity: str, **more: object) -> None:
        counts[parent] += 1
        centre = f"{digit[parent]}{counts[parent]:02d}0"
        tree.append(Unit(code, name, parent, centre=centre, activity=activity, **more))  # type: ignore[arg-type]

    add("IT", "It-enheten", "KLF", "91500")
    add("LUNDA-N", "Lunda norra skola", "BUF", "44000", valid_until=MERGER)
    add("LUNDA-S", "Lunda södra skola", "BUF", "44000", valid_until=MERGER)
    add("LUNDA", "Lundaskolan", "BUF", "44000", valid_from=MERGER)
    for number, name in enumerate(SCHOOLS, 1):
        add(f"SK{number:02d}", name, "BUF", "44000")
    for number, name in enumerate(PRESCHOOLS, 1):
        add(f"FS{number:02d}", f"Förskolan {name}", "BUF", "40700")
    for number, name in enumerate(CARE, 1):
        add(f"VO{number:02d}", name, "VOF", "51000" if number < 15 else "51300")
    activity = {"KLF": "91000", "GVF": "45000", "SOF": "55000", "TEF": "21500", "KFF": "31500", "MBF": "21600"}
    for parent, names in OTHERS.items():
        for number, name in enumerate(names, 1):
            add(f"{parent[:2]}{number:02d}", name, parent, activity[parent])
    return tree
