"""Say in words what an event was."""

from collections.abc import Callable

from samsyn.core.refusals import N_

SENTENCES = {
    ("add", "code_range"): N_("added a range of codes"),
    ("add", "ledger_source"): N_("added a source of books"),
    ("add", "contract"): N_("added a contract"),
    ("add", "system"): N_("added a system"),
    ("add", "person"): N_("added a person"),
    ("ask", "portfolio"): N_("asked which systems are enough"),
    ("assume", "portfolio"): N_("changed what is counted with"),
    ("confirm", "abilities"): N_("confirmed what a system does"),
    ("load", "capabilities"): N_("loaded a list of what systems do"),
    ("say", "abilities"): N_("said what a system does"),
    ("answer", "voucher_question"): N_("answered which voucher holds"),
    ("answer_volume", "volume"): N_("answered whether a number agrees"),
    ("approve", "allocation_run"): N_("approved a month"),
    ("approve", "model_version"): N_("approved a cost model"),
    ("change", "contract"): N_("wrote what a contract says"),
    ("change", "device"): N_("wrote what is known of a device"),
    ("change", "system"): N_("wrote what is known of a system"),
    ("change", "person"): N_("changed a person"),
    ("describe", "ledger_import"): N_("said which column is what"),
    ("draft", "model_version"): N_("drafted a cost model"),
    ("erase_details", "event_detail"): N_("erased values from the history"),
    ("erase_texts", "fact_batch"): N_("erased the texts of a file"),
    ("found", "municipality"): N_("founded the municipality"),
    ("give_role", "person"): N_("gave a role"),
    ("give_reason", "purchase"): N_("said why it was bought outside agreements"),
    ("link", "service_system"): N_("said that a system stands behind a service"),
    ("end", "service_system"): N_("said that a system no longer stands behind a service"),
    ("hand_over", "ledger_import"): N_("let it be worked on in the background"),
    ("keep", "raw_file"): N_("kept a file as it came"),
    ("load", "contracts"): N_("loaded a register of contracts"),
    ("load", "devices"): N_("loaded a list of devices"),
    ("load", "ledger_batch"): N_("loaded books"),
    ("load", "systems"): N_("loaded a register of systems"),
    ("load", "volumes"): N_("loaded volumes"),
    ("notify_managers", "allocation_run"): N_("told the managers"),
    ("prepare", "allocation_run"): N_("ran a month"),
    ("put_aside", "ledger_import"): N_("put a file aside"),
    ("queue_mail", "notice"): N_("wrote a mail"),
    ("accept", "duty"): N_("accepted to answer for it"),
    ("decline", "duty"): N_("declined to answer for it"),
    ("end", "duty"): N_("ended who answers for it"),
    ("offer", "duty"): N_("asked somebody to answer for it"),
    ("decide", "contract"): N_("answered what is to become of a contract"),
    ("remind", "contract"): N_("asked what is to become of a contract"),
    ("describe", "register"): N_("said which column is what"),
    ("receive", "register"): N_("received a file"),
    ("receive", "ledger_import"): N_("received a file"),
    ("remove", "raw_file"): N_("removed a file whose time was up"),
    ("return", "device"): N_("noted that a device is no longer here"),
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
# rows of the organisation, by their sheet
ORGANISATION_ROWS = {
    ("add", "CodeParts"): N_("said which codes an entry must carry"),
    ("change", "CodeParts"): N_("changed which codes an entry must carry"),
    ("end", "CodeParts"): N_("ended which codes an entry must carry"),
    ("add", "CostCentres"): N_("added a cost centre"),
    ("change", "CostCentres"): N_("changed a cost centre"),
    ("end", "CostCentres"): N_("ended a cost centre"),
    ("add", "Lineage"): N_("noted what became of a unit"),
    ("add", "ReceivingCodes"): N_("added the codes a unit pays with"),
    ("change", "ReceivingCodes"): N_("changed the codes a unit pays with"),
    ("end", "ReceivingCodes"): N_("ended the codes a unit pays with"),
    ("add", "Sites"): N_("added a site"),
    ("change", "Sites"): N_("changed a site"),
    ("end", "Sites"): N_("ended a site"),
    ("add", "Units"): N_("added a unit"),
    ("change", "Units"): N_("changed a unit"),
    ("end", "Units"): N_("ended a unit"),
}
# the parts of a cost model, as one of its rows is called
PARTS = {
    "cost_types": N_("cost type"), "decisions": N_("decision"), "flows": N_("flow"), "pools": N_("cost pool"),
    "rules": N_("rule"), "services": N_("service"),
}  # fmt: skip
LANGUAGES = {"sv": N_("in Swedish"), "da": N_("in Danish"), "en": N_("in English")}
# field → what is kept of it → what it is called
VALUES = {
    "after": {"ends": N_("it ends"), "renews": N_("it is renewed"), "runs_on": N_("it runs on until notice")},
    "as_a_service": {"yes": N_("yes"), "no": N_("no")},
    "answer": {
        "take_new": N_("take the new one"), "keep_old": N_("keep the old one"), "procure": N_("buy anew"),
        "extend": N_("extend it"), "end": N_("let it end"), "not_mine": N_("this is not mine to decide"),
    },
    "bound": {"joint": N_("it is held together with others"), "statute": N_("the law asks for it")},
    "driver": {"fixed": N_("fixed weights"), "hours": N_("hours"), "volume": N_("a service’s volume")},
    "duty": {
        "system_owner": N_("system owner"), "system_manager": N_("system manager"), "superuser": N_("superuser"),
        "contract_owner": N_("contract owner"),
    },
    "ended_as": {"returned": N_("handed back"), "scrapped": N_("scrapped"), "lost": N_("lost")},
    "entry_kind": {
        "operation": N_("operation"), "investment": N_("investment"), "internal": N_("internal entry"),
    },
    "kind": {
        "legal_entity": N_("legal entity"), "authority": N_("authority"), "administration": N_("administration"),
        "unit": N_("unit"), "merged": N_("merged into"), "split": N_("split into"), "moved": N_("moved to"),
        "volume": N_("the counts"), "volume_item": N_("the lists behind the counts"), "final": N_("for units"),
        "support": N_("for other services"), "contract": N_("contract"), "framework": N_("framework agreement"),
        "call_off": N_("call-off"), "processing": N_("data processing agreement"), "lease": N_("lease"),
        "computer": N_("computer"), "tablet": N_("tablet"), "phone": N_("phone"),
        "screen": N_("screen"), "printer": N_("printer"),
    },
    "language": {"sv": N_("Swedish"), "da": N_("Danish"), "en": N_("English")},
    "meaning": {"internal": N_("the municipality’s own entries"), "protected": N_("texts are protected")},
    "mode": {"price": N_("decided price"), "cost": N_("actual cost"), "shown": N_("shown, not charged")},
    "no_volume": {
        "refuse": N_("refuse the run"), "last_period": N_("use the month before"),
        "keep": N_("keep as not distributed"),
    },
    "notice_to": {
        "any_day": N_("any day"), "month": N_("the end of a month"), "quarter": N_("the end of a quarter"),
        "half_year": N_("the end of a half-year"), "year": N_("the end of a year"),
    },
    "outcome": {
        "it": N_("IT"), "not_it": N_("not IT"), "eliminated": N_("internal pair, counted out"),
        "outside_income": N_("outside income"),
    },
    "part": {
        "account": N_("account"), "responsibility": N_("responsibility"), "activity": N_("activity"),
        "object": N_("object"), "project": N_("project"), "counterparty": N_("counterparty"),
    },
    "password": {"set": N_("has been set")},
    "personal_data": {"yes": N_("yes"), "no": N_("no")},
    "role": {
        "administrator": N_("administrator"), "controller": N_("controller"), "unit_manager": N_("unit manager"),
        "reader": N_("reader"), "auditor": N_("auditor"),
    },
    "standing": {
        "base": N_("paid with taxes"), "mandatory": N_("paid by all"), "optional": N_("can be handed back"),
    },
    "state": {
        "drafted": N_("drafted"), "approved": N_("approved"), "committed": N_("in the books"),
        "withdrawn": N_("withdrawn"), "put_aside": N_("put aside"), "queued": N_("queued"), "sent": N_("sent"),
        "failed": N_("failed"),
    },
    "why_outside": {
        "not_listed": N_("there is an agreement, but it is not in the list"),
        "none_covers": N_("no agreement covers the need"), "urgent": N_("it could not wait"),
        "by_mistake": N_("it should have been bought on an agreement"), "other": N_("another reason"),
    },
    "work": {"read_books": N_("reading it"), "load_books": N_("loading it")},
}  # fmt: skip


FIELDS = {
    "account_first": N_("account from"), "account_from": N_("Account from"), "account_to": N_("Account to"),
    "activity_from": N_("Activity from"), "activity_to": N_("Activity to"),
    "added": N_("came"), "added_rows": N_("rows that came"), "body": N_("Who decided"),
    "changed": N_("changed"), "changed_rows": N_("rows that changed"), "compared_with": N_("compared with model"),
    "cost_type": N_("Cost type, for IT"), "counterparty_from": N_("Counterparty from"),
    "counterparty_to": N_("Counterparty to"), "date": N_("Decided on"), "decision": N_("Decision behind it"),
    "driver": N_("Measured by"), "excluded": N_("Not included"), "included": N_("Included"),
    "influence": N_("What the unit can influence"), "is_pay": N_("This is pay"),
    "link": N_("Where the document is"), "mode": N_("Charged by"), "months": N_("Spread over this many months"),
    "no_volume": N_("When nobody has used it"), "object_from": N_("Object from"), "object_to": N_("Object to"),
    "outcome": N_("What these rows are"), "owner": N_("Owner"), "people": N_("People"),
    "plural": N_("What many of it are called"), "pool": N_("Cost pool, for IT"), "price_kr": N_("Price in kronor"),
    "priority": N_("Order"), "project_from": N_("Project from"), "project_to": N_("Project to"),
    "registry_number": N_("Registry number"), "removed": N_("went"), "removed_rows": N_("rows that went"),
    "responsibility_from": N_("Responsibility from"), "responsibility_to": N_("Responsibility to"),
    "section": N_("Paragraph"), "service_level": N_("Service level"),
    "standing": N_("What a unit may do about it"), "step": N_("Parts of a whole"),
    "supplier": N_("The supplier’s name holds"), "text": N_("text"), "unit_of_measure": N_("Counted in"),
    "volume_service": N_("Whose volume"), "work": N_("work"),
    "account_last": N_("account to"), "activity": N_("activity"),
    "address": N_("address"), "agrees": N_("agrees"), "answer": N_("answer"),
    "chart": N_("chart of accounts"), "code": N_("code"),
    "comment": N_("comment"), "content_digest": N_("digest of the result"), "counterparty": N_("counterparty"),
    "digest": N_("digest"), "email": N_("mail"), "entry_kind": N_("kind of entry"), "erased": N_("erased"),
    "fields": N_("fields"), "first": N_("from"), "format": N_("format"), "four_eyes": N_("two must agree"),
    "from": N_("from"), "from_unit": N_("from the unit"), "input_digest": N_("digest of what it was made from"),
    "kind": N_("kind"), "label": N_("label"), "language": N_("language"), "last": N_("to"),
    "mails": N_("mails"), "mapping": N_("code parts"), "meaning": N_("meaning"), "name": N_("name"),
    "net_ore": N_("sum"), "number": N_("number"), "object": N_("object"), "on_date": N_("day"),
    "parent": N_("belongs to"), "part": N_("code part"), "password": N_("password"), "period": N_("month"),
    "profile": N_("description of columns"), "project": N_("project"), "questions": N_("questions"),
    "reason": N_("reason"), "removed_at": N_("removed"), "responsibility": N_("responsibility"),
    "role": N_("role"), "row": N_("row"), "rows": N_("rows"), "seal": N_("seal"), "service": N_("service"),
    "site": N_("site"), "size": N_("size"), "state": N_("state"), "title": N_("title"), "to": N_("to"),
    "to_unit": N_("to the unit"), "topic": N_("topic"), "unit": N_("unit"), "until": N_("until"),
    "valid_from": N_("holds from"), "valid_until": N_("holds until"), "vouchers": N_("vouchers"),
    "weight": N_("weight"),
    "contract_end_date": N_("the contract ends"), "ended_date": N_("ended"), "not_known": N_("what nobody knows"),
    "operational_date": N_("in use from"), "owner_name": N_("owner"), "personal_data": N_("holds personal data"),
    "phasing_out_date": N_("being phased out from"), "pilot_date": N_("tried from"), "purpose": N_("what it is for"),
    "supplied_by": N_("supplied by"),
    "as_a_service": N_("buying it as a service was considered"), "asked": N_("times asked"),
    "after": N_("what follows"), "category": N_("what it covers"), "ceiling_ore": N_("ceiling"),
    "end_date": N_("last day of the first term"), "how": N_("how to buy from it"),
    "irrevocable_date": N_("cannot be ended before"), "notice_days": N_("period of notice, days"),
    "notice_given_date": N_("notice was given on"), "notice_months": N_("period of notice, months"),
    "notice_to": N_("notice takes effect on"), "option_months": N_("months each option extends by"),
    "option_notice_months": N_("months before the end an option must be called"),
    "options": N_("options to extend"), "options_used": N_("options used"),
    "procure_months": N_("months it takes to buy anew"), "ranking": N_("rank"),
    "renewal_months": N_("renewed by months"), "signed_date": N_("signed on"), "start_date": N_("first day"),
    "systems": N_("systems"), "term_months": N_("first term, months"),
    "duty": N_("as what"), "minutes": N_("minutes a month"), "person": N_("person"), "support": N_("support"),
    "asset_tag": N_("inventory number"), "buy_out_ore": N_("buy-out price"), "ended_as": N_("what became of it"),
    "lease_end_date": N_("leased until"), "lease_month_ore": N_("rent a month"), "lease_number": N_("lease agreement"),
    "lease_start_date": N_("leased from"), "manufacturer": N_("manufacturer"), "model": N_("model"),
    "purchase_date": N_("purchase date"), "purchase_ore": N_("purchase price"), "residual_ore": N_("residual value"),
    "responsible": N_("responsible"), "return_condition": N_("return condition"), "serial": N_("serial number"),
    "user_name": N_("user"),
    "assumed": N_("counted otherwise"), "bound": N_("why it must stay"), "bound_reason": N_("reason it must stay"),
    "does": N_("what it does"), "exit_cost_ore": N_("cost to leave it"),
    "join_cost_ore": N_("cost to take in one more"),
    "system": N_("system"), "unneeded": N_("left out as not needed"), "years": N_("years counted"),
    "outside_ore": N_("bought outside agreements"), "why_outside": N_("why it was bought outside agreements"),
    "year": N_("year"), "used_by": N_("used by"), "yearly_cost_ore": N_("cost a year"),
}  # fmt: skip


def field_name(name: str, translate: Callable[[str], str]) -> str:
    """Return what a changed field is called; one in another language says in which."""
    base, _sep, language = name.rpartition("_")
    if language in LANGUAGES and base in FIELDS:
        return f"{field_name(base, translate)}, {translate(LANGUAGES[language])}"
    words = translate(FIELDS[name]) if name in FIELDS else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def sentence(verb: str, record_type: str, translate: Callable[[str], str]) -> str:
    """Return what an event was, in the reader's language; rows of a workbook by their sheet."""
    known = {**SENTENCES, **MODEL_ROWS, **ORGANISATION_ROWS}
    return translate(known[verb, record_type]) if (verb, record_type) in known else f"{verb} {record_type}"
