"""Say in words what an event was."""

from collections.abc import Callable

from samsyn.core.refusals import N_

SENTENCES = {
    ("add", "code_range"): N_("added a range of codes"),
    ("add", "ledger_source"): N_("added a source of books"),
    ("add", "person"): N_("added a person"),
    ("answer", "voucher_question"): N_("answered which voucher holds"),
    ("answer_volume", "volume"): N_("answered whether a number agrees"),
    ("approve", "allocation_run"): N_("approved a month"),
    ("approve", "model_version"): N_("approved a cost model"),
    ("change", "person"): N_("changed a person"),
    ("describe", "ledger_import"): N_("said which column is what"),
    ("draft", "model_version"): N_("drafted a cost model"),
    ("erase_details", "event_detail"): N_("erased values from the history"),
    ("erase_texts", "fact_batch"): N_("erased the texts of a file"),
    ("found", "municipality"): N_("founded the municipality"),
    ("give_role", "person"): N_("gave a role"),
    ("hand_over", "ledger_import"): N_("let it be worked on in the background"),
    ("keep", "raw_file"): N_("kept a file as it came"),
    ("load", "ledger_batch"): N_("loaded books"),
    ("load", "volumes"): N_("loaded volumes"),
    ("notify_managers", "allocation_run"): N_("told the managers"),
    ("prepare", "allocation_run"): N_("ran a month"),
    ("put_aside", "ledger_import"): N_("put a file aside"),
    ("queue_mail", "notice"): N_("wrote a mail"),
    ("receive", "ledger_import"): N_("received a file"),
    ("remove", "raw_file"): N_("removed a file whose time was up"),
    ("save", "ledger_profile"): N_("saved a description of columns"),
    ("send_mail", "notice"): N_("sent a mail"),
    ("set_four_eyes", "municipality"): N_("decided who may approve"),
    ("set_password", "person"): N_("set a password"),
    ("withdraw", "ledger_batch"): N_("withdrew books"),
}
# rows of a cost model, by their sheet
MODEL_ROWS = {
    # so it was recorded before rows were named
    ("change", "model_version"): N_("changed a cost model"),
    ("add", "CostTypes"): N_("added a cost type"),
    ("change", "CostTypes"): N_("changed a cost type"),
    ("remove", "CostTypes"): N_("removed a cost type"),
    ("add", "Decisions"): N_("added a decision"),
    ("change", "Decisions"): N_("changed a decision"),
    ("remove", "Decisions"): N_("removed a decision"),
    ("add", "Flows"): N_("added a flow"),
    ("change", "Flows"): N_("changed a flow"),
    ("end", "Flows"): N_("ended a flow"),
    ("remove", "Flows"): N_("removed a flow"),
    ("add", "Pools"): N_("added a cost pool"),
    ("change", "Pools"): N_("changed a cost pool"),
    ("remove", "Pools"): N_("removed a cost pool"),
    ("add", "Rules"): N_("added a rule"),
    ("change", "Rules"): N_("changed a rule"),
    ("end", "Rules"): N_("ended a rule"),
    ("remove", "Rules"): N_("removed a rule"),
    ("add", "Services"): N_("added a service"),
    ("change", "Services"): N_("changed a service"),
    ("end", "Services"): N_("ended a service"),
    ("remove", "Services"): N_("removed a service"),
}
ROWS = {
    "add": N_("added a row of %(sheet)s"),
    "change": N_("changed a row of %(sheet)s"),
    "end": N_("ended a row of %(sheet)s"),
}


FIELDS = {
    "account_first": N_("account from"), "account_last": N_("account to"), "activity": N_("activity"),
    "address": N_("address"), "agrees": N_("agrees"), "answer": N_("answer"),
    "chart": N_("chart of accounts"), "code": N_("code"),
    "comment": N_("comment"), "content_digest": N_("digest of the result"), "counterparty": N_("counterparty"),
    "digest": N_("digest"), "email": N_("mail"), "entry_kind": N_("kind of entry"), "erased": N_("erased"),
    "fields": N_("fields"), "first": N_("from"), "format": N_("format"), "four_eyes": N_("two must agree"),
    "from": N_("from"), "from_unit": N_("from the unit"), "input_digest": N_("digest of what it was made from"),
    "kind": N_("kind"), "label": N_("label"), "language": N_("language"), "last": N_("to"),
    "mails": N_("mails"), "mapping": N_("code parts"), "meaning": N_("meaning"), "name": N_("name"),
    "net_ore": N_("sum in öre"), "number": N_("number"), "object": N_("object"), "on_date": N_("day"),
    "parent": N_("belongs to"), "part": N_("code part"), "password": N_("password"), "period": N_("month"),
    "profile": N_("description of columns"), "project": N_("project"), "questions": N_("questions"),
    "reason": N_("reason"), "removed_at": N_("removed"), "responsibility": N_("responsibility"),
    "role": N_("role"), "row": N_("row"), "rows": N_("rows"), "seal": N_("seal"), "service": N_("service"),
    "site": N_("site"), "size": N_("size"), "state": N_("state"), "title": N_("title"), "to": N_("to"),
    "to_unit": N_("to the unit"), "topic": N_("topic"), "unit": N_("unit"), "until": N_("until"),
    "valid_from": N_("holds from"), "valid_until": N_("holds until"), "vouchers": N_("vouchers"),
    "weight": N_("weight"),
}  # fmt: skip


def field_name(name: str, translate: Callable[[str], str]) -> str:
    """Return what a changed field is called."""
    return translate(FIELDS[name]) if name in FIELDS else name.replace("_", " ")


def sentence(verb: str, record_type: str, translate: Callable[[str], str]) -> str:
    """Return what an event was, in the reader's language; rows of the organisation workbook by their sheet."""
    known = {**SENTENCES, **MODEL_ROWS}
    if (verb, record_type) in known:
        return translate(known[verb, record_type])
    template = ROWS.get(verb)
    return translate(template) % {"sheet": record_type} if template else f"{verb} {record_type}"
