"""Queue mail together with what it tells about, and send it afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from samsyn.history.operations import operation
from samsyn.notices import queries, words
from samsyn.notices.choices import State
from samsyn.notices.models import Notice
from samsyn.people.queries import offered, things_of

ATTEMPTS = 8  # with the pauses below: about eight hours
_PAUSE = timedelta(minutes=2)
_PDF = "application/pdf"

_MAKERS: dict[str, Callable[..., bytes]] = {}


@dataclass(frozen=True)
class Attachment:
    """A file to make when the mail is sent: its name, which maker, and the facts the maker needs."""

    name: str
    kind: str
    facts: Mapping[str, str]


def register_attachment(kind: str, make: Callable[..., bytes]) -> None:
    """Tell how to make attachments of a kind; an app above registers its own when it starts."""
    _MAKERS[kind] = make


def queue_mail(
    *,
    municipality: Any,
    to: Any,
    topic: str,
    subject: str,
    body: str,
    attachments: Sequence[Attachment] = (),
    by: Any,
    at: datetime,
) -> Notice:
    """Queue one mail to a person in the transaction of what it tells about; the same topic is told once."""
    known = Notice.objects.filter(topic=topic, to_person_key=str(to.key)).first()
    if known is not None:
        return known
    with operation(log=municipality.key, by=by, at=at) as journal:
        notice = Notice.objects.create(
            municipality=municipality, topic=topic, to_person_key=str(to.key),
            subject=" ".join(subject.split())[:250], body=body, attachments=[asdict(each) for each in attachments],
            queued_at=at, due_at=at,
        )  # fmt: skip
        journal.record("queue_mail", "notice", notice.key, after={"to": str(to.key), "topic": topic})
    return notice


def tell_who_is_asked(*, municipality: Any, by: Any, at: datetime, base_url: str) -> int:
    """Queue a mail to everybody who is asked to answer for things: at once, and once a week until they have answered.

    One mail names all of it. Returns how many were queued.
    """
    asked = offered()
    things = things_of(duty for duties in asked.values() for duty in duties)
    count = 0
    for person, duties in asked.items():
        weeks = (at - duties[0].offered_at).days // 7
        topic = f"asked {duties[0].key} {weeks}"
        named = [things[key] for duty in duties if (key := str(duty.thing_key)) in things]
        if not named or Notice.objects.filter(topic=topic, to_person_key=str(person.key)).exists():
            continue
        with translation.override(person.language):
            subject, body = words.asked(person.name, municipality.code, named, base_url)
        queue_mail(municipality=municipality, to=person, topic=topic, subject=subject, body=body, by=by, at=at)
        count += 1
    return count


def send_waiting(
    *, municipality: Any, by: Any, at: datetime, connection: BaseEmailBackend | None = None
) -> dict[str, int]:
    """Send what is due and return how many were ``sent``, ``waiting`` for another try, and ``failed``.

    A mail that cannot be sent waits longer each time and fails after eight attempts; the others still leave.
    """
    outcome = {State.SENT.value: 0, "waiting": 0, State.FAILED.value: 0}
    for notice in queries.due(at):
        if not _claimed(notice, at):
            continue
        # anything a maker or a mail server can do wrong must not stop the next mail
        try:
            _send(notice, connection)
            error = ""
        except Exception as fault:
            error = f"{type(fault).__name__}: {fault}"[:250]
        outcome[_settle(notice, municipality, error, by, at)] += 1
    return outcome


def _claimed(notice: Notice, at: datetime) -> bool:
    """Count the attempt before it is made, so that two senders never take the same mail."""
    tries = notice.attempts + 1
    mine = Notice.objects.filter(pk=notice.pk, state=State.QUEUED, attempts=notice.attempts)
    taken = mine.update(attempts=tries, due_at=at + _PAUSE * 2**notice.attempts)
    notice.attempts = tries
    return bool(taken)


def _send(notice: Notice, connection: BaseEmailBackend | None) -> None:
    person = get_user_model().objects.filter(key=notice.to_person_key, is_active=True).first()
    if person is None or not person.email:
        raise LookupError("no mail address")
    message = EmailMessage(
        notice.subject, notice.body, to=[person.email], connection=connection,
        # the same mail sent twice has the same id; nobody's holiday answer comes back
        headers={"Message-ID": f"<{notice.key}@samsyn>", "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    for each in notice.attachments:
        message.attach(each["name"], _MAKERS[each["kind"]](**each["facts"]), _PDF)
    message.send()


def _settle(notice: Notice, municipality: Any, error: str, by: Any, at: datetime) -> str:
    row = Notice.objects.filter(pk=notice.pk)
    if error and notice.attempts < ATTEMPTS:
        row.update(last_error=error)
        return "waiting"
    state = State.FAILED if error else State.SENT
    with operation(log=municipality.key, by=by, at=at) as journal:
        row.update(state=state, last_error=error, sent_at=None if error else at)
        journal.record(
            "send_mail", "notice", notice.key, before={"state": State.QUEUED.value}, after={"state": state.value}
        )
    return state.value
