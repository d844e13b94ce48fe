from django.urls import path

from samsyn.systems import views

urlpatterns = [
    path("", views.systems, name="systems"),
    path("new/", views.write, name="system-new"),
    path("load/", views.load, name="systems-load"),
    path("load/<uuid:key>/", views.check, name="systems-check"),
    path("<str:system>/", views.system, name="system"),
    path("<str:system>/change/", views.write, name="system-change"),
]
