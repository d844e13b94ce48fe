"""What columns about systems are called beyond the eight questions, and what their cells say; words as `key_of` gives.

Swedish, Danish and English lists, and the names that exports of KITOS carry.
"""

from samsyn.core.refusals import N_
from samsyn.formats.register_cells import Field

# of ten, what lists write for each rank; a bare number is the rank itself, 4 the highest
_RANKS = {
    "1": ("1", "lag", "lav", "low", "ej kritisk", "ikke kritisk", "not critical", "not important",
          "administrative service", "non critical", "minor"),
    "2": ("2", "medel", "normal", "mellan", "middel", "medium", "moderat", "moderate", "less critical",
          "business operational", "mellem"),
    "3": ("3", "hog", "hoj", "high", "viktig", "vigtig", "important", "somewhat critical",
          "major"),
    "4": ("4", "mycket hog", "kritisk", "meget hoj", "verksamhetskritisk", "samhallsviktig", "forretningskritisk",
          "samfundskritisk", "critical", "very high", "business critical", "most critical", "mission critical",
          "safety critical", "extremely critical", "ja", "yes"),
}  # fmt: skip


def _article_6(letter: str) -> tuple[str, ...]:
    """Return how people write a ground of article 6.1."""
    return tuple(f"{word} 6 1 {letter}" for word in ("article", "artikel", "art"))


def _levels(letter: str) -> tuple[str, ...]:
    """Return what people call the level of an aspect by its letter."""
    return tuple(f"{word} {letter}" for word in ("informationsklass", "klassning", "klass", "klassa"))


ABOUT_SYSTEMS = (
    Field("kind", N_("business or technical"), "choice", (
        "slag", "systemtyp", "typ av system", "systemtype", "system type", "systemkategori", "forretningstype",
        "business type", "kategori", "category", "type", "typ",
    ), values={
        "business": ("verksamhet", "verksamhetssystem", "verksamhetsstod", "forretning", "forretningssystem",
                     "fagsystem", "business", "business system"),
        "technical": ("teknik", "tekniskt", "tekniskt system", "tekniksystem", "infrastruktur", "teknisk",
                      "technical",
                      "infrastructure", "plattform", "platform"),
    }),
    Field("hosting", N_("where it runs"), "choice", (
        "drift", "driftform", "driftsform", "driftsatt pa", "driftstalle", "hosting", "hosted at", "hosted",
        "deployment", "leveransform", "driftsmodel", "driftmodell", "it systemet driftes", "install type",
        "hosting model", "on prem cloud", "cloud on prem", "hosting type", "deployment model", "deployment type",
        "driftstyp",
    ), values={
        "own": ("egen drift", "egen", "intern", "interne", "internt", "lokalt", "lokal drift", "on premise",
                "on premises", "on prem", "onpremise", "in house", "own"),
        "supplier": ("leverantor", "leverantoren", "extern", "externt", "extern drift", "outsourcad", "leverandor",
                     "leverandoren", "eksternt", "ekstern", "external", "hosted", "supplier"),
        "cloud": ("moln", "molnet", "molntjanst", "sky", "skyen", "cloud", "saas", "som tjanst", "paas"),
        "mixed": ("blandat", "blandad", "hybrid", "blandet", "mixed", "delvis"),
    }),
    Field("hosting_place", N_("the place it runs at"), "text", (
        "driftplats", "var det driftas", "datacenter", "driftsted", "data center", "hosting location", "serverhall",
    ), 120),
    Field("users", N_("how many use it"), "interval", (
        "antal anvandare", "anvandare antal", "antal brugere", "brugere antal", "number of users", "no of users",
        "nr of users", "active user count", "user count", "antal forvantade brugere", "expected users", "antal konton",
        "amount of users", "users", "user base", "anvandare", "brugere", "active users", "total users",
    )),
    Field("claimed_stage", N_("where it is said to be in its life"), "choice", (
        "livscykel", "livscykelstatus", "livscyklus", "lifecycle status", "life cycle status", "life cycle",
        "lifecycle", "status", "systemstatus", "it systemets status", "driftsstatus", "driftstatus", "life cycle stage",
        "life cycle stage status", "lifecycle stage", "system status", "application status", "operational status",
    ), values={
        "undecided": ("planerad", "planerat", "planlagt", "planned", "planning", "under utveckling",
                      "under udvikling",
                      "under development", "in development", "development", "establishing", "proposed", "forslag"),
        "pilot": ("pilot", "test", "under infasning", "infors", "phasing in", "phase in", "under indfasning"),
        "operational": ("production", "produktion", "in production", "i produktion", "prod", "live", "in operation",
                        "installed", "deployed", "invest", "tolerate", "sustain", "i drift", "drift",
                        "operational", "in use", "aktiv", "aktivt", "active", "i brug", "i bruk"),
        "phasing_out": ("phase out", "sunset", "to be retired", "being retired", "retiring", "under avveckling",
                        "avvecklas", "under udfasning", "udfases", "phasing out"),
        "ended": ("finished", "decommissioned", "end of life", "legacy retired", "inactive", "inaktiv", "inaktivt",
                  "avvecklat", "avvecklad", "avslutat", "udfaset", "ended", "not in use", "ej i bruk", "ikke i brug",
                  "retired"),
    }),
    Field("uses_ai", N_("uses artificial intelligence"), "yes_no", (
        "ai", "anvander ai", "innehaller ai", "indeholder ai", "anvender ai", "contains ai", "contains ai technology",
        "uses ai",
    )),
    Field("criticality", N_("how critical it is"), "choice", (
        "kritikalitet", "verksamhetskritikalitet", "kriticitet", "kritisk", "kritiskhet", "verksamhetskritiskt",
        "forretningskritisk", "criticality", "business critical", "system criticality", "prioritet", "priority",
    ), values=_RANKS),
    Field("criticality_reference", N_("where its criticality is written"), "text", (
        "kritikalitet referens", "criticality reference", "referens kritikalitet",
    ), 200),
    Field("criticality_date", N_("its criticality was assessed on"), "day", (
        "kritikalitet datum", "kritikalitet bedomd", "criticality date", "kritikalitet vurderet",
    )),
    *(
        Field(f"class_{aspect}", label, "number", words)
        for aspect, label, words in (
            ("confidentiality", N_("confidentiality"), ("konfidentialitet", "confidentiality", "fortrolighed",
                                                        "klassa konfidentialitet", *_levels("k"), "k", "f", "c")),
            ("correctness", N_("correctness"), ("riktighet", "integritet", "integrity", "correctness",
                                                "klassa riktighet", *_levels("r"), "r", "i")),
            ("availability", N_("availability"), ("tillganglighet", "availability", "tilgaengelighed",
                                                  "klassa tillganglighet", *_levels("t"), "t", "a")),
        )
    ),
    Field("class_date", N_("its information was classed on"), "day", (
        "klassad", "informationsklassad", "klassningsdatum", "klassa datum", "klassificeret", "classified on",
        "klassning datum",
    )),
    Field("processing_purpose", N_("what the personal data is for"), "text", (
        "andamal med behandlingen", "andamal personuppgifter", "behandlingens andamal", "formal med behandlingen",
        "purpose of processing", "processing purpose",
    )),
    Field("legal_ground", N_("legal ground"), "choice", (
        "rattslig grund", "laglig grund", "retsgrundlag", "behandlingsgrundlag", "legal ground", "legal basis",
        "lawful basis", "article 6 lawful basis for processing personal data", "lawful basis for processing",
        "rechtsgrundlage", "grondslag",
    ), values={
        "consent": ("samtycke", *_article_6("a"), "samtykke", "consent"),
        "contract": ("avtal", *_article_6("b"), "aftale", "contract", "kontrakt"),
        "legal_obligation": ("rattslig forpliktelse", *_article_6("c"), "retlig forpligtelse", "legal obligation"),
        "vital_interests": ("grundlaggande intresse", *_article_6("d"), "vitale interesser", "vital interests"),
        "public_task": ("allmant intresse", *_article_6("e"), "myndighetsutovning", "uppgift av allmant intresse",
                        "myndighedsudovelse", "samfundets interesse", "public task", "public interest"),
        "legitimate_interests": ("intresseavvagning", *_article_6("f"), "legitime interesser", "interesseafvejning",
                                 "legitimate interests"),
    }),
    Field("data_subjects", N_("whose data it holds"), "text", (
        "registrerade", "kategorier av registrerade", "kategorier af registrerede", "data subjects",
        "categories of individuals", "betroffene personen", "betrokkenen", "categories of data subjects",
    )),
    Field("data_categories", N_("which personal data it holds"), "text", (
        "kategorier av personuppgifter", "kategorier af personoplysninger", "categories of personal data",
        "data categories", "uppgiftskategorier",
    )),
    Field("sensitive_data", N_("holds sensitive data"), "yes_no", (
        "kansliga personuppgifter", "folsomme personoplysninger", "sensitive data", "sensitive personal data",
        "special category data", "folsomme data", "kansliga uppgifter", "sensitivity",
    )),
    Field("personal_numbers", N_("holds personal identity numbers"), "yes_no", (
        "personnummer", "cpr", "cpr nummer", "cpr numre", "cpr number", "personal identity numbers",
    )),
    Field("recipients", N_("who receives the data"), "text", (
        "mottagare", "modtagere", "recipients", "categories of recipients", "kategorier av mottagare",
    )),
    Field("third_country", N_("data leaves the EU and EEA"), "yes_no", (
        "tredjeland", "overforing till tredje land", "tredjelandsoverforing", "tredjelande", "international transfers",
        "third country transfers", "tredje land", "third countries", "overforsel til tredjelande",
        "tredjelandsoverforsel", "third country transfer", "third country",
    )),
    Field("transfer_country", N_("country it leaves to"), "text", (
        "mottagarland", "modtagerland", "transfer country",
    ), 120),
    Field("transfer_safeguard", N_("what protects it there"), "text", (
        "skyddsatgard vid overforing", "overforselsgrundlag", "transfer safeguard", "transfer mechanism",
    ), 200),
    Field("erasure_limit", N_("erased after"), "text", (
        "gallringsfrist personuppgifter", "slettefrist", "sletningsfrist", "erasure time limit", "retention period",
        "retention schedule", "lagringstid", "opbevaringsperiode", "retention", "bewaartermijn", "aufbewahrungsfrist",
        "raderas efter",
    ), 200),
    Field("security_measures", N_("how it is protected"), "text", (
        "sakerhetsatgarder", "sikkerhedsforanstaltninger", "security measures",
        "general description of technical and organisational security measures", "precautions",
    )),
    Field("processor", N_("data processor"), "text", (
        "personuppgiftsbitrade", "bitrade", "databehandler", "data processor", "processor",
    ), 160),
    Field("impact_assessment_date", N_("impact assessment made on"), "day", (
        "konsekvensbedomning", "konsekvensanalyse", "dpia", "dpia date", "dpia datum", "dpia dato",
    )),
    Field("supervision_date", N_("next supervision of the processor"), "day", (
        "nasta tillsyn", "naste tilsyn", "naeste tilsyn", "next supervision", "supervision date", "tilsynsdato",
    )),
    Field("public_records", N_("holds public records"), "yes_no", (
        "allmanna handlingar", "innehaller allmanna handlingar", "offentlige dokumenter", "public records",
    )),
    Field("archive_duty", N_("archive duty"), "choice", (
        "arkivering", "bevaras gallras", "bevara gallra", "bevarande", "arkiveringspligt", "arkivpligt", "arkivplikt",
        "archive duty", "archiving", "bevarande gallring",
    ), values={
        "keep": ("bevaras", "bevara", "bevares", "b", "keep", "preserve", "arkiveras"),
        "dispose": ("gallras", "gallra", "kasseres", "k", "dispose", "discard"),
        "undecided": ("ej beslutat", "inte beslutat", "ikke besluttet", "undecided", "utreds", "uafklaret"),
    }),
    Field("archive_years", N_("disposed of after years"), "number", (
        "gallras efter ar", "gallringsfrist ar", "gallringsfrist", "kassation efter ar", "disposal after years",
    )),
    Field("archive_reference", N_("decision on archiving"), "text", (
        "gallringsbeslut", "arkivbeslut", "bevarandebeslut", "kassationsbeslut", "disposal decision",
        "dokumenthanteringsplan",
    ), 200),
    Field("named_publicly", N_("may be named in what is handed out"), "yes_no", (
        "far namnas", "far redovisas", "ma navngives", "may be named",
    )),
    Field("secrecy_provision", N_("the provision that keeps it secret"), "text", (
        "sekretessbestammelse", "sekretess", "hemmeligholdelse", "secrecy provision",
    ), 120),
    Field("secrecy_date", N_("its secrecy was decided on"), "day", ("sekretess beslutad", "secrecy date")),
    Field("accessibility", N_("accessible to all"), "choice", (
        "tillganglighet webb", "webbtillganglighet", "webtilgaengelighed", "digital tillganglighet",
        "web accessibility", "web accessibility compliance", "accessibility",
    ), values={
        "meets": ("ja", "uppfyller", "yes", "opfylder", "meets", "uppfylld"),
        "partly": ("delvis", "delvist", "partly", "partially"),
        "does_not": ("nej", "uppfyller inte", "no", "opfylder ikke", "does not"),
        "not_checked": ("ej kontrollerat", "inte kontrollerat", "ikke kontrolleret", "not checked"),
    }),
    Field("accessibility_date", N_("accessibility was checked on"), "day", (
        "tillganglighet kontrollerad", "webtilgaengelighed kontrolleret", "last web accessibility check",
        "accessibility checked",
    )),
    Field("as_a_service", N_("buying it as a service was considered"), "yes_no", (
        "som tjanst provat", "overvagt som tjanst", "som tjanst overvagt", "overvejet som tjeneste",
        "as a service considered",
    )),
    Field("as_a_service_answer", N_("what was found about buying it as a service"), "text", ()),
    Field("as_a_service_date", N_("buying it as a service was considered on"), "day", ()),
    Field("as_a_service_by", N_("who considered buying it as a service"), "text", (), 120),
    Field("tasks", N_("tasks it serves"), "names", (
        "kle", "kle id", "kle nummer", "kle numre", "kle number", "task refs", "local kle deviations", "verksamhetskod",
        "verksamhetskoder", "klassificeringskod", "klassa verksamhet", "tasks", "tasks it serves", "uppgifter",
        "opgaver",
    )),
    Field("functions", N_("what it does"), "names", (
        "funktioner", "functions", "funktionaliteter", "features", "moduler", "modules",
    )),
    Field("interfaces", N_("interfaces it offers"), "names", (
        "granssnitt", "graenseflader", "interfaces", "snitflader", "api", "apier", "exposed interfaces",
    )),
)  # fmt: skip
