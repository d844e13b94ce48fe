from django.urls import path

from samsyn.costing import views

urlpatterns = [
    path("", views.model, name="model"),
    path("load/", views.load, name="model-load"),
    path("classification/", views.classification, name="classification"),
    path("classification/rule/", views.rule, name="rule"),
    path("classification/rule/preview/", views.rule_preview, name="rule-preview"),
    path("services/", views.services, name="services"),
    path("flows/", views.flows, name="flows"),
    path("<int:number>/", views.version, name="model-version"),
    path("<int:number>/approve/", views.approve, name="model-approve"),
    path("<int:number>/workbook/", views.workbook, name="model-workbook"),
]
