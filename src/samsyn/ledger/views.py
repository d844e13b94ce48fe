"""The books: what has come in, what a file would do, what waits for an answer."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from samsyn.core.refusals import N_
from samsyn.formats import table_profiles, table_propose
from samsyn.intake.operations import reopen
from samsyn.ledger import imports, operations, panels, queries
from samsyn.ledger.choices import LOAD, PART_WORDS, READ, STEPS
from samsyn.ledger.forms import CodeRangeForm, Columns, LoadFile, Withdraw
from samsyn.ledger.rules import closed_periods
from samsyn.people.queries import require
from samsyn.people.rules import Asked
from samsyn.web.numbers import language, number

FORMATS = {"sie": "SIE", "csv": N_("Table (CSV)"), "xlsx": N_("Workbook (Excel)"), "json": N_("Table (JSON)")}
LETTERS = {
    "cp437": N_("CP437, as SIE prescribes"), "ascii": N_("plain letters (ASCII)"), "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8", "latin-1": "Latin-1", "cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
}  # fmt: skip


def books(request: Asked, municipality: str) -> HttpResponse:
    """List what has come in, newest first, and what waits."""
    require(request.access, "see_books")
    found = queries.deliveries(request.municipality)
    at_work = queries.at_work(request.municipality)
    counting = [batch for batch in found if batch.state == "committed" and batch.last_period]
    context = {
        "reach": max((batch.last_period for batch in counting), default=""),
        "since": min((batch.first_period for batch in counting), default=""),
        "deliveries": panels.deliveries(municipality, found),
        "latest": found[0] if found else None,
        "questions": [(each, panels.voucher_name(each.voucher_key)) for each in queries.open_questions()],
        "received": [(each, str(each.key) in at_work) for each in queries.received()],
        "may_load": request.access.may("load_books"),
    }
    return render(request, "ledger/books.html", context)


def load(request: Asked, municipality: str) -> HttpResponse:
    """Take in a file; nothing enters the books yet."""
    require(request.access, "load_books")
    shipped = [(code, profile.name) for code, profile in table_profiles.SHIPPED.items()]
    saved = [(each.code, each.code) for each in queries.profiles()]
    form = LoadFile(request.POST or None, request.FILES or None, saved=saved, shipped=shipped)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        record = operations.receive(
            municipality=request.municipality, data=file, name=file.name, by=request.user, at=timezone.now(),
            profile_code=form.cleaned_data["profile"], aside=file.size > settings.READ_AT_ONCE,
        )  # fmt: skip
        return redirect("books-preview", municipality, record.key)
    context = {"form": form, "crumbs": _crumbs(municipality, _("Load a file"))}
    return render(request, "ledger/load.html", context, status=_status(request))


def columns(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Ask which column of a table is what; the proposal is filled in."""
    require(request.access, "load_books")
    record = _received(key)
    proposal = table_propose.propose(reopen(request.municipality.key, record.raw_key))
    fields = (record.profile or proposal.profile.as_json())["fields"]
    initial = {"name": record.source_code if record.profile else record.name.rsplit(".", 1)[0][:40]}
    form = Columns(
        request.POST or None, headers=proposal.headers, samples=proposal.samples, fields=fields, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        content = {
            **proposal.profile.as_json(),
            "name": form.cleaned_data["name"],
            "fields": form.cleaned_data["fields"],
        }
        operations.set_profile(
            record=record, code=form.cleaned_data["name"], content=content, by=request.user, at=timezone.now()
        )
        return redirect("books-preview", municipality, record.key)
    context = {
        "form": form, "record": record, "problems": proposal.problems, "sample": panels.sample(proposal),
        "placed": len(fields), "crumbs": _crumbs(municipality, record.name),
    }  # fmt: skip
    return render(request, "ledger/columns.html", context, status=_status(request))


def preview(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show what loading a file would do, and load it when asked; a large one by a worker."""
    require(request.access, "load_books")
    record = queries.import_with_key(str(key))
    job = queries.work_on(record) if record else None
    if record and job:
        return _handed_over(request, municipality, record, job)
    record = _received(key)
    if request.method == "POST":
        loaded = operations.load_received(record=record, by=request.user, at=timezone.now())
    else:
        loaded = operations.preview(record)
    return _found(request, municipality, record, imports.outcome(loaded.status, loaded.summary, loaded.plan))


def _handed_over(request: Asked, municipality: str, record: Any, job: Any) -> HttpResponse:
    """Show how far the work on a large file has come, or what came of it."""
    if request.method == "POST" and record.state == "previewed":
        kind = LOAD if request.POST.get("do") == LOAD else READ
        operations.set_to_work(record=record, kind=kind, by=request.user, at=timezone.now())
        return redirect("books-preview", municipality, record.key)
    htmx = bool(request.headers.get("HX-Request"))
    if htmx and not job.is_open:
        return HttpResponseClientRefresh()
    if job.is_open or job.result is None:
        refusal = queries.refusal_of(job)
        context = {
            "record": record, "job": job, "step": STEPS[job.kind][job.done], "total": len(STEPS[job.kind]),
            "sentence": refusal and refusal.sentence(_), "crumbs": _crumbs(municipality, record.name),
        }  # fmt: skip
        return render(request, "ledger/underway.html" if htmx else "ledger/handed_over.html", context)
    return _found(request, municipality, record, imports.Outcome.from_json(job.result), job.ended_at)


def _found(
    request: Asked, municipality: str, record: Any, outcome: imports.Outcome, compared: datetime | None = None
) -> HttpResponse:
    """Show what was found in a file (``compared``: by a worker, until then), or go on to what it became."""
    if outcome.status == "committed" and compared and outcome.summary["questions"]:
        return redirect("books", municipality)
    if outcome.status == "committed":
        if not compared:
            messages.success(request, _loaded(outcome.summary))
        return redirect("delivery", municipality, outcome.summary["batch"])
    if record.state != "previewed":
        raise Http404
    if outcome.status == "columns":
        return redirect("books-columns", municipality, record.key)
    context = {
        "record": record, "status": outcome.status, "summary": outcome.summary, "problems": outcome.problems,
        "is_table": outcome.summary["format"] != "sie", "about": _about(outcome), **_effects(outcome),
        "parts": [(n, name, PART_WORDS.get(part, _("kept as received"))) for n, name, part in outcome.parts],
        "compared": compared, "crumbs": _crumbs(municipality, record.name),
    }  # fmt: skip
    return render(request, "ledger/preview.html", context, status=422 if outcome.status == "refused" else 200)


@require_POST
def put_aside(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Put a received file aside."""
    require(request.access, "load_books")
    record = _received(key)
    operations.discard(record=record, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s was put aside. The books are as they were.") % {"name": record.name})
    return redirect("books", municipality)


def question(request: Asked, municipality: str, key: str) -> HttpResponse:
    """Show a voucher that came again and differs, before and after, and take the answer."""
    require(request.access, "see_books")
    found = queries.question_with_key(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        require(request.access, "load_books")
        operations.answer(question=found, answer=request.POST.get("answer", ""), by=request.user, at=timezone.now())
        messages.success(
            request, _("Thank you. %(voucher)s is settled.") % {"voucher": panels.voucher_name(found.voucher_key)}
        )
        left = queries.open_questions()
        return redirect("voucher-question", municipality, left[0].key) if left else redirect("books", municipality)
    name = panels.voucher_name(found.voucher_key)
    months = {row["date"][:7] for row in [*found.before, *found.after]}
    context = {
        "question": found, "voucher": name, "table": panels.before_and_after(found), "file": found.ledger_import.name,
        "closed": sorted(months & closed_periods()), "may_answer": request.access.may("load_books"),
        "history": panels.history(request.municipality, found.key), "crumbs": _crumbs(municipality, name),
    }  # fmt: skip
    return render(request, "ledger/question.html", context)


def delivery(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Show one delivery of books: what it is, its sums by month, its history."""
    require(request.access, "see_books")
    return _delivery_page(request, municipality, key, Withdraw())


@require_POST
def withdraw(request: Asked, municipality: str, key: object) -> HttpResponse:
    """Withdraw a delivery of books with a reason."""
    require(request.access, "load_books")
    form = Withdraw(request.POST)
    if not form.is_valid():
        return _delivery_page(request, municipality, key, form)
    batch = operations.withdraw(
        municipality=request.municipality, batch_key=str(key), reason=form.cleaned_data["reason"], by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    messages.success(
        request, _("%(name)s is withdrawn. Its rows are in no sum any more.") % {"name": panels.batch_name(batch)}
    )
    return redirect("delivery", municipality, key)


def protection(request: Asked, municipality: str) -> HttpResponse:
    """List which codes are internal and which rows lose their texts, and add a range."""
    require(request.access, "see_books")
    form = CodeRangeForm(request.POST or None, initial={"meaning": "protected", "valid_from": timezone.localdate()})
    if request.method == "POST":
        require(request.access, "load_books")
        if form.is_valid():
            operations.set_range(
                municipality=request.municipality, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("The range is added. It holds for what is loaded from now on."))
            return redirect("protection", municipality)
    context = {
        "protected": panels.ranges(_("Rows that lose text and supplier"), "protected"),
        "internal": panels.ranges(_("The municipality’s own units"), "internal"),
        "form": form, "may_load": request.access.may("load_books"), "crumbs": _crumbs(municipality, _("Protection")),
    }  # fmt: skip
    return render(request, "ledger/protection.html", context, status=_status(request))


def _status(request: Asked) -> int:
    return 422 if request.method == "POST" else 200


def _received(key: object) -> Any:
    record = queries.import_with_key(str(key))
    if record is None or record.state != "previewed":
        raise Http404
    return record


def _crumbs(municipality: str, here: str) -> list[tuple[str, str]]:
    return [(_("Books"), reverse("books", args=[municipality])), (here, "")]


def _about(outcome: imports.Outcome) -> list[tuple[str, str]]:
    """Say in words what the file is."""
    summary, months = outcome.summary, outcome.months
    kind = _(FORMATS[summary["format"]]) + (f" {summary['sie_type']}" if summary["sie_type"] else "")
    letters = LETTERS.get(summary["encoding"], summary["encoding"])
    about = [
        (_("Format"), kind), (_("Letters"), _(letters) if letters else ""), (_("Made by"), summary["program"]),
        (_("Company"), outcome.company), (_("Months"), panels.span(months[0], months[-1]) if months else ""),
    ]  # fmt: skip
    return [pair for pair in about if pair[1]]


def _effects(outcome: imports.Outcome) -> dict[str, Any]:
    """Say what loading would change: new, known, differing, vanished and replaced."""
    if outcome.status != "dry-run":
        return {}
    return {
        **{name: getattr(outcome, name) for name in ("new", "known", "new_rows", "balances", "something")},
        "changed": outcome.changed, "vanished": outcome.vanished,
        "changed_first": [panels.voucher_name(each) for each in outcome.changed_first],
        "vanished_first": [panels.voucher_name(each) for each in outcome.vanished_first],
        "replaced": [panels.month(each) for each in outcome.replaced],
        "closed": [panels.month(each) for each in outcome.closed],
    }  # fmt: skip


def _loaded(summary: dict[str, Any]) -> str:
    done = ngettext("%(n)s row is in the books now.", "%(n)s rows are in the books now.", summary["new_rows"])
    asked = ngettext(
        "%(n)s voucher waits for your answer.", "%(n)s vouchers wait for your answer.", summary["questions"]
    )
    text = done % {"n": _number(summary["new_rows"])}
    return f"{text} {asked % {'n': _number(summary['questions'])}}" if summary["questions"] else text


def _number(value: int) -> str:
    return number(value, language(get_language()))


def _delivery_page(request: Asked, municipality: str, key: object, form: Withdraw) -> HttpResponse:
    batch = queries.delivery(request.municipality, key)
    if batch is None:
        raise Http404
    about = batch.about
    context = {
        "batch": batch, "name": panels.batch_name(batch), "span": panels.span(batch.first_period, batch.last_period),
        "table": panels.by_period(queries.sums_by_period(batch)), "form": form, "state": panels.state(batch),
        "about": [
            (_("Format"), _(FORMATS.get(about.get("format", ""), ""))), (_("Made by"), about.get("program")),
            (_("Company"), about.get("company")), (_("Source"), batch.source), (_("Digest"), batch.digest[:16]),
        ],
        "may_withdraw": request.access.may("load_books") and batch.state == "committed",
        "history": panels.history(request.municipality, batch.key),
        "crumbs": _crumbs(municipality, panels.batch_name(batch)),
    }  # fmt: skip
    return render(request, "ledger/delivery.html", context, status=_status(request))
