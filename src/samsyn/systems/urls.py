from django.urls import path

from samsyn.systems import detail_views, views

urlpatterns = [
    path("", views.systems, name="systems"),
    path("systems.csv", views.download, name="systems-file"),
    path("new/", views.write, name="system-new"),
    path("catalogue/", views.catalogue, name="system-catalogue"),
    path("load/", views.load, name="systems-load"),
    path("load/<uuid:key>/", views.check, name="systems-check"),
    path("ask/", detail_views.campaigns, name="campaigns"),
    path("ask/new/", detail_views.begin, name="campaign-new"),
    path("ask/<uuid:campaign>/", detail_views.campaign, name="campaign"),
    path("ask/<uuid:campaign>/progress/", detail_views.progress, name="campaign-progress"),
    path("<str:system>/", views.system, name="system"),
    path("<str:system>/change/", views.write, name="system-change"),
    path("<str:system>/about/<str:section>/", detail_views.about, name="system-about"),
]
