"""Hand out one answer as a paper for a meeting or as a workbook."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsyn.formats.document_pdf import Paper, PaperColumn, PaperSection, write_paper
from samsyn.formats.workbook import write_sheets
from samsyn.portfolio.choices import Aim
from samsyn.portfolio.queries import Asked, Option
from samsyn.portfolio.words import Names, day, goes, headline, held, money, why
from samsyn.web.numbers import language, long_date


def paper(
    question: Asked, option: Option, names: Names, words: tuple[Names, Names], funding: Mapping[str, Any],
    made_at: datetime,
) -> bytes:  # fmt: skip
    """Return one answer as PDF: what is left in which order, what is kept, what was counted with."""
    heads = [PaperColumn("", True), PaperColumn(_("Leave")), PaperColumn(_("Give notice by")),
             PaperColumn(_("Paid until")), PaperColumn(_("Who goes where"))]  # fmt: skip
    left = [
        (str(number), _left(names.get(each.system, each.system), funding.get(each.system, ())),
         day(each.notice_by), day(each.end),
         "; ".join(goes(each, names, words)) or _("nobody uses it"))
        for number, each in enumerate(option.moves, 1)
    ]  # fmt: skip
    counted = [
        (_called(question, code, names), "" if each.yearly_ore is None else money(each.yearly_ore),
         money(each.exit_ore), money(each.join_ore), day(each.end),
         _("kept") if code in option.choice.kept else _("left"))
        for code, each in question.case.systems.items()
    ]  # fmt: skip
    columns = [PaperColumn(_("System")), PaperColumn(_("Cost a year"), True), PaperColumn(_("To leave it"), True),
               PaperColumn(_("To take in one more"), True), PaperColumn(_("Paid until")),
               PaperColumn(_("In this option"))]  # fmt: skip
    speech = language(get_language())
    made = long_date(timezone.localdate(made_at), speech)
    return write_paper(
        Paper(
            question.portfolio.name, question.portfolio.municipality.name, speech,
            [question.portfolio.municipality.name, question.portfolio.name, str(Aim(option.aim).label)],
            headline(question, option), why(question, option),
            [
                PaperSection(_("What is left, in the order to move"), _("An option to talk about, not a decision."),
                             heads, left),
                PaperSection(_("What was counted with"), _left_out(question), columns, counted),
            ],
            f"{question.portfolio.code} · {made}", _("page {page} of {pages}"), wide=True,
        ),
        made_at,
    )  # fmt: skip


def _called(question: Asked, code: str, names: Names) -> str:
    """Name a system, and say where something is assumed of it: a meeting must see what is no fact."""
    name = names.get(code, code)
    return f"{name} ({_('assumed')})" if code in question.portfolio.assumed else name


def _left_out(question: Asked) -> str:
    n = len(question.portfolio.unneeded)
    return ngettext("%(n)s need is left out.", "%(n)s needs are left out.", n) % {"n": n} if n else ""


def _left(name: str, funding: Iterable[Any]) -> str:
    words = held(funding)
    return f"{name}. {words}" if words else name


def workbook(
    question: Asked, option: Option, names: Names, words: tuple[Names, Names], funding: Mapping[str, Any]
) -> bytes:
    """Return one answer as a workbook: amounts in kronor, days as days."""
    kept = set(option.choice.kept)
    systems = [
        (code, _called(question, code, names), None if each.yearly_ore is None else each.yearly_ore / 100,
         each.exit_ore / 100, each.join_ore / 100, each.end, each.notice_by, _("kept") if code in kept else _("left"),
         held(funding.get(code, ())))
        for code, each in question.case.systems.items()
    ]  # fmt: skip
    goings = [
        (number, each.system, names.get(each.system, each.system), words[1].get(unit, unit),
         words[0].get(capability, capability), names.get(system, system))
        for number, each in enumerate(option.moves, 1) for unit, capability, system in each.goes
    ]  # fmt: skip
    heads = [_("Number"), _("System"), _("Cost a year"), _("To leave it"), _("To take in one more"),
             _("Paid until"), _("Give notice by"), _("In this option"), _("Others pay a part")]  # fmt: skip
    then = [_("Order"), _("Number"), _("Leave"), _("Who"), _("What"), _("Goes to")]
    return write_sheets({_("Systems"): (heads, systems), _("Who goes where"): (then, goings)})
