"""What columns of lists of devices are called in Swedish, Danish and English; words as `key_of` gives them.

Names that other columns carry too (“slutdatum” is as often a warranty's) are left out: kept as received is better
than taken for what it is not.
"""

from samsyn.core.refusals import N_
from samsyn.formats import registers_abroad as abroad
from samsyn.formats.register_cells import Field
from samsyn.formats.register_table import Register

EQUIPMENT = Register(
    "equipment",
    abroad.also_called((
        Field("serial", N_("serial number"), "text", (
            "serienummer", "serial number", "serial", "serienr", "s n", "sn", "serial no", "serienummer enhet",
            "device serial number", "service tag", "servicetag", "tillverkningsnummer", "fabriksnummer", "serie",
            "bios serial number", "hardware serial", "imei", "imei nummer", "imei nr",
        ), 80),
        Field("asset_tag", N_("inventory number"), "text", (
            "asset tag", "inventarienummer", "inventarienr", "inventarnummer", "asset number", "asset id",
            "stoldmarkning", "stoldmarkt", "tillgangsnummer", "aktivnummer", "udstyrsnummer", "utrustningsnummer",
            "maerkning", "markning", "inventory number", "asset no", "inventariekod", "dator id", "computer id",
            "tillgangstagg", "aktiv tag", "tag", "stoldskyddsmarkning", "stoldskyddsnummer", "asset code", "object id",
            "objektsnummer", "stoldnr", "stoldnummer", "inv nr", "invnr", "objekt id", "objektnummer", "barcode",
            "streckkod", "annotated asset id", "id",
        ), 80),
        Field("name", N_("name"), "text", (
            "device name", "enhetsnamn", "enhedsnavn", "datornamn", "computer name", "computernavn", "hostname",
            "host name", "asset name", "tillgangsnamn", "objektsbenamning", "asset description", "aktiv navn",
            "item name", "machine name", "netbios name", "computer", "dator", "maskinnamn", "apparat", "display name",
            "utrustning", "udstyr", "benamning", "betegnelse", "name", "namn", "navn",
        ), 160),
        Field("kind", N_("kind"), "text", (
            "utrustningstyp", "hardvarutyp", "hardwaretype", "udstyrstype", "enhetstyp", "enhedstype", "device role",
            "role", "device type", "asset type", "device class", "typ av utrustning", "type udstyr", "chassis type",
            "chassis", "category", "kategori", "kind", "typ", "type", "slag", "hyresobjekt", "leasingobjekt",
            "objekttyp", "objekt", "model category",
             "sys class name", "device category", "artikelgrupp", "produktgrupp",
        ), 60),
        Field("model", N_("model"), "text", (
            "modell", "model", "device model", "enhetsmodell", "enhedsmodel", "modellnamn", "model name", "modelnavn",
            "modellbeteckning", "datormodell", "telefonmodell", "model id", "hardware model", "device type",
            "product name", "produktnamn", "artikel",
        ), 160),
        Field("manufacturer", N_("manufacturer"), "text", (
            "tillverkare", "manufacturer", "fabrikat", "producent", "fabrikant", "marke", "maerke", "make", "brand",
            "hardware vendor", "system manufacturer",
        ), 120),
        Field("user_name", N_("user"), "text", (
            "primary user display name", "anvandare", "bruger", "user", "primary user", "primar anvandare",
            "primaer bruger", "primar anvandares visningsnamn", "anvandarens namn", "brugerens navn", "assigned to",
            "checked out to", "medarbejder", "lanad av", "lantagare", "laner", "assigned to name", "medarbetare",
            "employee", "tilldelad till", "utcheckad till", "udleveret til", "user full name", "annotated user", "elev",
            "person", "tildelt til", "innehavare", "indehaver", "full name", "user display name", "user name",
            "username", "anvandarnamn", "brugernavn", "primary user upn", "user principal name", "last user",
            "senaste anvandare", "last logged on user", "last logon user",
        ), 160),
        Field("unit", N_("unit"), "text", (
            "organisationsenhet", "enhetskod", "organisatorisk enhed", "department", "avdelning", "afdeling",
            "verksamhet", "skola", "arbetsplats", "unit", "org unit", "organisational unit", "organizational unit",
            "forvaltning", "organization", "organisation", "institution", "company", "cost centre unit", "foretag",
            "virksomhed", "org unit path", "kostnadsstalle", "omkostningssted", "tenant", "namnd", "rektorsomrade",
            "enhet", "enhed",
        ), 160),
        Field("site", N_("place"), "text", (
            "site", "location", "plats", "annotated location", "asset location", "lokation", "placering", "adress",
            "adresse", "byggnad", "bygning", "building", "place", "sted", "hus", "rum", "lokal", "lokale", "room",
        ), 160),
        Field("responsible", N_("responsible"), "text", (
            "ansvarig", "ansvarlig", "responsible", "utrustningsansvarig", "udstyrsansvarlig", "kontaktperson",
            "contact", "owner", "agare", "ejer", "custodian", "owned by",
        ), 120),
        Field("held_since", N_("handed over on"), "day", (
            "utlamnad", "utlamningsdatum", "utdelad", "tilldelningsdatum", "innehas sedan", "udleveret",
            "udleveringsdato", "checkout date", "last checkout", "last checkout date", "assigned date", "assigned",
            "utcheckningsdatum", "utlanad", "udlansdato", "utlamnad datum", "last enrollment time", "handed out",
            "enrolled date", "enrollment date", "last enrollment", "registreringsdatum", "tilmeldingsdato",
        )),
        Field("purchase_date", N_("purchase date"), "day", (
            "inkopsdatum", "kopdatum", "inkopt", "anskaffningsdatum", "anskaffad", "purchase date", "purchased",
            "acquisition date", "bought", "indkobsdato", "indkobt", "indkobt den", "kobt", "kobsdato",
            "anskaffelsesdato", "po date", "date purchased",
        )),
        Field("purchase_ore", N_("purchase price"), "money", (
            "inkopspris", "anskaffningsvarde", "kopesumma", "purchase price", "purchase cost", "indkobspris",
            "kobspris", "anskaffelsespris", "anskaffelsessum", "pris", "price", "cost", "kostnad",
            "anskaffningskostnad", "acquisition cost", "inkopskostnad",
        )),
        Field("supplier", N_("supplier"), "text", (
            "leverantor", "leverandor", "supplier", "vendor", "leverantorsnamn", "leverandornavn", "supplier name",
            "vendor name", "aterforsaljare", "forhandler", "reseller", "leasinggivare", "leasinggiver", "lessor",
            "leasingbolag", "leasingselskab",
        ), 160),
        Field("lease_number", N_("lease agreement"), "text", (
            "leasingavtal", "leasingavtalsnummer", "leasingnummer", "leasing nr", "leasingaftale", "leasingkontrakt",
            "leasingaftalenummer", "lease agreement number", "lease number", "lease id", "lease agreement",
            "hyresavtal", "avtalsnummer", "avtalsnr", "aftalenummer", "kontraktnummer", "contract number",
        ), 80),
        Field("lease_start_date", N_("leased from"), "day", (
            "leasingstart", "leasing fran", "leasing fr o m", "leasing startdatum", "leasingstartdatum", "leasing fra",
            "leasing startdato", "leased from", "lease start", "lease start date", "lease begins", "hyresstart",
            "startdatum hyra", "hyra startdatum", "hyra fran", "hyrd fran", "startdatum leasing", "startdato leasing",
            "avtalsstart",
        )),
        Field("lease_end_date", N_("leased until"), "day", (
            "leasingslut", "leasing till", "leasing t o m", "leasing slutdatum", "leasingslutdatum", "leasingudlob",
            "leasing til", "leasing udlober", "leasing slutdato", "leased until", "lease end", "lease end date",
            "lease expires", "lejeperiode slut", "leje slut", "leje til", "lease expiration", "hyresslut", "avtalsslut",
            "avtalsslut leasing", "lease ends", "leasingperiod slut", "leasas t o m", "leasas till", "leasad till",
            "leases til", "leasingperiod t o m", "leasetermin slut", "slutdatum hyra", "hyra slutdatum", "hyra till",
            "hyrd till", "slutdatum leasing", "slutdato leasing",
        )),
        Field("lease_month_ore", N_("rent a month"), "money", (
            "leasingavgift", "manadsavgift", "manadshyra", "leasingkostnad per manad", "kostnad per manad",
            "pris per manad", "hyra per manad", "leasingydelse", "manedlig ydelse", "pris pr maned", "leje pr maned",
            "lease monthly cost", "monthly cost", "monthly rent", "rent a month", "lease rent", "cost per month",
            "leasing per manad", "manadskostnad", "ydelse pr maned", "manedspris", "manadspris", "hyra man",
            "hyra manad", "kostnad man", "avgift man", "leje maned", "rent month",
        )),
        Field("residual_ore", N_("residual value"), "money", ("restvarde", "restvaerdi", "residual value",
        "residual")),
        Field("buy_out_ore", N_("buy-out price"), "money", (
            "utkopspris", "utkop", "losenpris", "losenbelopp", "frikop", "frikopspris", "frikobspris", "frikob",
            "udkobspris", "buy out price", "buyout price", "buy out", "buyout", "purchase option price",
        )),
        Field("return_condition", N_("return condition"), "text", (
            "returskick", "aterlamningsskick", "skick vid aterlamning", "returvillkor", "aterlamningsvillkor",
            "returbetingelser", "stand ved aflevering", "stand ved returnering", "returstand", "return condition",
            "return conditions", "condition on return",
        )),
        Field("ended_date", N_("gone since"), "day", (
            "aterlamnad", "aterlamningsdatum", "returnerad", "kasserad", "skrotad", "utrangerad", "tilbageleveret",
            "kasseret", "skrottet", "borta sedan", "vaek siden", "gone since", "returned", "returned date", "disposed",
            "disposal date", "retired date", "scrapped",
        )),
    ), abroad.EQUIPMENT),
    "serial",
    N_("serial number"),
    # what bears no serial number is known by what the municipality has put on it, else by what it is called
    instead=("asset_tag", "name"),
    things=("enhet", "enhed", "utrustning", "udstyr", "utstyr", "dator", "computer", "device", "skrivar", "printer",
            "telefon", "skarm", "maskin"),
)  # fmt: skip
