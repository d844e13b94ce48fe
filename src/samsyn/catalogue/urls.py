from django.urls import path

from samsyn.catalogue import views

urlpatterns = [
    path("", views.services, name="services"),
    path("<str:service>/", views.service, name="service"),
    path("<str:service>/steps/", views.answer, name="service-steps"),
    path("<str:service>/provider/", views.provider, name="provider-new"),
    path("<str:service>/provider/<uuid:key>/", views.provider, name="provider"),
]
