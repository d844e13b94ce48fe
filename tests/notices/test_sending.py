"""Mail waits with what it tells about, leaves when it can, and never takes anything down with it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from samsyn.history.models import Event
from samsyn.notices import operations, queries
from samsyn.notices.models import Notice
from samsyn.people import operations as people
from samsyn.people.models import Duty, Person
from samsyn.systems.operations import add_system
from tests import personas
from tests.personas import AT
from tests.smtp_sink import Sink, smtp_sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with smtp_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def queue(municipality: Any, code: str = "head", **more: Any) -> Notice:
    asked = {
        "topic": "test",
        "subject": "Räkningen är klar",
        "body": "Hej!\n\nDet är 1\u00a0940\u00a0kr mer.\n",
        **more,
    }
    person = personas.person(municipality, code)
    return operations.queue_mail(municipality=municipality, to=person, by="tests", at=AT, **asked)


def send(municipality: Any, after: timedelta = timedelta()) -> dict[str, int]:
    return operations.send_waiting(municipality=municipality, by="tests", at=AT + after)


def test_a_queued_mail_reaches_the_mail_server_as_it_was_written(lillby: Any, sink: Sink) -> None:
    notice = queue(lillby)
    assert send(lillby) == {"sent": 1, "waiting": 0, "failed": 0}
    (mail,) = sink.mails
    assert (mail["Subject"], mail["To"]) == ("Räkningen är klar", "head@example.org")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(notice.key) in mail["Message-ID"]
    assert "Det är 1\u00a0940\u00a0kr mer." in mail.get_content()
    assert send(lillby)["sent"] == 0, "a mail that has left does not leave again"


def test_the_same_topic_is_told_to_a_person_once(lillby: Any) -> None:
    assert queue(lillby) == queue(lillby)
    assert queue(lillby, "director") != queue(lillby)
    assert Notice.objects.count() == 2


def test_a_mail_server_that_refuses_is_asked_again_later(lillby: Any, sink: Sink) -> None:
    sink.refusals = 1
    queue(lillby)
    assert send(lillby) == {"sent": 0, "waiting": 1, "failed": 0}
    assert "451" in Notice.objects.get().last_error
    assert send(lillby, timedelta(minutes=1)) == {"sent": 0, "waiting": 0, "failed": 0}, "it waits first"
    assert send(lillby, timedelta(minutes=3))["sent"] == 1
    assert len(sink.mails) == 1


def test_one_mail_that_cannot_be_sent_does_not_stop_the_others(lillby: Any, sink: Sink) -> None:
    broken = [operations.Attachment("x.pdf", "nobody makes this", {})]
    queue(lillby, topic="broken", attachments=broken)
    queue(lillby, topic="whole")
    assert send(lillby) == {"sent": 1, "waiting": 1, "failed": 0}


def test_a_mail_gives_up_in_the_end_and_says_why(lillby: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    queue(lillby)
    days = [send(lillby, timedelta(days=day)) for day in range(operations.ATTEMPTS)]
    assert [day["waiting"] for day in days] == [1] * (operations.ATTEMPTS - 1) + [0]
    assert queries.counts() == {"queued": 0, "sent": 0, "failed": 1}
    assert "refused" in Notice.objects.get().last_error
    assert Event.objects.filter(verb="send_mail").count() == 1


def test_somebody_without_an_address_is_not_written_to(lillby: Any, sink: Sink) -> None:
    notice = queue(lillby)
    person = personas.person(lillby, "head")
    type(person).objects.filter(pk=person.pk).update(email="")
    assert send(lillby)["waiting"] == 1
    notice.refresh_from_db()
    assert notice.last_error == "LookupError: no mail address"
    assert sink.mails == []


def test_two_senders_never_take_the_same_mail(lillby: Any, sink: Sink) -> None:
    queue(lillby)
    (mine,), (theirs,) = queries.due(AT), queries.due(AT)
    assert operations._claimed(mine, AT)
    assert not operations._claimed(theirs, AT)


def test_a_line_break_in_a_name_cannot_add_a_header(lillby: Any, sink: Sink) -> None:
    queue(lillby, subject="Norra\nBcc: other@example.org")
    assert send(lillby)["sent"] == 1
    assert sink.mails[0]["Subject"] == "Norra Bcc: other@example.org"
    assert sink.mails[0]["Bcc"] is None


def test_a_mail_undone_with_its_operation_was_never_queued(lillby: Any) -> None:
    from samsyn.history.operations import operation

    with pytest.raises(ValueError), operation(log=lillby.key, by="tests", at=AT):
        queue(lillby)
        raise ValueError
    assert not Notice.objects.exists()


def test_the_command_sends_what_waits(lillby: Any, sink: Sink, capsys: Any) -> None:
    queue(lillby)
    call_command("send_notices", "--as", "administrator", "--municipality", "lillby")
    assert capsys.readouterr().out == "1 sent, 0 waiting, 0 failed\n"
    assert len(sink.mails) == 1


def offer(place: Any, name: str) -> Any:
    usage = add_system(municipality=place, told={"name": name}, by="tests", at=AT)
    head = Person.scoped.get(code="head")
    return people.offer_duty(person=head, thing="system", thing_key=usage.key, role="system_owner", by="tests", at=AT)


def tell(place: Any, days: int = 0) -> int:
    return operations.tell_who_is_asked(
        municipality=place, by="tests", at=AT + timedelta(days), base_url="https://samsyn.example.org"
    )


def test_whoever_is_asked_gets_one_mail_and_another_each_week_until_they_answer(lillby: Any) -> None:
    duty = offer(lillby, "Elever")
    offer(lillby, "Schema")
    assert (tell(lillby), tell(lillby), tell(lillby, 6)) == (1, 0, 0)
    mail = Notice.objects.get()
    assert "Elever" in mail.body and "Schema" in mail.body and "https://samsyn.example.org/lillby/mine/" in mail.body
    assert mail.subject == "Du ombeds svara för 2 saker"
    assert (tell(lillby, 7), tell(lillby, 8)) == (1, 0)
    for each in Duty.objects.all():
        people.answer_duty(duty=each, accept=True, minutes=60, by=duty.person, at=AT)
    assert tell(lillby, 30) == 0


def test_somebody_who_is_asked_for_more_is_told_of_it_at_once(lillby: Any) -> None:
    offer(lillby, "Elever")
    assert tell(lillby) == 1
    offer(lillby, "Schema")
    assert tell(lillby, 1) == 1
