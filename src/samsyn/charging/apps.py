from django.apps import AppConfig


class ChargingConfig(AppConfig):
    name = "samsyn.charging"
