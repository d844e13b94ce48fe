"""Show where a thing is kept that is kept in another system."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from samsyn.history.choices import field_name
from samsyn.intake.queries import last_sync, master_of
from samsyn.intake.rules import SOURCES


def kept(*, request: Any, system: Any = None, contract: Any = None) -> str:
    """Return where a system or contract is kept, which fields come from there, or that it was deleted there."""
    master = master_of((system or contract).key)
    if master is None:
        return ""
    fields = ", ".join(field_name(each, _).lower() for each in master.fields)
    context = {"master": master, "source": SOURCES[master.source], "fields": fields}
    return render_to_string("api/kept.html", context, request=request)


def synced(*, request: Any) -> str:
    """Return when everything was last read from another system, and what found no place."""
    found = last_sync(request.municipality.key, "kitos")
    context = {"sync": found, "source": SOURCES["kitos"]}
    return render_to_string("api/synced.html", context, request=request) if found else ""
