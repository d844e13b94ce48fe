"""Say what is known of systems where people take it away: the list as a file, and the mails that ask their owners."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.formats.csv_lines import register_lines
from samsyn.formats.registers import SYSTEMS
from samsyn.organisation.queries import unit_names
from samsyn.systems import queries
from samsyn.systems.choices import ALL_QUESTIONS, ANSWERS
from samsyn.web.numbers import language, long_date

FIELDS = tuple(each.name for each in SYSTEMS.fields)
Names = Mapping[str, str]


def whole_list(**asked: Any) -> Iterator[str]:
    """Return the lines of a file, a system each. What nobody knows says so; what nobody has answered is empty.

    ``asked``: see `queries.systems`. Columns are called as the reader's language has it.
    """
    units = unit_names()
    borne = Counter(units.values())
    names = {code: name if borne[name] == 1 else code for code, name in units.items()}
    words = {name: {value: str(label) for value, label in choices.choices} for name, choices in ANSWERS.items()}
    aspects = queries.aspects(language(get_language()))
    further = {aspect: label for aspect, label in aspects.items() if f"class_{aspect}" not in FIELDS}
    unknown = _("unknown")
    things = (_told(each, names, words, further, unknown) for each in queries.every_system(**asked))
    return register_lines(SYSTEMS, _, things, [*further.values(), *queries.received_headers(**asked)])


def _told(usage: Any, names: Names, words: Mapping[str, Names], further: Names, unknown: str) -> dict[str, Any]:
    found = {name: value for name in FIELDS if (value := getattr(usage, name, "")) not in ("", None, [])}
    found |= {name: words[name][found[name]] for name in words.keys() & found.keys()}
    levels = usage.information_class
    found |= {f"class_{aspect}": level for aspect, level in levels.items()}
    del found["users"]  # who uses it, to the database
    if usage.users_from is not None:
        found["users"] = (usage.users_from, usage.users_to)
    not_known = {"users" if name == "users_from" else name: unknown for name in usage.unknown}
    received = {**usage.received, **{label: levels.get(aspect) for aspect, label in further.items()}}
    found |= {"former_names": queries.other_names(usage), "supplier": usage.system.supplier, "received": received}
    users = [names.get(code, code) for code in queries.users_of(usage)]
    return {**not_known, **found, **({"used_by": users} if users else {})}


def campaign(campaign: Any, person: Any, left: int, municipality: Any, base_url: str) -> tuple[str, str]:
    """Return subject and body of the mail that asks an owner some questions about their systems."""
    day = long_date(campaign.until, language(get_language()))
    url = base_url.rstrip("/") + reverse("campaign", args=[municipality.code, campaign.key])
    answers = ngettext("%(n)s answer", "%(n)s answers", left) % {"n": left}
    lines = [
        _("Hello %(name)s,") % {"name": person.name}, "",
        _("By %(day)s we need %(answers)s from you about the systems you own.") % {"day": day, "answers": answers},
        _("This is what we ask:"), *(f"– {ALL_QUESTIONS[each]}" for each in campaign.questions), "",
        _("That nobody knows is an answer too. Each answer is kept at once, so you can stop and go on another day."),
        "", url,
    ]  # fmt: skip
    subject = _("About your systems: %(answers)s by %(day)s") % {"answers": answers, "day": day}
    return subject, "\n".join(lines)
