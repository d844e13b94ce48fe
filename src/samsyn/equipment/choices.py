"""The kinds of devices, how their time here ends, and what a device is asked about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds everybody has, in the order they are offered; any other word is a kind of its own."""

    COMPUTER = "computer", _("computer")
    TABLET = "tablet", _("tablet")
    PHONE = "phone", _("phone")
    SCREEN = "screen", _("screen")
    PRINTER = "printer", _("printer")


class Ending(models.TextChoices):
    """How a device's time here ended."""

    RETURNED = "returned", _("handed back")
    SCRAPPED = "scrapped", _("scrapped")
    LOST = "lost", _("lost")


# kind → what lists call it; the first of each say nothing more than the kind, the rest are kept as received
PLAIN = 6
CALLED: dict[str, tuple[str, ...]] = {
    Kind.COMPUTER: ("computer", "dator", "datorer", "computere", "computers", "pc", "laptop", "notebook", "desktop",
                    "workstation", "bärbar dator", "stationär dator", "bærbar computer", "bærbar", "stationær computer",
                    "chromebook", "macbook", "bärbar", "stationär"),
    Kind.TABLET: ("tablet", "surfplatta", "surfplattor", "läsplatta", "tablets", "pekplatta", "ipad"),
    Kind.PHONE: ("phone", "telefon", "mobil", "mobiltelefon", "telefoner", "phones", "smartphone", "iphone", "mobile",
                 "mobile phone", "smart telefon"),
    Kind.SCREEN: ("screen", "skärm", "skærm", "bildskärm", "monitor", "skärmar", "display", "datorskärm",
                  "computerskærm"),
    Kind.PRINTER: ("printer", "skrivare", "printere", "printers", "skrivare och kopiator", "utskrift",
                   "multifunktionsskrivare", "multifunktionsprinter"),
}  # fmt: skip

FIELDS = {
    "name": _("Name"),
    "kind": _("Kind"),
    "manufacturer": _("Manufacturer"),
    "model": _("Model"),
    "serial": _("Serial number"),
    "asset_tag": _("Inventory number"),
    "user_name": _("User"),
    "unit_code": _("Unit"),
    "site": _("Place"),
    "responsible": _("Responsible"),
    "supplier": _("Supplier"),
    "purchase_date": _("Purchase date"),
    "purchase_ore": _("Purchase price"),
    "lease_number": _("Lease agreement"),
    "lease_start_date": _("Leased from"),
    "lease_end_date": _("Leased until"),
    "lease_month_ore": _("Rent a month"),
    "residual_ore": _("Residual value"),
    "buy_out_ore": _("Buy-out price"),
    "return_condition": _("Return condition"),
}
# what may be written on a page; a serial number is what the device itself carries
WRITTEN = tuple(name for name in FIELDS if name != "serial")
LEASE = ("lease_number", "lease_start_date", "lease_end_date", "lease_month_ore", "residual_ore", "buy_out_ore",
         "return_condition")  # fmt: skip
