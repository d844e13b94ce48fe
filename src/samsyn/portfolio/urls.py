from django.urls import path

from samsyn.portfolio import views

urlpatterns = [
    path("", views.overlap, name="overlap"),
    path("matrix/", views.matrix, name="capabilities"),
    path("load/", views.load, name="capabilities-load"),
    path("load/<uuid:key>/", views.check, name="capabilities-check"),
    path("does/<str:system>/", views.does, name="does"),
    path("sets/", views.portfolios, name="portfolios"),
    path("sets/new/", views.ask, name="portfolio-new"),
    path("sets/<str:portfolio>/", views.portfolio, name="portfolio"),
    path("sets/<str:portfolio>/needs/", views.needs, name="portfolio-needs"),
    path("sets/<str:portfolio>/assume/<str:system>/", views.assume, name="portfolio-assume"),
    path("sets/<str:portfolio>/<str:aim>.<str:kind>", views.download, name="option-file"),
    path("sets/<str:portfolio>/<str:aim>/", views.option, name="option"),
    path("<str:capability>/", views.capability, name="capability"),
]
