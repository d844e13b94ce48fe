"""Profiles that ship with the product: layouts that Swedish municipalities publish or export."""

from samsyn.formats.ledger_table import Profile

_OPEN = {
    "buyer": "kopare",
    "voucher": "verifikationsnummer",
    "supplier": "leverantor",
    "supplier_id": "leverantor_id",
    "account": "konto_nr",
    "account_name": "konto_text",
}

SHIPPED: dict[str, Profile] = {
    # One row is one purchase; 12 columns
    "open-ledger-1.0": Profile(
        "Öppen leverantörsreskontra 1.0",
        {**_OPEN, "date": "datum", "amount": "belopp", "responsibility": "forvaltning"},
    ),
    # One row is one posting; 15 columns, the first nine mandatory
    "open-ledger-1.1": Profile(
        "Öppen leverantörsreskontra 1.1",
        {**_OPEN, "date": "bokforingsdatum", "amount": "nettobelopp", "responsibility": "forvaltning"},
    ),
    # The whole code string on every row
    "all-code-parts": Profile(
        "Leverantörsreskontra med alla koddelar",
        {
            "period": "Period",
            "supplier_id": "Organisationsnr.",
            "supplier": "Lev.nr(T)",
            "voucher_series": "VT",
            "voucher": "Ver.nr",
            "responsibility": "Ansvar",
            "project": "Projekt",
            "activity": "Verks",
            "dimension:aktivitet": "Aktiv",
            "counterparty": "Motpart",
            "object": "Objekt",
            "date": "Ver.datum",
            "account": "Konto",
            "account_name": "Konto(T)",
            "amount": "Belopp",
        },
    ),
}
