"""What the columns of a list of capabilities are called in Swedish, Danish and English."""

from samsyn.core.refusals import N_
from samsyn.formats.register_cells import Field
from samsyn.formats.register_table import Register

CAPABILITIES = Register(
    "capabilities",
    (
        Field("capability", N_("what it does"), "text", (
            "formaga", "formagor", "verksamhetsformaga", "kapabilitet", "kapabiliteter", "forretningsevne",
            "capability", "capabilities", "business capability", "funktion", "funktioner", "function", "functions",
            "vad systemet gor", "vad det gor", "hvad det gor", "hvad systemet gor", "what it does", "stodjer",
        ), 160),
        Field("system", N_("system"), "text", (
            "system", "systemnamn", "systemnavn", "it system", "application", "applikation", "applikationsnamn",
            "system name", "application name", "system id", "systemid", "losning",
        ), 160),
        Field("used_by", N_("for whom"), "names", (
            "for vem", "for hvem", "for whom", "forvaltning", "forvaltningar", "anvands av", "anvendes af", "used by",
            "enhet", "enheter", "afdeling", "administration", "department", "departments", "unit", "units",
        )),
        Field("could_more", N_("could others use it"), "yes_no", (
            "kan fler anvanda det", "kan flere bruge det", "could others use it", "kan delas", "delbart", "shareable",
            "gemensamt", "faelles",
        )),
    ),
    required="capability", called=N_("what it does"),
)  # fmt: skip
