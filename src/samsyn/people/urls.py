from django.urls import path

from samsyn.people import organisation_views, views

urlpatterns = [
    path("sign-out/", views.sign_out, name="sign-out"),
    path("<slug:municipality>/sign-in/", views.sign_in, name="sign-in"),
    path("<slug:municipality>/history/", organisation_views.log, name="history"),
    path("<slug:municipality>/organisation/", organisation_views.organisation, name="organisation"),
    path("<slug:municipality>/organisation/workbook.xlsx", organisation_views.workbook, name="organisation-workbook"),
    path("<slug:municipality>/organisation/load/", organisation_views.load, name="organisation-load"),
    path("<slug:municipality>/organisation/load/<uuid:raw>/", organisation_views.preview, name="organisation-preview"),
    path("<slug:municipality>/organisation/people/<str:code>/", organisation_views.person, name="organisation-person"),
    path("<slug:municipality>/organisation/<str:code>/", organisation_views.unit, name="organisation-unit"),
]
