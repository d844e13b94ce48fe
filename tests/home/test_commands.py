"""The commands that keep an installation well."""

from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from samsyn.facts import store
from samsyn.history import triggers
from samsyn.home import demo
from tests import build


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_doctor_says_when_all_is_well(lillby: Any) -> None:
    build.approved(lillby)
    assert said("doctor") == "All is well.\n"


def test_the_doctor_names_a_damaged_file_and_a_missing_guard(lillby: Any) -> None:
    build.ready(lillby)
    batch = store.committed(lillby.key, "ledger")[0]
    (store.folder() / batch.path).write_bytes(b"x")
    triggers.TABLES.add("people_person")
    out = StringIO()
    try:
        with pytest.raises(SystemExit):
            call_command("doctor", stdout=out)
    finally:
        triggers.TABLES.discard("people_person")
    assert "mars.se" in out.getvalue() and "people_person" in out.getvalue()


def test_the_worker_sends_the_mail_that_waits(lillby: Any) -> None:
    from samsyn.charging import operations as charging

    build.ready(lillby)
    controller, _ = build.access(lillby, "controller")
    approver, access = build.access(lillby, "approver")
    run = charging.draft_run(municipality=lillby, period=build.MARCH, by=controller, at=build.AT)
    charging.approve_run(run=run, access=access, by=approver, at=build.AT, base_url="http://localhost/")
    assert mail.outbox == [], "approving waits for no mail server"
    call_command("worker", "--once")
    assert sorted(message.to[0] for message in mail.outbox) == ["director@example.org", "head@example.org"]


def test_a_demo_that_was_interrupted_says_so_instead_of_serving_half(lillby: Any, tmp_path: Path) -> None:
    folder = tmp_path / lillby.code
    folder.mkdir()
    (folder / "demo.json").write_text("{}")
    with mock.patch.object(demo, "EXAMPLES", tmp_path), pytest.raises(CommandError, match="was interrupted"):
        call_command("demo", "--no-serve")
