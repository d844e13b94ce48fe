"""What columns of registers are called in Swedish, Danish and English; words as `key_of` gives them."""

from samsyn.core.refusals import N_
from samsyn.formats import registers_abroad as abroad
from samsyn.formats.register_cells import Field
from samsyn.formats.register_table import Register
from samsyn.formats.registers_systems import ABOUT_SYSTEMS

SYSTEMS = Register(
    "systems",
    abroad.also_called((
        Field("name", N_("name"), "text", (
            "systemnamn", "it system", "systemnavn", "system name", "system", "applikation", "applikationsnamn",
            "application", "application name", "namn", "navn", "name", "benamning", "titel", "title", "produkt",
            "produktnamn", "tjanst", "programvara", "software", "product", "product name", "name of system",
            "systemets namn", "systemets navn", "losning", "it losning", "fagsystem", "informationssystem", "it stod",
            "programvaruprodukt", "domain name", "domain", "investment title",
        ), 160),
        Field("code", N_("number"), "text", (
            "system id", "systemid", "lokalt id", "lokal id", "lokalt system id", "local id", "local system id",
            "objekt id", "objektid", "ci nummer", "ci number", "app id", "application id", "application number",
            "asset id", "unique investment identifier", "id", "nummer", "number", "lopnummer", "nr", "ref", "uuid",
            "lfd nr",
        ), 40),
        Field("former_names", N_("former names"), "names", (
            "tidigare namn", "tidligere navn", "former names", "previous names", "alias", "kallas aven",
            "also known as",
        )),
        Field("purpose", N_("what it is for"), "text", (
            "syfte", "formal", "purpose", "beskrivning", "beskrivelse", "description", "andamal", "anvandningsomrade",
            "anvandning", "anvands till", "anvands for", "bruges til", "anvendes til", "used for", "anvendelse",
            "funktion", "function",
        )),
        Field("used_by", N_("used by"), "names", (
            "forvaltning", "forvaltningar", "anvands av", "anvendes af", "bruges af", "used by", "department", "dept",
            "departments", "administration", "verksamhet", "enhet", "enheter", "afdeling", "nyttjas av", "organisation",
            "organization", "org", "relevante organisationsenheder", "namnd", "ansvarlig organisationsenhed",
            "ansvarig enhet", "ansvarig forvaltning", "ansvarlig afdeling", "service area", "objektagande forvaltning",
            "agency", "bureau", "directorate", "business unit",
        )),
        Field("owner_name", N_("who answers for it"), "text", (
            "systemagare", "systemejer", "system owner", "agare", "ejer", "owner", "objektagare", "business owner",
            "informationsagare", "owned by",   "systemowners", "it owner",
            "it application owner", "ansvarig", "ansvarlig", "responsible", "product owner", "application owner",
            "systemeier", "systemansvarig", "systemansvarlig",
        ), 120),
        Field("supplier", N_("supplier"), "text", (
            "leverantor", "leverantorsnamn", "leverandor", "supplier", "vendor", "provider", "tillverkare",
            "rettighedshaver", "producent", "manufacturer", "utgivare", "publisher", "developer", "developers",
            "systemleverantor", "systemleverandor", "udvikler",
        ), 160),
        Field("contract_end_date", N_("the contract ends"), "day", (
            "avtalsslut", "avtal slutar", "avtalets slutdatum",
             "avtal till", "avtal t o m", "avtalstid till", "kontraktudlob", "kontrakt slutter",
            "kontraktslut", "udlobsdato", "contract end", "contract end date", "contract expires", "slutdatum",
            "slutdato", "end date", "giltig till", "giltigt till", "expires", "avtal loper ut", "avtalet loper ut",
            "aftale udlober", "kontrakt udlober", "loper ut", "udlober", "contract expiry", "kontraktens udlob",
            "avtale til", "kontrakt til", "support till", "supportavtal t o m", "avtalets slut", "license expiry",
            "contract expiry date",
        )),
        Field("yearly_cost_ore", N_("cost a year"), "money", (
            "arskostnad", "kostnad per ar", "arlig kostnad", "arlig udgift", "udgift pr ar", "pris pr ar",
            "arlig omkostning", "annual cost", "yearly cost", "cost per year", "kostnad", "udgift", "omkostning",
            "cost", "kostnad ar", "belopp ar", "annual costs", "annual license cost", "arslicens", "arlig licens",
            "kostnad pr ar", "arspris", "pris per ar", "arlig licensudgift", "arlig licenskostnad",
        )),
        Field("personal_data", N_("holds personal data"), "yes_no", (
            "personuppgifter", "innehaller personuppgifter", "personoplysninger", "indeholder personoplysninger",
            "personal data", "contains personal data", "contains pii", "personally identifiable information",
            "personal data held", "pub", "hanterar personuppgifter", "behandlar personuppgifter", "gdpr", "pii",
            "persondata",
        )),
        Field("operational_date", N_("in use from"), "day", (
            "driftsatt", "i drift", "i drift fran", "i drift fra", "produktionsatt", "ibrugtaget", "ibrugtagningsdato",
            "in use from", "go live date", "startdatum", "startdato", "start date", "idriftsat", "idriftsattelse",
            "idriftsaettelse", "driftsattning", "active", "go live", "live date", "phase in",
        )),
        Field("phasing_out_date", N_("being phased out from"), "day", (
            "avvecklas", "avvecklas fran", "udfases", "udfases fra", "phase out", "phased out from",
        )),
        Field("ended_date", N_("ended"), "day", (
            "avslutat", "avslutad", "avvecklat", "udfaset", "ended", "decommissioned", "end of life", "retirement date",
            "retired", "slutdato for anvendelse", "end of life date", "decommission date", "avvecklingsdatum",
        )),
        *ABOUT_SYSTEMS,
    ), abroad.SYSTEMS),
    "name",
    N_("name"),
    guessed=True,
    things=("system", "systemet", "applikation", "applikations"),
)  # fmt: skip

# what is said of a system itself, whoever uses it
_OF_SYSTEM = {"name", "former_names", "supplier", "tasks", "functions", "interfaces"}
CATALOGUE = Register(
    "catalogue", tuple(each for each in SYSTEMS.fields if each.name in _OF_SYSTEM), "name", SYSTEMS.called, guessed=True
)
CONTRACTS = Register(
    "contracts",
    abroad.also_called((
        Field("name", N_("name"), "text", (
            "avtalsnamn", "avtal", "kontraktnavn", "it kontrakt navn", "kontrakt navn", "kontrakt", "contract name",
            "contract", "agreement", "agreement name", "contract title", "avtalsbenamning", "avtalsrubrik", "ramavtal",
            "rammeaftale", "benamning", "namn", "navn", "name", "titel", "title", "rubrik", "delomraden", "delomrade",
            "undergrupp", "aftale", "avtalsomrade", "upphandlingens namn", "title of agreement", "avser",
            "avtalet avser", "avtalsobjekt", "avtalsforemal", "avtale", "upphandling", "udbud", "foremal",
            "upphandlingsnamn", "description", "beskrivning", "beskrivelse",
        ), 200),
        Field("number", N_("number"), "text", (
            "avtalsnummer", "avtalsnr", "it kontrakt id", "kontrakt id", "kontraktnummer", "contract number",
            "contract no", "contract id", "agreement number", "diarienummer", "diarienr", "diarie", "dnr",
            "journalnummer", "aftalenummer", "referens", "reference", "reference number", "agreement id", "avtalsid",
            "avtals id", "avtal id", "avtal nr", "avtal nummer", "aftale nr", "aftale id", "kontrakt nr",
            "kontrakt nummer", "contract ref", "contract reference", "contract reference number", "contract nr",
            "tender number", "tender no", "tender id", "procurement number", "ref", "ref no", "ref nr",
            "referensnummer", "saksnr", "procurement id", "numero", "contract identifier", "notice identifier",
            "contract reference no", "award number", "number", "nummer", "nr", "no", "case no", "id",
        ), 80),
        Field("kind", N_("kind"), "text", (
            "avtalstyp", "kontrakttype", "contract type", "agreement type", "typ av avtal", "aftaletype", "typ", "type",
            "avtalsform", "aftaleform", "kontraktform",
        ), 80),
        Field("category", N_("what it covers"), "text", (
            "avtalsomrade", "varugrupp", "bestallningsgrupp", "kategori", "category", "produktgrupp", "omrade",
            "varekategori", "inkopskategori", "kategorier", "undergrupp", "delomraden", "product group", "commodity",
        ), 200),
        Field("supplier", N_("supplier"), "text", (
            "leverantorsnamn", "leverantor", "leverandor", "leverandornavn", "supplier name", "supplier", "vendor",
            "vendor name", "motpart", "avtalspart", "kontraktpart", "modpart", "provider", "foretag", "contractor",
            "contractor name", "party", "company", "winning bidder", "bidder", "awarded to", "awarded supplier",
            "tilldelad leverantor", "counterparty", "antagna leverantorer", "antagen leverantor", "leverantorer",
            "leverandorer", "suppliers", "avtalspartner", "aftalepart", "entreprenor", "avtalsparter", "part",
            "winner name", "winner", "tredjepart", "parter", "awardee", "leverantorens namn", "leverandorens navn",
            "win name", "prime contractor", "supplier name and details", "supplier vendor name", "vinnande leverantor",
        ), 160),
        Field("supplier_number", N_("the supplier’s organisation number"), "organisation_number", (
            "organisationsnummer", "leverantor organisationsnummer", "orgnr", "org nr", "organisationsnr", "cvr nr",
            "cvr nummer", "cvr", "cvrnr", "leverandor cvr", "company number", "organisation number", "vat number",
            "supplier registration number", "leverantorens organisationsnummer", "supplier company number",
            "winner orgnr", "leverantorens orgnr", "leverantorens org nr", "leverandorens cvr",
            "company registration number", "registration number", "se nummer",
        )),
        Field("start_date", N_("first day"), "day", (
            "startdatum avtal", "startdatum", "avtalsstart", "avtal fran", "fr o m", "from", "fran", "giltig fran",
            "giltigt fran", "giltig fra", "gyldig fra", "gaelder fra", "galler fran", "ikrafttraedelse", "startdato",
            "start date", "start", "valid from", "begins", "effective date", "kontraktstart", "kontrakt start",
            "aftalestart", "avtalets startdatum", "ikrafttraedelsesdato", "ikrafttraedelse dato", "avtalsperiod fran",
            "avtalstid fran", "kontraktens start", "fra", "starts", "commencement", "contract start", "begin date",
            "commencement date", "galler fr o m",
        )),
        Field("end_date", N_("last day"), "day", (
            "slutdatum avtal", "slutdatum", "avtalsslut", "avtal till", "t o m", "tom", "till", "giltig till",
            "galler till", "udlobsdato", "udlober", "slutdato", "end date", "end", "avtalsperiod till",
            "avtalstid till", "kontraktens udlob", "current contract end", "current end date", "til", "ends", "utgar",
            "lober til", "giltigt till", "giltig til", "gyldig til", "gaelder til", "expiry date", "expiry", "expires",
            "valid to", "valid until", "expiration date", "contract end", "galler t o m", "avtalstid t o m",
            "kontraktudlob", "kontrakt udlob", "kontraktslut", "aftaleslut", "aftaleudlob", "avtalets slutdatum",
            "contract end date", "contract expires", "finish date", "completion date", "slut", "loper ut",
            "avtal loper ut", "avtalet loper ut", "aftale udlober", "kontrakt udlober",
        )),
        Field("term", N_("first and last day in one cell"), "term", (
            "avtalsperiod", "avtalstid", "avtalsperiod inkl forlangning", "kontraktsperiode", "kontraktsperiod",
            "avtaleperiode", "kontraktperiode", "aftaleperiode", "period", "contract period", "giltighetstid", "term",
            "lobetid",
        )),
        Field("longest_date", N_("last day with all extensions"), "day", (
            "slutdatum avtal max", "slutdatum max", "maximalt slutdatum", "langsta avtalstid", "max slutdatum",
            "slutdatum inkl forlangning", "slutdatum inkl option", "max forlangning t o m", "forlangning t o m",
            "langst till", "max end date", "maximum end date", "max end", "extension end", "option t o m",
            "option till", "option til", "latest end date", "senaste slutdatum", "maks udlobsdato", "max forlangning",
            "maximal forlangning", "forlangning mojlig till", "max slutdatum inkl optioner",
            "maximalt slutdatum inkl option", "mojlig forlangning t o m", "forlangning till", "kan forlangas till",
            "kan forlaenges til",
        )),
        Field("signed_date", N_("signed on"), "day", (
            "undertecknat", "undertecknad", "signerat", "tecknat", "avtalsdatum", "underskrevet", "underskriftsdato",
            "signed", "signed date", "signature date", "award date", "tilldelningsdatum", "execution date",
            "date signed", "indgaet", "indgaet dato", "contract date", "awarded date", "dt award",
            "contract award date", "date of award",
        )),
        Field("irrevocable_date", N_("cannot be ended before"), "day", (
            "uopsigeligt til", "ouppsagbart till", "bindningstid till", "bundet til", "irrevocable until",
            "uopsigelig til", "bindning till", "binding til", "bindning t o m", "binding t o m",
        )),
        Field("notice_given_date", N_("notice was given on"), "day", (
            "kontrakten opsagt", "uppsagt", "uppsagt datum", "uppsagd", "opsagt", "terminated", "notice given",
            "termination date",
        )),
        Field("notice", N_("period of notice"), "period", (
            "uppsagningstid", "uppsagningstid manader", "opsigelsesvarsel", "opsigelsesfrist", "varsel",
            "notice period", "notice", "notice months", "opsigelse",
        )),
        Field("renewal", N_("renewed by"), "period", (
            "forlangs med", "automatisk forlangning", "forlangningsperiod", "renewal", "renewal period",
            "automatic renewal", "auto renewal", "auto renew", "fornyes med", "automatisk fornyelse",
        )),
        Field("option", N_("options to extend"), "options", (
            "option", "optioner", "forlangningsoption", "avtalsforlangning", "avtalsforlangning avtal",
            "forlaengelsesoption", "option length", "extension", "extension option", "forlangning",
            "forlaengelsesmuligheder", "forlaengelsesmulighed", "forlangningsmojlighet", "forlangningsmojligheter",
            "optionsar", "option to extend", "option til forlaengelse", "option forlaengelse", "optionstid",
            "extension period", "extension options", "renewal options", "options",
        )),
        Field("ledger_accounts", N_("accounts it covers"), "text", (
            "konton", "kontointervall", "konti", "accounts", "ledger accounts", "konto",
        ), 200),
        Field("yearly_cost_ore", N_("cost a year"), "money", (
            "arskostnad", "arsvarde", "arligt varde", "kostnad per ar", "arlig udgift", "arlig vaerdi", "annual value",
            "annual cost", "yearly cost", "pris pr ar", "beraknat arsvarde", "arlig betaling", "arlig kostnad",
            "arlig omkostning", "arsbelopp", "annual amount", "annual contract value", "belob pr ar", "belopp per ar",
            "belopp ar", "arspris", "pris per ar", "arsavgift", "kostnad ar", "varde per ar", "kontraktvaerdi pr ar",
            "avtalsvarde per ar", "estimated annual value", "arskostnad exkl moms",
        )),
        Field("ceiling_ore", N_("ceiling"), "money", (
            "takvolym", "takbelopp", "maxvarde", "maximalt varde", "avtalsvarde", "kontraktsvaerdi", "ceiling",
            "maximum value", "contract value", "total value", "varde", "vaerdi", "value", "kontraktvaerdi",
            "value of contract", "total contract value", "contract amount", "award amount", "award value",
            "value over life of contract", "sum to be paid over the length of the contract",
            "sum to be paid over the length of the contract or the estimated annual spending", "whole life value",
            "kontraktsum", "kontraktssum", "avtalsbelopp", "amount", "belopp", "belob", "award amt",
            "contract award amt", "awarded value", "contract sum", "total cost",
        )),
        Field("ranking", N_("rank"), "number", (
            "rangordning", "rang", "rank", "ranking", "prioritet", "rangordnat", "anmarkning", "ovrigt",
        )),
        Field("how", N_("how to buy from it"), "text", (
            "avropsordning", "avropsform", "hur avropas", "sa avropar du", "anvisning", "call off", "how to order",
            "bestallning", "avrop", "avropsrutin", "tilldelning", "traekningsregler",
        )),
        Field("owner_name", N_("who answers for it"), "text", (
            "avtalsagare", "avtalsansvarig", "kontraktejer", "kontraktansvarlig", "contract owner", "contract manager",
            "ansvarig", "kontaktperson", "handlaggare", "upphandlare", "owner", "ansvarlig", "contact",
            "contact person", "responsible officer", "contract administrator", "avtalsforvaltare", "kontraktansvarlig",
            "avtalscontroller", "contract owner name", "agare", "ejer",
        ), 120),
        Field("systems", N_("systems"), "names", (
            "system", "it system", "systemnamn", "systems", "avser system", "it systemer",
        )),
        Field("code", N_("number with us"), "text", (), 40),
        Field("term_months", N_("first term, months"), "number", ()),
        Field("after", N_("what follows the first term"), "choice", ()),
        Field("notice_to", N_("notice takes effect on"), "choice", ()),
        Field("options_used", N_("options used"), "number", ("antal nyttjade optioner", "brugte optioner")),
        Field("option_notice_months", N_("months before the end an option must be called"), "number", ()),
        Field("procure_months", N_("months it takes to buy anew"), "number", ()),
        Field("framework", N_("framework agreement it is called off"), "text", (), 200),
    ), abroad.CONTRACTS),
    "name",
    N_("name"),
    ("category", "supplier", "number"),
    guessed=True,
    things=("avtal", "avtalet", "ramavtal", "aftale", "aftalen", "avtale", "avtalen", "kontrakt", "kontraktet",
            "contract", "agreement"),
)  # fmt: skip
