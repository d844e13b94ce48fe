from django.urls import path

from samsyn.equipment import views

urlpatterns = [
    path("", views.equipment, name="equipment"),
    path("new/", views.add, name="device-new"),
    path("load/", views.load, name="equipment-load"),
    path("load/<uuid:key>/", views.check, name="equipment-check"),
    path("devices.csv", views.download, name="equipment-file"),
    path("returns/", views.returns, name="equipment-returns"),
    path("<uuid:device>/", views.device, name="device"),
    path("<uuid:device>/change/", views.write, name="device-change"),
    path("<uuid:device>/gone/", views.gone, name="device-gone"),
]
