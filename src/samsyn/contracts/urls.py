from django.urls import path

from samsyn.contracts import views

urlpatterns = [
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/contracts.csv", views.download, name="contracts-file"),
    path("contracts/year/", views.calendar, name="contract-calendar"),
    path("contracts/new/", views.write, name="contract-new"),
    path("contracts/load/", views.load, name="contracts-load"),
    path("contracts/load/<uuid:key>/", views.check, name="contracts-check"),
    path("contracts/<str:contract>/", views.contract, name="contract"),
    path("contracts/<str:contract>/change/", views.write, name="contract-change"),
    path("contracts/<str:contract>/decide/", views.decide, name="contract-decide"),
    path("answer/<str:token>/", views.answer, name="answer-reminder"),
    path("calendar/<str:token>.ics", views.feed, name="contract-feed"),
    path("buy/", views.buy, name="buy"),
]
