"""What the columns of a list of integrations are called in Swedish, Danish and English."""

from samsyn.core.refusals import N_
from samsyn.formats.register_cells import Field
from samsyn.formats.register_table import Register

INTEGRATIONS = Register(
    "integrations",
    (
        Field("from_system", N_("from"), "text", (
            "fran", "fran system", "kallsystem", "kalla", "avsandare", "avsandande system", "sandande system", "fra",
            "fra system", "kildesystem", "afsender", "from", "from system", "source", "source system", "sender",
            "producer", "provider",
        ), 160),
        Field("to_system", N_("to"), "text", (
            "till", "till system", "malsystem", "mottagare", "mottagande system", "til", "til system", "modtager",
            "modtagersystem", "to", "to system", "target", "target system", "receiver", "consumer", "destination",
        ), 160),
        Field("data", N_("what data"), "text", (
            "data", "uppgifter", "information", "informationsmangd", "vad", "innehall", "oplysninger", "beskrivning",
            "beskrivelse", "description", "content", "payload", "what", "dataobjekt",
        ), 200),
        Field("both_ways", N_("both ways"), "yes_no", (
            "bada hallen", "dubbelriktad", "begge veje", "tovejs", "both ways", "bidirectional", "two way",
        )),
        Field("often_words", N_("how often"), "text", (
            "frekvens", "hur ofta", "intervall", "hvor ofte", "frequency", "how often", "interval", "schedule",
        ), 80),
        Field("contract_code", N_("contract"), "text", (
            "avtal", "avtalsnummer", "kontrakt", "kontraktnummer", "contract", "contract number",
        ), 40),
        Field("start_date", N_("from which day"), "day", (
            "startdatum", "driftsatt", "fran datum", "startdato", "ibrugtaget", "start date", "go live",
        )),
        Field("end_date", N_("until which day"), "day", (
            "slutdatum", "avvecklas", "till datum", "slutdato", "udfases", "end date", "retired",
        )),
    ),
    required="from_system", called=N_("from"),
)  # fmt: skip
