from django.urls import path

from samsyn.landscape import views

urlpatterns = [
    path("integrations/", views.integrations, name="integrations"),
    path("integrations/map/", views.everything, name="integrations-map"),
    path("integrations/new/", views.write_integration, name="integration-new"),
    path("integrations/load/", views.load, name="integrations-load"),
    path("integrations/load/<uuid:key>/", views.check, name="integrations-check"),
    path("integrations/<str:integration>/", views.integration, name="integration"),
    path("integrations/<str:integration>/change/", views.write_integration, name="integration-change"),
    path("data/", views.domains, name="domains"),
    path("data/new/", views.write_domain, name="domain-new"),
    path("data/<str:domain>/", views.domain, name="domain"),
    path("data/<str:domain>/change/", views.write_domain, name="domain-change"),
    path("standards/", views.standards, name="standards"),
    path("standards/new/", views.write_standard, name="standard-new"),
    path("standards/<str:standard>/", views.standard, name="standard"),
    path("standards/<str:standard>/change/", views.write_standard, name="standard-change"),
    path("changed-for-us/<str:system>/", views.customisation, name="customisation-new"),
    path("changed-for-us/<str:system>/<uuid:key>/", views.customisation, name="customisation"),
    path("fields/", views.fields, name="fields"),
    path("fields/new/", views.write_field, name="field-new"),
    path("fields/<str:field>/", views.field, name="field"),
    path("fields/<str:field>/change/", views.write_field, name="field-change"),
    path("fields/<str:field>/note/", views.note_practice, name="field-note"),
]
