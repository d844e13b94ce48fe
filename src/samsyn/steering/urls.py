from django.urls import path

from samsyn.steering import views

urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("new/", views.write, name="indicator-new"),
    path("<str:indicator>/", views.indicator, name="indicator"),
    path("<str:indicator>/change/", views.write, name="indicator-change"),
]
