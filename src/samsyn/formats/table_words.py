"""The header names that columns of ledgers bear, in Swedish, Danish and English, the surest first."""

# As `ledger_table.key_of` writes them: lower case, no accents, no punctuation
WORDS: dict[str, tuple[str, ...]] = {
    "date": (
        "bokforingsdatum", "bokforingsdag", "datum", "ver datum", "verdatum", "verifikationsdatum",
        "transaktionsdatum", "bogforingsdato", "posteringsdato", "dato", "bilagsdato", "posting date", "date",
        "transaction date", "clearing date", "payment date", "date paid", "paid date", "betalningsdatum",
        "utbetalningsdatum", "betalingsdato", "fakturadatum", "fakturadato", "invoice date",
    ),
    "period": ("period", "redovisningsperiod", "bokforingsperiod", "manad", "periode", "regnskabsperiode", "month"),
    "account": (
        "konto nr", "kontonr", "kontonummer", "konto", "kontokod", "slag", "art", "artskonto", "finanskonto",
        "account", "account code", "account number", "gl account", "cost element", "nominal code",
        "subjective code", "expenditure code",
    ),
    "account_name": (
        "konto text", "kontotext", "konto t", "kontonamn", "kontobenamning", "artsnavn", "kontonavn", "artstekst",
        "account name", "account description", "expenditure account code description", "account text",
        "expense type", "expenditure type", "subjective description",
    ),
    "amount": (
        "nettobelopp", "belopp", "belopp sek", "belopp exkl moms", "belopp ex moms", "fakturabelopp", "summa",
        "belob", "nettobelob", "net amount", "amount", "amount net", "amount gbp", "amount sek", "netto", "value",
        "spend", "total",
    ),
    "debit": ("debet", "debit", "debetbelopp"),
    "credit": ("kredit", "credit", "kreditbelopp"),
    "supplier": (
        "leverantor", "leverantorsnamn", "leverantor namn", "lev nr t", "levnamn", "lev namn", "leverandor",
        "leverandornavn", "kreditornavn", "kreditor", "supplier name", "vendor name", "supplier", "vendor",
        "beneficiary name", "beneficiary", "payee", "merchant name",
    ),
    "supplier_id": (
        "organisationsnummer", "organisationsnr", "orgnr", "org nr", "leverantor organisationsnummer",
        "leverantor id", "cvr nr", "cvr nummer", "cvr", "cvrnr", "lev nr", "levnr", "leverantorsnummer",
        "leverantorsnr", "leverandornr", "leverandornummer", "kreditornr", "kreditornummer", "vendor id",
        "supplier id", "supplier number", "supplier no", "vendor number", "vendor no",
    ),
    "text": (
        "text", "beskrivning", "verifikationstext", "transaktionstext", "fakturatext", "radtext", "tekst",
        "posteringstekst", "beskrivelse", "narrative", "description", "purpose", "details", "transaction text",
    ),
    "voucher_series": (
        "verifikationsserie", "serie", "vt", "verifikationstyp", "vertyp", "bilagsart", "bilagstype", "series",
        "voucher type", "document type",
    ),
    "voucher": (
        "verifikationsnummer", "verifikationsnr", "ver nr", "vernr", "verifikation", "bilagsnummer", "bilagsnr",
        "bilag", "voucher number", "voucher no", "voucher", "transaction number", "transaction no", "document no",
        "document number", "fakturanummer",
    ),
    "buyer": ("kopare", "kober", "buyer", "body name", "body", "organisation name", "kommun", "kommune"),
    "responsibility": (
        "ansvar", "ansvarsenhet", "ansvarskod", "kostnadsstalle", "kst", "forvaltning", "omkostningssted",
        "profitcenter", "cost centre", "cost center", "department", "directorate", "service label", "service area",
        "utbet enhet", "avdelning", "enhet", "forvaltningsnavn", "afdeling",
    ),
    "activity": (
        "verksamhet", "verks", "verksamhetskod", "vht", "funktion", "activity", "function", "service code",
        "service expenditure analysis", "service",
    ),
    "object": ("objekt", "obj", "object", "gruppering", "psp element"),
    "project": ("projekt", "proj", "projektnummer", "projektnr", "project", "project code"),
    "counterparty": ("motpart", "motp", "modpart", "counterparty", "trading partner"),
    "dimension:aktivitet": ("aktivitet", "aktiv", "akt", "aktivitetskod"),
}  # fmt: skip
