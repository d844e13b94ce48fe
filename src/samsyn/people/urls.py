from django.urls import path

from samsyn.people import duty_views, organisation_views, views

urlpatterns = [
    path("sign-out/", views.sign_out, name="sign-out"),
    path("<slug:municipality>/sign-in/", views.sign_in, name="sign-in"),
    path("<slug:municipality>/mine/", duty_views.mine, name="mine"),
    path("<slug:municipality>/mine/<uuid:key>/", duty_views.answer, name="answer-duty"),
    path("<slug:municipality>/who-answers/", duty_views.radar, name="radar"),
    path("<slug:municipality>/who-answers/hand-over/<str:code>/", duty_views.hand_over, name="hand-over"),
    path("<slug:municipality>/who-answers/<str:thing>/<uuid:key>/", duty_views.offer, name="offer-duty"),
    path("<slug:municipality>/remove/<str:removable>/<str:named>/", views.remove, name="remove"),
    path("<slug:municipality>/mine/<uuid:key>/end/", duty_views.end, name="end-duty"),
    path("<slug:municipality>/history/", organisation_views.log, name="history"),
    path("<slug:municipality>/organisation/", organisation_views.organisation, name="organisation"),
    path("<slug:municipality>/organisation/workbook.xlsx", organisation_views.workbook, name="organisation-workbook"),
    path("<slug:municipality>/organisation/load/", organisation_views.load, name="organisation-load"),
    path("<slug:municipality>/organisation/load/<uuid:raw>/", organisation_views.preview, name="organisation-preview"),
    path("<slug:municipality>/sites/", organisation_views.sites, name="sites"),
    path("<slug:municipality>/sites/<str:code>/", organisation_views.site, name="site"),
    path("<slug:municipality>/identities/", organisation_views.identities, name="identities"),
    path("<slug:municipality>/identities/<str:code>/", organisation_views.identity, name="identity"),
    path("<slug:municipality>/organisation/people/<str:code>/", organisation_views.person, name="organisation-person"),
    path("<slug:municipality>/organisation/<str:code>/", organisation_views.unit, name="organisation-unit"),
]
