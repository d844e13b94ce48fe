"""Approval sends each manager a mail: the sum, what changed it, a link and the PDF."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from samsyn.charging import exports, operations, queries
from samsyn.charging.queries import service_year
from samsyn.history.models import Event
from samsyn.notices import operations as notices
from samsyn.notices.models import Notice
from tests import build
from tests.build import MARCH
from tests.personas import AT
from tests.smtp_sink import Sink, smtp_sink

BASE = "https://samsyn.example.org/"


def told(municipality: Any) -> int:
    run = build.approved(municipality)
    approver, _ = build.access(municipality, "approver")
    return operations.notify_managers(run=run, base_url=BASE, by=approver, at=AT)


def sent(municipality: Any, settings: Any, sink: Sink, after: timedelta = timedelta()) -> dict[str, EmailMessage]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    notices.send_waiting(municipality=municipality, by="tests", at=AT + after)
    return {mail["To"]: mail for mail in sink.mails}


def test_the_manager_gets_sum_cause_link_and_pdf_in_swedish(lillby: Any, settings: Any) -> None:
    assert told(lillby) == 2
    with smtp_sink() as sink:
        mails = sent(lillby, settings, sink)
    assert set(mails) == {"head@example.org", "director@example.org"}
    mail = mails["head@example.org"]
    assert mail["Subject"] == "I mars betalar Norra skolan 161 kr för it"
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert "Hej Head!" in text
    assert "Vi har inget att jämföra med: det finns ingen räkning för februari." in text
    assert f"{BASE}lillby/what-we-pay/NORRA/2026-03/" in text
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "Norra skolan 2026-03.pdf")
    made = attached.get_content()
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made
    found = queries.statement("NORRA", MARCH)
    assert found is not None
    assert made == exports.statement(found, "pdf", "sv"), "the same file as on the page, whenever it is sent"


def test_a_manager_is_written_to_in_their_own_language(lillby: Any, settings: Any) -> None:
    head, _ = build.access(lillby, "head")
    type(head).objects.filter(pk=head.pk).update(language="da")
    told(lillby)
    with smtp_sink() as sink:
        mail = sent(lillby, settings, sink)["head@example.org"]
    assert mail["Subject"] == "I marts betaler Norra skolan 161 kr for it"
    (attached,) = mail.iter_attachments()
    assert b"/Lang(da)" in attached.get_content()


def test_a_manager_above_gets_the_sum_of_all_below(lillby: Any) -> None:
    told(lillby)
    director, _ = build.access(lillby, "director")
    notice = Notice.objects.get(to_person_key=str(director.key))
    assert notice.subject == "I mars betalar Barn och utbildning 233 kr för it"


def test_nobody_is_told_twice_about_the_same_month(lillby: Any) -> None:
    told(lillby)
    found = queries.statement("NORRA", MARCH)
    assert found is not None
    operations.notify_managers(run=found.run, base_url=BASE, by="tests", at=AT)
    assert Notice.objects.count() == 2


def test_the_mails_are_queued_with_their_event_or_not_at_all(lillby: Any, monkeypatch: Any) -> None:
    run = build.approved(lillby)
    queue = notices.queue_mail

    def fail_on_the_second(**asked: Any) -> Any:
        if Notice.objects.exists():
            raise OSError
        return queue(**asked)

    monkeypatch.setattr(operations, "queue_mail", fail_on_the_second)
    with pytest.raises(OSError):
        operations.notify_managers(run=run, base_url=BASE, by="tests", at=AT)
    assert not Notice.objects.exists()
    assert not Event.objects.filter(verb="notify_managers").exists()
    assert queries.approved_periods() == {"2026-03"}, "the approval stands"


def test_a_mail_server_that_is_down_does_not_lose_the_approval(lillby: Any, settings: Any) -> None:
    told(lillby)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert notices.send_waiting(municipality=lillby, by="tests", at=AT)["waiting"] == 2
    assert queries.approved_periods() == {"2026-03"}
    with smtp_sink() as sink:
        assert len(sent(lillby, settings, sink, timedelta(hours=1))) == 2


def test_a_service_year_sums_what_it_cost_and_who_paid(lillby: Any) -> None:
    build.approved(lillby)
    year = service_year("MAIL", 2026)
    assert year is not None
    assert (year.cost_ore, year.charged_ore, year.rest_ore) == (16_784, 16_784, 0)
    assert (str(year.first), str(year.last)) == ("2026-03", "2026-03")
    assert service_year("MAIL", 2025) is None
