"""Say what a statement says, in plain words: the same sentences for the page, the PDF and the mail.

The language is the active one. Words that nobody outside the IT unit should have to know are tested for.
"""

from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samsyn.charging import phrases as say
from samsyn.charging.engine import Effect
from samsyn.charging.queries import Explanation, Service, Statement, service_year
from samsyn.core.periods import Period
from samsyn.costing import queries as costing
from samsyn.web import numbers
from samsyn.web.components import Chart

_EXACT_BELOW = 1000_00  # below a thousand kronor the öre are shown, so that a reader can add up


class Step(NamedTuple):
    """One of the five steps of *Why?*: what it is about, then what is to say."""

    lead: str
    text: str


class Card(NamedTuple):
    """One fact of a statement: its value, and what it is."""

    value: str
    note: str


def headline(found: Statement) -> str:
    """Say in one sentence what the unit pays this month."""
    facts = {"month": say.month(found.period), "unit": found.unit.name, "amount": say.kr(abs(found.total_ore))}
    if found.total_ore > 0:
        return _("In %(month)s %(unit)s pays %(amount)s for IT") % facts
    if found.total_ore < 0:
        return _("In %(month)s %(unit)s gets %(amount)s back for IT") % facts
    return _("In %(month)s %(unit)s pays nothing for IT") % facts


def why(found: Statement) -> str:
    """Say what changed since last month and the two things that changed it most."""
    before = found.period.shift(-1)
    if found.change is None or found.before_ore is None:
        return _nothing_to_compare(found, before)
    total = found.change.total_ore
    facts = {"amount": say.kr(abs(total)), "month": say.month(before), "causes": _causes(found)}
    if not found.change.effects:
        return _("That is as much as in %(month)s, and nothing has changed.") % facts
    if not total:
        return _("That is as much as in %(month)s, but not for the same things: %(causes)s.") % facts
    if total > 0:
        return _("That is %(amount)s more than in %(month)s: %(causes)s.") % facts
    return _("That is %(amount)s less than in %(month)s: %(causes)s.") % facts


def _nothing_to_compare(found: Statement, before: Period) -> str:
    kind, day = _broken(found, before)
    facts = {"unit": found.unit.name, "day": say.day(day), "month": say.month(before)}
    if kind == "merged":
        return _("We have nothing to compare with: %(unit)s took its present form in a merger on %(day)s.") % facts
    if kind == "split":
        return _("We have nothing to compare with: %(unit)s took its present form in a split on %(day)s.") % facts
    return _("We have nothing to compare with: there is no statement for %(month)s.") % facts


def _broken(found: Statement, other: Period) -> tuple[str, date | None]:
    """Return how and when the unit changed since another period, ("", None) when it did not."""
    kind, _space, text = found.not_comparable.partition(" ")
    day = date.fromisoformat(text) if text else None
    return (kind, day) if day and other.last_date < day else ("", None)


def _causes(found: Statement) -> str:
    if found.change is None or not found.change.effects:
        return ""
    largest = found.change.largest(2)
    parts = [_effect(found, effect) for effect in largest]
    rest = found.change.total_ore - sum(effect.amount_ore for effect in largest)
    if len(parts) == 1:
        return parts[0]
    facts = {"first": parts[0], "second": parts[1], "rest": say.signed_kr(rest)}
    if rest or len(found.change.effects) > 2:
        return _("%(first)s, %(second)s and other changes (%(rest)s)") % facts
    return _("%(first)s and %(second)s") % facts


def _effect(found: Statement, effect: Effect) -> str:
    phrase = _changed(service_of(found, effect.service), effect)
    return f"{phrase} ({say.signed_kr(effect.amount_ore)})"


def _changed(service: Service, effect: Effect) -> str:
    things = say.things(service)
    if effect.kind == "new":
        return _("%(things)s, which you did not pay for before") % {"things": things}
    if effect.kind == "ended":
        return _("%(things)s, which you no longer pay for") % {"things": things}
    if effect.kind == "price":
        return _price_change(service, things, effect.amount_ore > 0)
    step = service.row.get("step") or 1
    return _volume_change(service, Fraction(effect.quantity_after - effect.quantity_before, step))


def _price_change(service: Service, things: str, up: bool) -> str:
    if service.row.get("mode") != "price":
        text = _("a higher cost of %(things)s") if up else _("a lower cost of %(things)s")
    else:
        text = _("a higher price for %(things)s") if up else _("a lower price for %(things)s")
    return text % {"things": things}


def _volume_change(service: Service, more: Fraction) -> str:
    count = abs(more)
    facts = {"count": say.number_word(count), "things": say.things(service, count)}
    if count != 1 and not say.own_plural(service):
        text = _("%(count)s more of %(things)s") if more > 0 else _("%(count)s fewer of %(things)s")
        return text % facts
    form = 1 if count == 1 else 2
    if more > 0:
        return ngettext("%(count)s more %(things)s", "%(count)s more %(things)s", form) % facts
    return ngettext("%(count)s fewer %(things)s", "%(count)s fewer %(things)s", form) % facts


def service_of(found: Statement, code: str) -> Service:
    """Return a service of the statement, or of the month before when it has ended."""
    known = {service.code: service for service in found.services}
    if code in known:
        return known[code]
    for period in (found.period, found.period.shift(-1)):
        row = costing.services(found.run.model_version, period).get(code)
        if row:
            break
    return Service(code, row or {"name": code}, 0, None, 0, 0, 0, False)


def facts(found: Statement) -> list[Card]:
    """Return at most four facts: so far this year, the year ahead, last month, the same month last year."""
    before, last_year = found.period.shift(-1), found.period.shift(-12)
    cards = [_so_far(found)]
    if found.forecast_ore is not None and found.period.month < 12:
        year = _("for the whole of %(year)s, if it goes on like this") % {"year": found.period.year}
        cards.append(Card(_forecast(found.forecast_ore, found.budget_ore), year))
    cards.append(_comparison(found, before, found.before_ore))
    cards.append(_comparison(found, last_year, found.year_before_ore))
    return cards


def _so_far(found: Statement) -> Card:
    told = {"year": found.period.year, "budget": say.kr(found.budget_ore or 0)}
    budgeted = _("so far in %(year)s, of %(budget)s")
    return Card(say.kr(found.so_far_ore), (budgeted if found.budget_ore else _("so far in %(year)s")) % told)


def _forecast(ore: int, budget: int | None) -> str:
    """Say what the year comes to; against the budget where there is one, as roughly as the forecast is."""
    over = _about(ore) - budget if budget else 0
    told = {"amount": say.kr(abs(over) if budget else _about(ore))}
    if not budget:
        return _("about %(amount)s") % told
    if abs(over) < 1000_00:
        return _("about as budgeted")
    return (_("about %(amount)s over budget") if over > 0 else _("about %(amount)s under budget")) % told


def _comparison(found: Statement, other: Period, ore: int | None) -> Card:
    month = say.month_and_year(other)
    if ore is not None:
        return Card(say.kr(ore), _("in %(month)s") % {"month": month})
    kind, day = _broken(found, other)
    told = {"month": month, "day": say.day(day)}
    if kind == "merged":
        note = _("with %(month)s: units were merged on %(day)s") % told
    elif kind == "split":
        note = _("with %(month)s: the unit was split on %(day)s") % told
    else:
        note = _("with %(month)s: there is no statement then") % told
    return Card(_("No comparison"), note)


def _about(ore: int) -> int:
    """Round a forecast to what it can promise: thousands from 100 000 kr, else hundreds."""
    step = 1000_00 if abs(ore) >= 100_000_00 else 100_00
    return (2 * ore + step) // (2 * step) * step


def line_detail(service: Service) -> str:
    """Say how a line's amount comes about: ``220 stycken × 225 kr``."""
    if not service.is_charged:
        return _("part of the base assignment, paid with taxes")
    if not service.quantity:
        return _("your share of the cost")
    told = {"pieces": say.pieces(service), "price": say.unit_price(service)}
    if service.price_micro is not None:
        return _("%(pieces)s × %(price)s") % told
    return _("%(pieces)s, your share of the cost") % told


def which(service: Service) -> str:
    """Ask for the list behind a line's number."""
    return _("which %(n)s?") % {"n": numbers.number(service.quantity, say.language())}


def tag(service: Service) -> tuple[str, Literal["neutral", "good"]]:
    """Say which of three a line is: paid with taxes, paid by all, or possible to hand back."""
    if not service.is_charged:
        return _("paid with taxes"), "neutral"
    standing = service.row.get("standing")
    if standing == "optional":
        return _("can be handed back"), "good"
    # what is charged is not paid with taxes, whatever the model calls it
    return (_("paid by all"), "neutral") if standing else ("", "neutral")


def influence(found: Statement) -> list[tuple[str, str]]:
    """Return what the unit can influence and from when, as the services' owners have written it."""
    written = ((each.name(say.language()), say.said(each, "influence")) for each in found.services)
    return [(name, text) for name, text in written if text]


def picture(found: Statement) -> Chart:
    """Return where the money goes, by service."""
    paid = [each for each in found.services if each.charged_ore]
    names = [each.name(say.language()) for each in paid]
    sentence = ""
    if paid:
        share = numbers.percent(paid[0].charged_ore, found.total_ore, say.language())
        sentence = _("%(name)s is the largest part, %(share)s.") % {"name": names[0], "share": share}
    return Chart(
        id="where-it-goes", kind="bar", title=_("Where the money goes"), sentence=sentence, labels=names,
        series={_("Amount"): [each.charged_ore for each in paid]}, headings=[_("Service")],
    )  # fmt: skip


def why_steps(found: Explanation) -> list[Step]:
    """Say in five steps why a line is what it is: amount, number, price, cost, decision."""
    return [_amount_step(found), _number_step(found), _price_step(found), _cost_step(found), _decision_step(found)]


def _amount_step(found: Explanation) -> Step:
    service = found.service
    count = say.quantity(service)
    told = {
        "count": say.number(count), "things": say.things(service, count), "day": say.day(found.counted_on),
        "amount": say.kr(service.amount_ore),
    }  # fmt: skip
    if not service.quantity:
        counted = _("No number has been counted for you.")
    elif found.counted_on is None:
        counted = _("You have %(count)s %(things)s.") % told
    else:
        counted = _("You had %(count)s %(things)s on %(day)s.") % told
    if not service.is_charged:
        return Step(say.kr(0) + ".", _("You pay nothing for this: taxes pay it.") + " " + counted)
    if service.price_micro is None:
        return Step(_("Your share is %(amount)s.") % told, counted)
    return Step(f"{told['count']} × {say.unit_price(service)}.", counted)


def _number_step(found: Explanation) -> Step:
    if found.answer is None:
        answer = _("You have not said whether it is right.")
    elif found.answer.agrees:
        answer = _("You have said that it is right.")
    elif found.answer.comment:
        answer = _("You have said that it is not right: “%(comment)s”") % {"comment": found.answer.comment}
    else:
        answer = _("You have said that it is not right.")
    if found.source:
        source = _("comes from %(source)s.") % {"source": found.source}
    else:
        source = _("has no stated source.")
    if found.service.estimated:
        source += " " + _("It is an estimate.")
    return Step(_("The number"), f"{source} {answer}")


def _price_step(found: Explanation) -> Step:
    service = found.service
    if service.is_charged and service.price_micro is not None:
        lead = _("The price %(price)s") % {"price": say.unit_price(service)}
        since = service.row.get("valid_from")
        if not since:
            return Step(lead, _("is the same for everyone."))
        text = _("is the same for everyone and holds from %(day)s.")
        return Step(lead, text % {"day": say.day(since)})
    told = {"mine": say.kr(service.cost_ore), "all": say.kr(found.service_cost_ore), "month": say.month(found.period)}
    return Step(_("Your share"), _("is %(mine)s of the %(all)s that this cost everyone in %(month)s.") % told)


def _cost_step(found: Explanation) -> Step:
    cost = found.service.cost_ore
    parts = [(_cause_name(found, cause), cause.amount_ore) for cause in found.causes]
    if found.other_count:
        parts.append((_("other"), found.other_ore))
    if not parts:
        none = _("behind your line is %(cost)s.") % {"cost": say.kr(0)}
        return Step(_("The cost"), f"{none} {_difference(found)}".rstrip())
    write = say.kr_exact if max(abs(ore) for _name, ore in parts) < _EXACT_BELOW else say.kr
    shown = parts if write is say.kr_exact else say.adding_up(parts)
    told = {"cost": write(cost), "causes": say.listed([f"{name} {write(ore)}" for name, ore in shown])}
    text = _("behind your line is %(cost)s: %(causes)s.") % told
    return Step(_("The cost"), f"{text} {_difference(found)}".rstrip())


def _cause_name(found: Explanation, cause: Any) -> str:
    """Return a cause's name; with its kind of cost where two causes share the name."""
    twins = sum(other.name == cause.name for other in found.causes)
    return say.middle(cause.name) + (f" ({say.middle(cause.cost_type_name)})" if twins > 1 else "")


def _difference(found: Explanation) -> str:
    ore = found.price_difference_ore
    if not ore:
        return ""
    told = {"amount": say.kr(abs(ore))}
    if ore > 0:
        return _("You pay %(amount)s more than it cost, and the IT unit keeps that.") % told
    return _("You pay %(amount)s less than it cost, and the IT unit bears that.") % told


def _decision_step(found: Explanation) -> Step:
    decision = found.decision
    if decision is None:
        if found.service.price_micro is None:
            return Step(_("No decision"), _("is registered: how the cost is shared is only claimed."))
        return Step(_("No decision"), _("is registered: the price is only claimed."))
    told = {"body": say.body(decision["body"]), "day": say.day(decision["date"])}
    where = [f"§\u00a0{decision['section'].removeprefix('§').strip()}"] if decision.get("section") else []
    if decision.get("registry_number"):
        where.append(_("matter %(number)s") % {"number": decision["registry_number"]})
    text = _("by %(body)s on %(day)s") % told
    return Step(pgettext("decision", "Decided"), ", ".join([text, *where]) + ".")


def pay_once(found: Explanation) -> str:
    """Say that cost is paid once: what the service cost in the last year with a statement, and who paid."""
    code = found.service.code
    year = service_year(code, found.period.year - 1) or service_year(code, found.period.year)
    if year is None or not found.service.is_charged:
        return ""
    told = {
        "things": say.things(found.service), "cost": say.kr(year.cost_ore), "charged": say.kr(year.charged_ore),
        "rest": say.kr(abs(year.rest_ore)), "when": say.span(year.first, year.last),
    }  # fmt: skip
    if year.rest_ore > 0:
        text = _("You pay once: %(things)s cost %(cost)s in %(when)s. "
                 "The units paid %(charged)s and the IT unit bore the rest, %(rest)s.")  # fmt: skip
    elif year.rest_ore < 0:
        text = _("You pay once: %(things)s cost %(cost)s in %(when)s. "
                 "The units paid %(charged)s, and %(rest)s was left with the IT unit.")  # fmt: skip
    else:
        text = _("You pay once: %(things)s cost %(cost)s in %(when)s, and the units paid just that.")
    return text % told


def mail(found: Statement, name: str, url: str) -> tuple[str, str]:
    """Return the subject and text of the mail a manager gets when the month is approved."""
    parts = [
        _("Hello %(name)s,") % {"name": name},
        f"{headline(found)}. {why(found)}",
        _("Every line, and why it is what it is:") + f"\n{url}",
        _("The statement is attached as a PDF. Is something wrong? Tell us on the page."),
    ]
    return headline(found), "\n\n".join(parts) + "\n"
