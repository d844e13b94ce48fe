"""Show systems: the list, the gaps in it, the answers of one."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.formats.registers import SYSTEMS
from samsyn.history.choices import field_name
from samsyn.organisation.queries import unit_names
from samsyn.systems import engine, queries
from samsyn.systems.choices import (
    ALL_QUESTIONS,
    ALSO,
    ANSWERS,
    LISTS,
    OF_PERSONAL_DATA,
    QUESTIONS,
    SECTIONS,
    Hosting,
    Kind,
    LifeCycle,
)
from samsyn.systems.queries import DATES
from samsyn.web.components import Column, Table, Tone, link, pill
from samsyn.web.numbers import NBSP, kr, language, long_date, number

TONES: dict[str, Tone] = {"pilot": "amber", "operational": "good", "phasing_out": "amber"}
GAPS = ("owner_name", "contract_end_date", "personal_data")


def systems(municipality: str, found: list[Any]) -> Table:
    """Return one page of systems."""
    columns = [Column(_("System")), Column(_("What it is for")), Column(_("Supplier")), Column(_("Owner")),
               Column(_("Stage")), Column(_("Answered"))]  # fmt: skip
    today = timezone.localdate()
    rows = [
        [
            link(each.name, reverse("system", args=[municipality, each.code])), each.purpose, each.system.supplier,
            each.owner_name, stage(each, today), _answered(each),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Systems"), columns, rows, hide_caption=True)


def catalogue(municipality: str, found: list[tuple[Any, str]], may_edit: bool) -> Table:
    """Return one page of the shared catalogue, each with our own use of it or the way to add it."""
    columns = [Column(_("System")), Column(_("Here")), Column(_("Supplier")), Column(_("What can it do?"))]
    new = reverse("system-new", args=[municipality])
    rows = []
    for each, code in found:
        names = format_html("{}{}", each.name, _once_called(each.former_names))
        add = link(_("Add it"), f"{new}?of={each.key}") if may_edit else ""
        here = link(_("In use here"), reverse("system", args=[municipality, code])) if code else add
        rows.append([names, here, each.supplier, ", ".join(each.functions)])
    return Table(_("Shared catalogue"), columns, rows, hide_caption=True)


def _once_called(names: list[str]) -> str:
    words = _("Once called") + " " + ", ".join(names)
    return format_html('<br><span class="small quiet">{}</span>', words) if names else ""


def _answered(usage: Any) -> str:
    left = usage.missing.count(",") - 1
    if left <= 0:
        return pill(_("known"), "good")
    return ngettext("%(n)s question left", "%(n)s questions left", left) % {"n": left}


def gaps(municipality: str, tally: dict[str, int]) -> list[tuple[str, str, str]]:
    """Return (how many, what they lack, address of those) for the gaps that hurt most."""
    words = {
        "owner_name": _("lack an owner"), "contract_end_date": _("lack the day the contract ends"),
        "personal_data": _("have not said whether they hold personal data"),
    }  # fmt: skip
    there = reverse("systems", args=[municipality])
    return [(str(tally[name]), words[name], f"{there}?{urlencode({'missing': name})}") for name in GAPS]


def stage(usage: Any, on: date | None = None) -> str:
    """Return where in its life a system is on a day, today unless said, as a pill."""
    found = queries.stage(usage, on or timezone.localdate())
    return pill(str(LifeCycle(found).label), TONES.get(found, "neutral"))


def filters(asked: dict[str, str]) -> list[tuple[str, str, Any, str]]:
    """Return (name, words, choices, chosen) of what a list may be narrowed by, beside words and gaps."""
    return [
        ("kind", _("Kind"), Kind.choices, asked["kind"]),
        ("hosting", _("Who runs it"), Hosting.choices, asked["hosting"]),
        ("stage", _("Stage"), LifeCycle.choices, asked["stage"]),
    ]  # fmt: skip


def claim(usage: Any, owned: bool) -> tuple[str, list[str]]:
    """Return the stage somebody has claimed, as a pill, and what contradicts it; nothing where nothing does."""
    derived, on = queries.stage(usage, timezone.localdate()), timezone.localdate()
    found = engine.doubts(usage.claimed_stage, derived, usage.contract_end_date, owned, on)
    words = {
        "days": _("The days of its life say something else."), "contract": _("The contract says something else."),
        "acceptance": _("Nobody has accepted to own it."),
    }  # fmt: skip
    label = _("claimed: %(stage)s") % {"stage": LifeCycle(usage.claimed_stage).label} if found else ""
    return pill(label, "amber") if found else "", [words[each] for each in found]


def answers(usage: Any, owned: bool) -> Table:
    """Return the eight questions and their answers."""
    found, known = queries.answers(usage), queries.how_known(usage)
    rows = [[str(words), _answer(name, found[name], known)] for name, words in QUESTIONS.items()]
    if found["owner_name"] and not owned:
        # a name somebody wrote is a claim until the one it names has accepted
        at = tuple(QUESTIONS).index("owner_name")
        rows[at][1] = format_html("{} {}", rows[at][1], pill(_("claimed, not accepted"), "amber"))
    return Table(_("Eight questions"), [Column(_("Question")), Column(_("Answer"))], rows, hide_caption=True)


def _answer(name: str, value: Any, known: Any) -> str:
    if name in known.not_known:
        return pill(_("nobody knows"), "amber")
    return written(name, value) if name in known.answered else pill(_("not answered"), "red")


def written(name: str, value: Any) -> str:
    """Write an answer as people read it."""
    if value in (None, "", [], {}):
        return "–"
    speech = language(get_language())
    if name == "used_by":
        names = unit_names()
        return ", ".join(names.get(each, each) for each in value)
    if name == "unknown":
        return ", ".join(str(ALL_QUESTIONS[each]) for each in value)
    if name in LISTS:
        return ", ".join(value)
    if name in ANSWERS:
        return str(ANSWERS[name](value).label)
    if name.endswith("_date"):
        return long_date(value, speech)
    return kr(value, speech) if name.endswith("_ore") else str(value)


def life(usage: Any) -> list[tuple[str, Any]]:
    """Return (stage, day) of the days of its life that are known."""
    days = [(str(LifeCycle(stage).label), getattr(usage, name)) for stage, name in DATES.items()]
    return [(words, day) for words, day in days if day]


def both(form: Any, now: dict[str, Any]) -> Table:
    """Return the fields where what was typed differs from what stands there now."""
    form.is_valid()
    typed = form.cleaned_data
    rows = [
        [str(form[name].label), written(name, now.get(name)), written(name, typed[name])]
        for name in typed if typed[name] != now.get(name)
    ]  # fmt: skip
    columns = [Column(_("Field")), Column(_("Stands there now")), Column(_("You wrote"))]
    return Table(_("What differs"), columns, rows)


def received(usage: Any) -> Table:
    """Return what files have said of a system that found no field, as they said it."""
    columns = [Column(_("Column")), Column(_("As received"))]
    rows = sorted((SYSTEMS.called_by(header, _), text) for header, text in usage.received.items())
    return Table(_("As received"), columns, rows, hide_caption=True)


def sections(usage: Any, scale: Any) -> list[dict[str, Any]]:
    """Return what is known beyond the eight questions: answers by section, and the questions without one."""
    found = []
    for slug, (title, questions) in SECTIONS.items():
        known = queries.further_known(usage, questions)
        rows = [[str(words), further(usage, name, scale)] for name, words in questions.items()
                if name in (*known.answered, *known.not_known)]  # fmt: skip
        found.append({
            "slug": slug, "title": title, "answers": rows,
            "missing": [questions[name] for name in known.missing], "asked": bool(rows or known.missing),
        })  # fmt: skip
    return found


def further(usage: Any, name: str, scale: Any) -> str:
    """Write the answer to a question, of the eight or beyond, with what is said together with it."""
    value = queries.answers(usage)[name] if name in QUESTIONS else getattr(usage, name)
    if value in (None, "", [], {}):
        if name in usage.unknown:
            return pill(_("nobody knows"), "amber")
        return _("it holds no personal data") if name in OF_PERSONAL_DATA and usage.personal_data == "no" else "–"
    main, also = written(name, value), ALSO.get(name, ())
    if name == "users_from":
        main, also = _between(usage), ()
    if name == "information_class":
        speech = language(get_language())
        called = {each["code"]: each[speech] for each in scale[1]}
        codes = [*(each for each in called if each in value), *sorted(value.keys() - called.keys())]
        levels = [f"{called.get(code, code)} {value[code]}" for code in codes]
        main = f"{', '.join(levels)} ({usage.class_scale})"
    rest = [(field_name(each, _), written(each, told)) for each in also if (told := getattr(usage, each))]
    return format_html("{}{}", main, format_html_join("", '<br><span class="small quiet">{}: {}</span>', rest))


def _between(usage: Any) -> str:
    speech = language(get_language())
    least, most = number(usage.users_from, speech), usage.users_to
    return least if most in (None, usage.users_from) else f"{least}–{number(most, speech)}"


def asked_of(*, request: Any) -> str:
    """Return the rounds of questions that wait for a person, for the page of what they answer for."""
    waiting = [(each, left) for each, left in queries.asked_of(request.user, timezone.localdate()) if left]
    return render_to_string("systems/asked_of.html", {"waiting": waiting}, request=request) if waiting else ""


def campaigns(municipality: str, found: list[Any]) -> Table:
    """Return the rounds of questions, with how far each has come."""
    columns = [Column(_("Asked on"), "date"), Column(_("What is asked")), Column(_("Last day"), "date"),
               Column(_("Answered"))]  # fmt: skip
    rows = [
        [
            link(long_date(timezone.localdate(each.campaign.asked_at), language(get_language())),
                 reverse("campaign-progress", args=[municipality, each.campaign.key])),
            _named(each.campaign.questions), each.campaign.until, _of(each.asked - each.left, each.asked),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Rounds of questions"), columns, rows, hide_caption=True)


def progress(campaign: Any, asked: list[Any], names: bool) -> Table:
    """Return per owner and question how many answers there are; who the owners are is for those concerned."""
    columns = [Column(_("Owner")), Column(_("Systems"), "number")]
    columns += [Column(_("Question %(n)s") % {"n": place + 1}) for place in range(len(campaign.questions))]
    owners = dict.fromkeys(each.owner for each in asked)
    rows = []
    for owner in sorted(owners, key=lambda each: (each is None, each.name if each and names else "")):
        mine = [each for each in asked if each.owner == owner]
        called = _("nobody owns them") if owner is None else owner.name if names else _("a named person")
        done = [sum(name not in each.left for each in mine) for name in campaign.questions]
        rows.append([called, len(mine), *(_of(n, len(mine)) for n in done)])
    whole = [sum(name not in each.left for each in asked) for name in campaign.questions]
    foot = [_("All"), len(asked), *(_of(n, len(asked)) for n in whole)]
    return Table(_("Answers by owner"), columns, rows, foot=foot, hide_caption=True)


def _of(done: int, whole: int) -> str:
    return (_("%(done)s of %(all)s") % {"done": done, "all": whole}).replace(" ", NBSP)


def _named(questions: list[str]) -> str:
    words = [field_name(each, _) for each in questions]
    return ", ".join([*words[:1], *(each[:1].lower() + each[1:] for each in words[1:])])


def mine(here: str, asked: list[Any], questions: list[str]) -> Table:
    """Return the systems one owner is asked about, with how many answers each has."""
    columns = [Column(_("System")), Column(_("Answered"))]
    rows = [
        [link(each.usage.name, f"{here}?{urlencode({'system': each.usage.code})}"),
         pill(_("all answered"), "good") if not each.left else _of(len(questions) - len(each.left), len(questions))]
        for each in asked
    ]  # fmt: skip
    return Table(_("Your systems"), columns, rows, hide_caption=True)
