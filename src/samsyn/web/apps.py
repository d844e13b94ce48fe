from datetime import date
from typing import Any

from django.apps import AppConfig
from django.utils.translation import get_language

from samsyn.core.periods import Period
from samsyn.core.refusals import register_writer
from samsyn.web.numbers import language, long_date, period_name


def _written(fact: Any) -> Any:
    lang = language(get_language())
    if isinstance(fact, Period):
        return period_name(fact, lang)
    return long_date(fact, lang) if isinstance(fact, date) else fact


class WebConfig(AppConfig):
    name = "samsyn.web"

    def ready(self) -> None:
        register_writer(_written)
