"""Every address: one line per room."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    # before the room of people: its pages are more than a thing and a key
    path("<slug:municipality>/", include("samsyn.maintenance.urls")),
    path("", include("samsyn.people.urls")),
    path("<slug:municipality>/books/", include("samsyn.ledger.urls")),
    path("<slug:municipality>/systems/", include("samsyn.systems.urls")),
    path("<slug:municipality>/", include("samsyn.contracts.urls")),
    path("<slug:municipality>/equipment/", include("samsyn.equipment.urls")),
    path("<slug:municipality>/", include("samsyn.landscape.urls")),
    path("<slug:municipality>/documents/", include("samsyn.records.urls")),
    path("<slug:municipality>/overlap/", include("samsyn.portfolio.urls")),
    path("<slug:municipality>/services/", include("samsyn.catalogue.urls")),
    path("<slug:municipality>/indicators/", include("samsyn.steering.urls")),
    path("<slug:municipality>/model/", include("samsyn.costing.urls")),
    path("<slug:municipality>/spending/", include("samsyn.spending.urls")),
    path("<slug:municipality>/", include("samsyn.charging.urls")),
    path("", include("samsyn.home.urls")),
]
if settings.OIDC["ISSUER"]:
    urlpatterns.insert(0, path("accounts/", include("allauth.urls")))
