"""The code parts of Lillköping's books: accounts, activities, objects, projects and counterparties, with names."""

ACCOUNTS = {
    "1229": ("Ackumulerade avskrivningar", "T"), "1680": ("Ingående moms", "T"), "1930": ("Bank", "T"),
    "2010": ("Eget kapital", "S"), "2440": ("Leverantörsskulder", "S"), "2710": ("Personalskatt och avgifter", "S"),
    "3010": ("Skatteintäkter", "I"), "3110": ("Avgifter för barnomsorg", "I"), "3120": ("Avgifter för omsorg", "I"),
    "3130": ("Avgifter för vatten och avfall", "I"), "3319": ("Interna it-intäkter", "I"),
    "3413": ("Interna hyresintäkter", "I"), "3510": ("Bidrag från staten", "I"), "3610": ("Försäljning av tjänster", "I"),
    "4510": ("Bidrag till enskilda", "K"), "4540": ("Köp av elevstöd", "K"), "4610": ("Köp av drift", "K"),
    "4630": ("Köp av vård och boende", "K"), "5010": ("Löner", "K"), "5650": ("Arbetsgivaravgifter", "K"),
    "5690": ("Personalomkostnadspålägg", "K"), "6010": ("Hyra av lokaler", "K"), "6013": ("Interna hyror", "K"),
    "6019": ("Interna it-kostnader", "K"), "6210": ("El och värme", "K"), "6310": ("Leasing av datorer", "K"),
    "6320": ("Leasing av bilar", "K"), "6410": ("Förbrukningsinventarier", "K"), "6420": ("Förbrukningsmaterial", "K"),
    "6440": ("Livsmedel", "K"), "6460": ("Läromedel", "K"), "6510": ("Kontorsmaterial och utskrift", "K"),
    "6610": ("Reparation och underhåll", "K"), "6820": ("Datakommunikation", "K"), "6850": ("Telefoni", "K"),
    "6910": ("Skolskjuts och transporter", "K"), "7430": ("Licenser och programtjänster", "K"),
    "7431": ("Årslicenser", "K"), "7433": ("Ai-tjänster", "K"), "7439": ("Övriga tjänster", "K"),
    "7440": ("Administrativa tjänster", "K"), "7510": ("It-konsulter", "K"), "7520": ("Inhyrda vikarier", "K"),
    "7920": ("Avskrivning inventarier", "K"), "8510": ("Intern ränta", "K"),
}  # fmt: skip
DIMENSIONS = {"1": "Ansvar", "6": "Projekt", "20": "Verksamhet", "21": "Objekt", "22": "Motpart"}
ACTIVITIES = {
    "21500": "Teknisk verksamhet", "21600": "Bygg och miljö", "31500": "Kultur och fritid", "40700": "Förskola",
    "41200": "Fritidshem", "43500": "Förskoleklass", "44000": "Grundskola", "45000": "Gymnasieskola",
    "51000": "Vård och omsorg om äldre", "51300": "Stöd till personer med funktionsnedsättning",
    "55000": "Individ- och familjeomsorg", "91000": "Gemensam administration", "91500": "It",
}  # fmt: skip
PROJECTS = {"9105": "Digitalisering med statsbidrag", "9112": "Reservkraft till serverrummet"}
OBJECTS = {
    "7101": "Elevdatorer", "7102": "Personaldatorer", "7103": "Surfplattor", "7201": "Nät", "7301": "Servrar",
    "8101": "Lärportal", "8102": "Planeringssystem för omsorgen", "8103": "Karttjänst", "8104": "Bibliotekssystem",
    "8105": "Schemasystem", "8106": "Låssystem",
}  # fmt: skip
COUNTERPARTIES = {
    "110": "Kommunledningskontoret", "115": "It-enheten", "130": "Barn och utbildning",
    "140": "Gymnasium och vuxenutbildning", "150": "Vård och omsorg", "160": "Socialförvaltningen", "170": "Fastighet",
    "175": "Teknik och fastighet", "180": "Kultur och fritid", "190": "Miljö och bygg", "510": "Lillköpings Energi AB",
    "810": "Staten", "870": "Företag i Sverige",
}  # fmt: skip
INTERNAL = dict(KLF="110", BUF="130", GVF="140", VOF="150", SOF="160", TEF="175", KFF="180", MBF="190")
# what the municipality owned and owed on 1 January 2024, kr
OPENING = {"1930": 184_300_000, "1229": -61_450_000, "1680": 0, "2440": 0, "2710": 0, "2010": -122_850_000}
