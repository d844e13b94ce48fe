"""The eight questions that make a system known, those beyond them, and what each field is used for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeCycle(models.TextChoices):
    """Where in its life a system is; said by its dates, never typed."""

    UNDECIDED = "undecided", _("undecided")
    PILOT = "pilot", _("pilot")
    OPERATIONAL = "operational", _("in use")
    PHASING_OUT = "phasing_out", _("being phased out")
    ENDED = "ended", _("ended")


class YesNo(models.TextChoices):
    """An answer to a question of yes or no."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class Kind(models.TextChoices):
    """Whom a system is for: those who do the municipality's work, or the technology below them."""

    BUSINESS = "business", _("for business")
    TECHNICAL = "technical", _("technical")


class Hosting(models.TextChoices):
    """Who runs it."""

    OWN = "own", _("we run it ourselves")
    SUPPLIER = "supplier", _("the supplier runs it")
    CLOUD = "cloud", _("it runs in the cloud")
    MIXED = "mixed", _("some of each")


class Criticality(models.IntegerChoices):
    """How long the work can go on without it; the higher, the sooner it hurts."""

    WEEKS = 1, _("1: it can be missed for weeks")
    DAYS = 2, _("2: it can be missed for days")
    DAY = 3, _("3: it can be missed for a day")
    NEVER = 4, _("4: it must not stand still")


class LegalGround(models.TextChoices):
    """Why personal data may be kept (GDPR article 6)."""

    CONSENT = "consent", _("they have agreed to it")
    CONTRACT = "contract", _("a contract with them")
    LEGAL_OBLIGATION = "legal_obligation", _("the law demands it")
    VITAL_INTERESTS = "vital_interests", _("somebody’s life depends on it")
    PUBLIC_TASK = "public_task", _("a task in the public interest")
    LEGITIMATE_INTERESTS = "legitimate_interests", _("our interest outweighs theirs")


class ArchiveDuty(models.TextChoices):
    """What becomes of its records."""

    KEEP = "keep", _("they are kept for ever")
    DISPOSE = "dispose", _("they are disposed of")
    UNDECIDED = "undecided", _("nobody has decided")


class Accessibility(models.TextChoices):
    """Whether everybody can use it (EN 301 549)."""

    MEETS = "meets", _("meets the demands")
    PARTLY = "partly", _("meets some of them")
    DOES_NOT = "does_not", _("does not meet them")
    NOT_CHECKED = "not_checked", _("nobody has checked")


# KLASSA of SKR; 4 is asked for only to be sent on, see `engine.HIGHEST`
LEVELS = (
    (0, _("0: none")), (1, _("1: moderate")), (2, _("2: considerable")), (3, _("3: serious")),
    (4, _("4: exceptionally serious")),
)  # fmt: skip
# the scale until a municipality says which one it uses
KLASSA = ("KLASSA", [
    {"code": "confidentiality", "sv": "Konfidentialitet", "da": "Fortrolighed", "en": "Confidentiality"},
    {"code": "correctness", "sv": "Riktighet", "da": "Rigtighed", "en": "Correctness"},
    {"code": "availability", "sv": "Tillgänglighet", "da": "Tilgængelighed", "en": "Availability"},
])  # fmt: skip

QUESTIONS = {
    "name": _("What is it called?"),
    "purpose": _("What is it for?"),
    "used_by": _("Who uses it?"),
    "owner_name": _("Who owns it?"),
    "supplier": _("Who supplies it?"),
    "contract_end_date": _("When does the contract end?"),
    "yearly_cost_ore": _("What does it cost a year?"),
    "personal_data": _("Does it hold personal data?"),
}
# its name can always be said
MAY_BE_UNKNOWN = tuple(QUESTIONS)[1:]

# the questions beyond the eight, by the page they stand on
SECTIONS = {
    "use": (_("What kind it is and where it runs"), {
        "kind": _("Is it for business or technical?"), "hosting": _("Who runs it, and where?"),
        "users_from": _("How many people use it?"), "claimed_stage": _("Where in its life would you say it is?"),
        "uses_ai": _("Does it use artificial intelligence?"),
    }),
    "importance": (_("How much depends on it"), {
        "criticality": _("How long can the work go on without it?"),
        "information_class": _("How much harm is done if its information leaks, is wrong or cannot be reached?"),
    }),
    "tasks": (_("What it does"), {
        "tasks": _("Which tasks does it serve?"), "functions": _("What can it do?"),
        "interfaces": _("Which interfaces does it offer other systems?"),
    }),
    "personal-data": (_("Personal data in it"), {
        "processing_purpose": _("Why are the personal data kept?"),
        "legal_ground": _("What gives us the right to the personal data?"),
        "data_subjects": _("Whose personal data does it hold?"),
        "data_categories": _("Which personal data does it hold?"),
        "recipients": _("Who receives the personal data?"),
        "third_country": _("Do the personal data leave the EU and EEA?"),
        "erasure_limit": _("When are the personal data erased?"),
        "security_measures": _("How are the personal data protected, in general?"),
        "processor": _("Who handles the personal data for us?"),
        "impact_assessment_date": _("When were the risks to those people assessed?"),
        "supervision_date": _("When do we next check on whoever handles the personal data?"),
    }),
    "records": (_("Public records in it"), {
        "public_records": _("Does it hold public records?"), "archive_duty": _("What becomes of its records?"),
        "named_publicly": _("May it be named in what is handed out?"),
    }),
    "access": (_("Who can use it, and how it is bought"), {
        "accessibility": _("Can everybody use it?"), "as_a_service": _("Was buying it as a service considered?"),
    }),
}  # fmt: skip
FURTHER = {name: words for _title, questions in SECTIONS.values() for name, words in questions.items()}
# what is said together with an answer
ALSO = {
    "hosting": ("hosting_place",), "users_from": ("users_to",),
    "criticality": ("criticality_reference", "criticality_date"), "information_class": ("class_date",),
    "data_categories": ("sensitive_data", "personal_numbers"),
    "third_country": ("transfer_country", "transfer_safeguard"),
    "archive_duty": ("archive_years", "archive_reference"), "named_publicly": ("secrecy_provision", "secrecy_date"),
    "accessibility": ("accessibility_date",),
    "as_a_service": ("as_a_service_answer", "as_a_service_date", "as_a_service_by"),
}  # fmt: skip
FURTHER_FIELDS = tuple(field for name in FURTHER for field in (name, *ALSO.get(name, ())))
ALL_QUESTIONS = {**QUESTIONS, **FURTHER}
# the record of processing is not asked about where there are no personal data
OF_PERSONAL_DATA = tuple(SECTIONS["personal-data"][1])
LISTS = ("tasks", "functions", "interfaces")
# what is said of the system itself, whoever uses it
OF_SYSTEM = ("supplier", "former_names", *LISTS)
_YES_NO = ("personal_data", "uses_ai", "sensitive_data", "personal_numbers", "third_country", "public_records",
           "as_a_service", "named_publicly")  # fmt: skip
# field → its answers
ANSWERS: dict[str, Any] = {
    **dict.fromkeys(_YES_NO, YesNo), "kind": Kind, "hosting": Hosting, "claimed_stage": LifeCycle,
    "criticality": Criticality, "legal_ground": LegalGround, "archive_duty": ArchiveDuty,
    "accessibility": Accessibility,
}  # fmt: skip
HELP = {
    "users_from": _("A number, or the least it may be; then write the most below."),
    "hosting_place": _("The data hall, the town or the country."),
    "uses_ai": _("Also when it is part of something you bought."),
    "criticality_reference": _("The analysis or decision where it is written."),
    "tasks": _("One number on each line, such as 27.35.04."), "functions": _("One on each line."),
    "interfaces": _("One on each line."), "data_subjects": _("For example pupils, guardians, staff."),
    "data_categories": _("For example names, grades, health."),
    "third_country": _("Also when somebody there can only look at them."),
    "transfer_safeguard": _("What makes it lawful, such as standard clauses."),
    "erasure_limit": _("For example two years after the last note."),
    "security_measures": _("In general words only: nothing that helps somebody break in."),
    "archive_years": _("Only when they are disposed of."),
    "named_publicly": _("No: it is counted, and not named. Say which provision keeps it secret."),
    "secrecy_provision": _("Such as OSL 18:8."),
}  # fmt: skip
MOST_QUESTIONS = 5  # of one who is asked
REMINDED_BEFORE = 7  # days before the last day to answer

# field → the document or check that uses it; what nothing uses is not asked for
USED_FOR = {
    "name": "the list of systems, and the description the law on secrecy asks for (OSL 4:2)",
    "former_names": "finding a system by what it was once called",
    "purpose": "the list of systems, and the description the law on secrecy asks for (OSL 4:2)",
    "used_by": "who is asked when a system is to end, and what each administration has",
    "owner_name": "the list of systems nobody answers for",
    "supplier": "which systems lie with one supplier, and meeting the books",
    "contract_end_date": "what must be decided in the coming year",
    "yearly_cost_ore": "which systems cost most, and what an overlap costs",
    "personal_data": "the record of processing (GDPR article 30)",
    "pilot_date": "where in its life a system is",
    "operational_date": "where in its life a system is",
    "phasing_out_date": "where in its life a system is",
    "ended_date": "where in its life a system is",
    "kind": "the count of systems, business and technical",
    "hosting": "the list of systems by where they run, and what must move when a data hall closes",
    "hosting_place": "the list of systems by where they run, and what must move when a data hall closes",
    "users_from": "what an overlap costs, and the cost for each user",
    "users_to": "what an overlap costs, and the cost for each user",
    "claimed_stage": "the check of what is said against days, contract and acceptance",
    "uses_ai": "the list of systems that use artificial intelligence (EU 2024/1689 article 26)",
    "criticality": "the order in which systems are put right after a failure",
    "criticality_reference": "the order in which systems are put right after a failure",
    "criticality_date": "the yearly review of what is critical",
    "information_class": "the demands of the KLASSA catalogue at procurement",
    "class_scale": "the demands of the KLASSA catalogue at procurement",
    "class_date": "the yearly review of information classes",
    **dict.fromkeys(
        ("processing_purpose", "legal_ground", "data_subjects", "data_categories", "sensitive_data",
         "personal_numbers", "recipients", "third_country", "transfer_country", "transfer_safeguard", "erasure_limit",
         "security_measures", "processor"), "the record of processing (GDPR article 30)",
    ),
    "impact_assessment_date": "the check that risks to people were assessed (GDPR article 35)",
    "supervision_date": "the plan for supervising processors (GDPR article 28)",
    "public_records": "the list of systems with public records (OSL 4:2)",
    "archive_duty": "the archive list (arkivlagen 6 §)",
    "archive_years": "the archive list (arkivlagen 6 §)",
    "archive_reference": "the archive list (arkivlagen 6 §)",
    **dict.fromkeys(
        ("named_publicly", "secrecy_provision", "secrecy_date"),
        "the description of public records and the archive list, which do not name it (OSL 4:2)",
    ),
    "accessibility": "the accessibility statement (lag 2018:1937)",
    "accessibility_date": "the accessibility statement (lag 2018:1937)",
    "as_a_service": "the check at procurement and extension that a service was considered",
    "as_a_service_answer": "the check at procurement and extension that a service was considered",
    "as_a_service_date": "the check at procurement and extension that a service was considered",
    "as_a_service_by": "the check at procurement and extension that a service was considered",
    "tasks": "the description of records by task (OSL 4:2), and which systems serve the same task",
    "functions": "finding a system that can already do it, before another is bought",
    "interfaces": "planning how systems are joined, and what breaks when one ends",
}  # fmt: skip
