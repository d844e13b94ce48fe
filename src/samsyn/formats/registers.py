"""What columns of registers are called in Swedish, Danish and English; words as `key_of` gives them."""

from samsyn.core.refusals import N_
from samsyn.formats.register_table import Field, Register

SYSTEMS = Register(
    "systems",
    (
        Field("name", "text", (
            "systemnamn", "it system", "systemnavn", "system name", "system", "applikation", "applikationsnamn",
            "application", "application name", "namn", "navn", "name", "benamning", "titel", "title", "produkt",
            "produktnamn", "tjanst", "programvara", "software",
        ), 160),
        Field("code", "text", (
            "system id", "systemid", "lokalt id", "lokal id", "lokalt system id", "local id", "local system id",
            "objekt id", "objektid", "id", "nummer", "number", "nr", "lopnummer", "uuid",
        ), 40),
        Field("former_names", "names", (
            "tidigare namn", "tidligere navn", "former names", "previous names", "alias", "kallas aven",
            "also known as",
        )),
        Field("purpose", "text", (
            "syfte", "formal", "purpose", "beskrivning", "beskrivelse", "description", "andamal",
            "anvandningsomrade", "anvandning", "anvands till", "anvands for", "bruges til", "anvendes til", "used for",
            "funktion", "function",
        )),
        Field("used_by", "names", (
            "forvaltning", "forvaltningar", "anvands av", "anvendes af", "bruges af", "used by", "department",
            "departments", "administration", "verksamhet", "enhet", "enheter", "afdeling", "organisation", "nyttjas av",
        )),
        Field("owner_name", "text", (
            "systemagare", "systemejer", "system owner", "agare", "ejer", "owner", "objektagare", "business owner",
            "informationsagare",
        ), 120),
        Field("supplier", "text", (
            "leverantor", "leverantorsnamn", "leverandor", "supplier", "vendor", "provider", "tillverkare",
            "rettighedshaver", "producent", "manufacturer",
        ), 160),
        Field("contract_end_date", "day", (
            "avtalsslut", "avtal slutar", "avtalets slutdatum", "avtal till", "avtal t o m", "avtalstid till",
            "kontraktudlob", "kontrakt slutter", "kontraktslut", "udlobsdato", "contract end", "contract end date",
            "contract expires", "slutdatum", "slutdato", "end date", "giltig till", "giltigt till", "expires",
        )),
        Field("yearly_cost_ore", "money", (
            "arskostnad", "kostnad per ar", "arlig kostnad", "kostnad ar", "arlig udgift", "udgift pr ar", "pris pr ar",
            "arlig omkostning", "annual cost", "yearly cost", "cost per year", "kostnad", "udgift", "omkostning",
            "cost",
        )),
        Field("personal_data", "yes_no", (
            "personuppgifter", "innehaller personuppgifter", "personoplysninger", "indeholder personoplysninger",
            "personal data", "contains personal data", "gdpr", "pii",
        )),
        Field("operational_date", "day", (
            "driftsatt", "i drift", "i drift fran", "i drift fra", "produktionsatt", "ibrugtaget", "ibrugtagningsdato",
            "in use from", "go live", "go live date", "startdatum", "startdato", "start date",
        )),
        Field("phasing_out_date", "day", (
            "avvecklas", "avvecklas fran", "udfases", "udfases fra", "phase out", "phased out from", "end of life",
        )),
        Field("ended_date", "day", ("avslutat", "avslutad", "avvecklat", "udfaset", "ended", "decommissioned")),
    ),
    "name",
    N_("name"),
)  # fmt: skip
