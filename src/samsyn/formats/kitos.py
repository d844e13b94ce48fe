"""Read what KITOS API v2 says of systems, contracts and data processing, as rows of our registers.

Source: the public description of KITOS API v2 (os2kitos/kitos): objects with ``uuid``, pairs {uuid, name}, choices as
English words. Keys are taken in small letters, for they have been spelt both ways. A choice that is not known is kept
as received and told, never guessed. What each field becomes stands in docs/formats/kitos.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from samsyn.core.organisation_numbers import organisation_number
from samsyn.core.problems import Problem
from samsyn.core.refusals import N_
from samsyn.formats.register_table import RegisterRow

Json = Mapping[str, Any]
YES_NO = {"yes": "yes", "no": "no"}
SILENT = {"", "undecided", "dontknow", "unknown", "irrelevant"}  # that is no answer
HOSTED = {"onpremise": "own", "external": "supplier", "hybrid": "mixed"}
LIFE = {"notinuse": "ended", "phasingin": "pilot", "operational": "operational", "phasingout": "phasing_out"}
ACCESSIBLE = {"yes": "meets", "partially": "partly", "no": "does_not"}
ARCHIVED = {"b": "keep", "k": "dispose"}
ENDS = {"endofcalendaryear": "year", "endofquarter": "quarter", "endofmonth": "month"}
_OPTIONS = re.compile(r"(\d+)\s*[x×]\s*(\d+)\s*(år|måned)")


@dataclass
class Rows:
    """What was read: the rows, the uuid of each by its line, and what could not be understood."""

    rows: list[RegisterRow] = field(default_factory=list)
    uuids: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def lowered(value: Any) -> Any:
    """Return JSON with the keys of its objects in small letters."""
    if isinstance(value, dict):
        return {key.lower(): lowered(each) for key, each in value.items()}
    return [lowered(each) for each in value] if isinstance(value, list) else value


class _Row:
    """One object on its way to a row: what finds a place goes to ``values``, the rest to ``received``."""

    def __init__(self, line: int, found: Rows) -> None:
        self.line, self.found = line, found
        self.values: dict[str, Any] = {}
        self.received: dict[str, str] = {}

    def put(self, name: str, value: Any) -> None:
        """Take a value, unless there is none."""
        if value not in (None, "", [], (None, None)):
            self.values[name] = value

    def choose(self, name: str, said: Any, choices: Mapping[str, Any], header: str) -> None:
        """Take a choice that is known; keep and tell one that is not."""
        words = str(said or "")
        if words.lower() in choices:
            self.put(name, choices[words.lower()])
        elif words.lower() not in SILENT:
            self.keep(header, words)
            message = N_("Object %(line)s says “%(found)s” in %(expected)s, which is not known. It is kept as it is.")
            self.found.problems.append(Problem(self.line, 0, "warning", "choice_unknown", words, header, message))

    def keep(self, header: str, value: Any) -> None:
        """Keep what finds no place."""
        if value not in (None, "", [], {}, False):
            self.received[header] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def done(self, uuid: str) -> None:
        """Add the row to what was read."""
        self.found.rows.append(RegisterRow(self.line, self.values, self.received))
        self.found.uuids[self.line] = uuid


def day(said: Any) -> date | None:
    """Return the day of a timestamp; None where there is none or it is no day."""
    try:
        return date.fromisoformat(str(said or "")[:10])
    except ValueError:
        return None


def name(pair: Any) -> str:
    """Return the name of a pair {uuid, name}."""
    return str((pair or {}).get("name") or "").strip()


def names(pairs: Any) -> list[str]:
    """Return the names of some pairs, each once."""
    return list(dict.fromkeys(filter(None, map(name, pairs or []))))


def _text(said: Any, longest: int = 2000) -> str:
    return str(said or "").strip()[:longest]


def systems(
    usages: Iterable[Json], catalogue: Iterable[Json], processing: Iterable[Json], codes: Mapping[str, str]
) -> Rows:
    """Return system usages as rows of the register of systems.

    ``catalogue``: it-systems; ``processing``: data-processing-registrations; ``codes``: our number of a usage that is
    known, by its uuid.
    """
    found, by_uuid = Rows(), {each["uuid"]: each for each in map(lowered, catalogue)}
    processed: dict[str, list[Json]] = {}
    for each in map(lowered, processing):
        for pair in each.get("systemusages") or []:
            processed.setdefault(pair["uuid"], []).append(each)
    for line, usage in enumerate(map(lowered, usages), 1):
        row = _Row(line, found)
        system = by_uuid.get(usage["systemcontext"]["uuid"], {})
        _general(row, usage, system)
        _personal_data(row, usage.get("gdpr") or {})
        _processed(row, processed.get(usage["uuid"], []))
        _archived(row, usage.get("archiving") or {})
        linked = codes.get(usage["uuid"])
        row.put("linked", linked)
        row.put("code", "" if linked else _text((usage.get("general") or {}).get("localsystemid"), 40))
        row.done(usage["uuid"])
    return found


def _general(row: _Row, usage: Json, system: Json) -> None:
    general, life = usage.get("general") or {}, (usage.get("general") or {}).get("validity") or {}
    official = name(usage["systemcontext"]) or name(system)
    row.put("name", _text(general.get("localcallname"), 160) or official[:160])
    former = [official, _text(system.get("formername"), 160)]
    row.put("former_names", [each for each in dict.fromkeys(former) if each and each != row.values["name"]])
    row.put("purpose", _text(system.get("description")))
    row.put("supplier", name(system.get("rightsholder"))[:160])
    row.put("used_by", names((usage.get("organizationusage") or {}).get("usingorganizationunits")))
    row.put("owner_name", ", ".join(_holders(usage, "ejer", "owner"))[:120])
    row.put("operational_date", day(life.get("validfrom")))
    if last := day(life.get("validto")):  # up to and including that day
        row.put("ended_date", last + timedelta(days=1))
    row.choose("claimed_stage", life.get("lifecyclestatus"), LIFE, "lifeCycleStatus")
    users = general.get("numberofexpectedusers") or {}
    row.put("users", (users.get("lowerbound"), users.get("upperbound")))
    row.choose("uses_ai", general.get("containsaitechnology"), YES_NO, "containsAITechnology")
    row.choose("accessibility", general.get("webaccessibilitycompliance"), ACCESSIBLE, "webAccessibilityCompliance")
    row.put("accessibility_date", day(general.get("lastwebaccessibilitycheck")))
    row.put("tasks", _tasks(usage, system))
    row.put("interfaces", names(system.get("exposedinterfaces")))
    for header, said in (
        ("systemVersion", general.get("systemversion")), ("notes", general.get("notes")),
        ("dataClassification", name(general.get("dataclassification"))),
        ("businessType", name(system.get("businesstype"))),
        ("webAccessibilityNotes", general.get("webaccessibilitynotes")),
        ("relations", [_related(each) for each in usage.get("outgoingsystemrelations") or []]),
    ):  # fmt: skip
        row.keep(header, said)


def _holders(holding: Json, *words: str) -> list[str]:
    """Return who has a role whose name holds one of some words."""
    found = ((name(each.get("user")), name(each.get("role")).casefold()) for each in holding.get("roles") or [])
    return [who for who, role in found if who and any(word in role for word in words)]


def _tasks(usage: Json, system: Json) -> list[str]:
    """Return the KLE numbers of a system, with what is added and without what is taken away here."""
    local = usage.get("localkledeviations") or {}
    gone = set(names(local.get("removedkle")))
    return [each for each in [*names(system.get("kle")), *names(local.get("addedkle"))] if each not in gone]


def _related(relation: Json) -> str:
    said = [
        name(relation.get("tosystemusage")),
        _text(relation.get("description"), 200),
        name(relation.get("relationfrequency")),
    ]
    return " · ".join(filter(None, said))


def _personal_data(row: _Row, gdpr: Json) -> None:
    row.put("processing_purpose", _text(gdpr.get("purpose")))
    row.choose("hosting", gdpr.get("hostedat"), HOSTED, "hostedAt")
    row.choose("criticality", gdpr.get("businesscritical"), {"yes": "4"}, "businessCritical")
    levels = {str(each).lower() for each in gdpr.get("datasensitivitylevels") or []}
    if levels:
        row.put("personal_data", "no" if levels == {"none"} else "yes")
    if "sensitivedata" in levels:
        row.put("sensitive_data", "yes")
    special = {str(each).lower() for each in gdpr.get("specificpersonaldata") or []}
    if "cprnumber" in special:
        row.put("personal_numbers", "yes")
    kinds = [*names(gdpr.get("registereddatacategories")), *names(gdpr.get("sensitivepersondata"))]
    row.put("data_categories", ", ".join(kinds))
    row.put("security_measures", ", ".join(map(str, gdpr.get("technicalprecautionsapplied") or [])))
    row.put("impact_assessment_date", day(gdpr.get("dpiadate")))
    row.keep("dataSensitivityLevels", sorted(levels - {"none", "persondata", "sensitivedata"}))
    row.keep("specificPersonalData", sorted(special - {"cprnumber"}))
    for key in ("riskassessmentresult", "riskassessmentconducteddate", "plannedriskassessmentdate",
                "usersupervisiondate", "nextdataretentionevaluationdate"):  # fmt: skip
        row.keep(key, gdpr.get(key))


def _processed(row: _Row, registrations: Iterable[Json]) -> None:
    """Take who processes the data, where they go and when that is looked at next."""
    processors: list[str] = []
    looked: list[date] = []
    for each in registrations:
        general, oversight = each.get("general") or {}, each.get("oversight") or {}
        processors += names(general.get("dataprocessors"))
        row.choose("third_country", general.get("transfertoinsecurethirdcountries"), YES_NO,
                   "transferToInsecureThirdCountries")  # fmt: skip
        row.put("transfer_country", ", ".join(names(general.get("insecurecountriessubjecttodatatransfer")))[:120])
        row.put("transfer_safeguard", name(general.get("basisfortransfer"))[:200])
        looked += filter(None, [day(oversight.get("oversightscheduledinspectiondate"))])
    row.put("processor", ", ".join(dict.fromkeys(processors))[:160])
    row.put("supervision_date", min(looked, default=None))


def _archived(row: _Row, archiving: Json) -> None:
    row.choose("archive_duty", archiving.get("archiveduty"), ARCHIVED, "archiveDuty")
    for key in ("notes", "frequencyinmonths", "documentbearing"):
        row.keep(f"archiving.{key}", archiving.get(key))
    row.keep("archiving.location", name(archiving.get("location")))


def contracts(found_contracts: Iterable[Json], codes: Mapping[str, str]) -> Rows:
    """Return contracts as rows of the register of contracts. ``codes``: our numbers of things, by their uuid."""
    found = Rows()
    for line, contract in enumerate(map(lowered, found_contracts), 1):
        row = _Row(line, found)
        general = contract.get("general") or {}
        row.put("name", _text(contract.get("name"), 200))
        row.put("number", _text(general.get("contractid"), 80))
        row.put("kind", name(general.get("contracttype"))[:80])
        valid = general.get("validity") or {}
        row.put("start_date", day(valid.get("validfrom")))
        row.put("end_date", day(valid.get("validto")))
        row.put("systems", _used(contract, codes))
        row.put("owner_name", ", ".join(_holders(contract, "ejer", "owner", "ansvarlig"))[:120])
        row.put("linked", codes.get(contract["uuid"]))
        row.keep("notes", general.get("notes"))
        row.keep("parentContract", name(contract.get("parentcontract")))
        row.keep("criticality", name(general.get("criticality")))
        _supplied(row, contract.get("supplier") or {})
        _terms(row, contract)
        _paid(row, contract.get("payments") or {})
        row.done(contract["uuid"])
    return found


def _used(agreement: Json, codes: Mapping[str, str]) -> list[str]:
    """Return the numbers of the systems an agreement is for; the names of those that have none here."""
    pairs = agreement.get("systemusages") or []
    return list(dict.fromkeys(filter(None, (codes.get(str(each.get("uuid"))) or name(each) for each in pairs))))


def processing_agreements(registrations: Iterable[Json], codes: Mapping[str, str], taken: Iterable[str]) -> Rows:
    """Return the registrations whose agreement is concluded as contracts.

    ``codes``: our numbers of things, by their uuid; ``taken``: the names of the other contracts.
    """
    found, others = Rows(), {each.casefold() for each in taken}
    for line, registration in enumerate(map(lowered, registrations), 1):
        general, oversight = registration.get("general") or {}, registration.get("oversight") or {}
        if str(general.get("isagreementconcluded")).lower() != "yes":
            continue
        row, called = _Row(line, found), _text(registration.get("name"), 170)
        row.put("name", f"{called} (databehandleraftale)" if called.casefold() in others else called)
        row.put("kind", "processing")
        row.put("signed_date", day(general.get("agreementconcludedat")))
        row.put("systems", _used(registration, codes))
        row.put("owner_name", ", ".join(_holders(registration, "ejer", "owner", "ansvarlig"))[:120])
        row.put("linked", codes.get(registration["uuid"]))
        processors = general.get("dataprocessors") or []
        if processors:
            _supplied(row, {"organization": processors[0]})
        row.keep("dataProcessors", names(processors[1:]))
        row.keep("subDataProcessors", [name(each.get("dataprocessororganization")) or name(each)
                                       for each in general.get("subdataprocessors") or []])  # fmt: skip
        row.keep("agreementConcludedRemark", general.get("agreementconcludedremark"))
        row.keep("oversightInterval", oversight.get("oversightinterval"))
        row.done(registration["uuid"])
    return found


def _supplied(row: _Row, supplier: Json) -> None:
    company = supplier.get("organization") or {}
    row.put("supplier", name(company)[:160])
    number = _text(company.get("cvr"), 20)
    row.put("supplier_number", organisation_number(number) if number else None)
    if number and "supplier_number" not in row.values:
        row.keep("cvr", number)
    if "signedat" in supplier:
        row.put("signed_date", day(supplier["signedat"]))


def _terms(row: _Row, contract: Json) -> None:
    period, ending = contract.get("agreementperiod") or {}, contract.get("termination") or {}
    terms = ending.get("terms") or {}
    row.put("irrevocable_date", day(period.get("irrevocableuntil")))
    row.put("notice_given_date", day(ending.get("terminatedat")))
    months = name(terms.get("noticeperiodmonths"))
    if months.isascii() and months.isdigit():
        row.put("notice", (int(months), 0))
    else:
        row.keep("noticePeriodMonths", months)
    row.choose("notice_to", terms.get("noticebyendof"), ENDS, "noticeByEndOf")
    row.keep("noticePeriodExtendsCurrent", terms.get("noticeperiodextendscurrent"))
    words = name(period.get("extensionoptions"))
    if options := _OPTIONS.search(words.lower()):
        row.put("options", int(options[1]))
        row.put("option_months", int(options[2]) * (12 if options[3] == "år" else 1))
        row.put("options_used", period.get("extensionoptionsused") or None)
    else:
        row.keep("extensionOptions", words)
    row.keep("isContinuous", period.get("iscontinuous"))


def _sum(payment: Json) -> int:
    return sum(payment.get(key) or 0 for key in ("acquisition", "operation", "other"))


def _paid(row: _Row, payments: Json) -> None:
    """Keep what is paid: KITOS has whole numbers without currency or year, so they are no cost a year here."""
    for side in ("external", "internal"):
        row.keep(f"payments.{side}", [f"{name(each.get('organizationunit'))} {_sum(each)}".strip()
                                      for each in payments.get(side) or []])  # fmt: skip
