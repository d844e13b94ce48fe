from django.urls import path

from samsyn.costing import model_views, views

urlpatterns = [
    path("", model_views.model, name="model"),
    path("load/", model_views.load, name="model-load"),
    path("new/", model_views.draft, name="model-new"),
    path("devices/", views.devices, name="count-devices"),
    path("classification/", views.classification, name="classification"),
    path("classification/rule/", views.rule, name="rule"),
    path("classification/rule/preview/", views.rule_preview, name="rule-preview"),
    path("<int:number>/", model_views.version, name="model-version"),
    path("<int:number>/approve/", model_views.approve, name="model-approve"),
    path("<int:number>/workbook.xlsx", model_views.workbook, name="model-workbook"),
    path("<int:number>/draft/", model_views.draft, name="model-draft"),
    path("<int:number>/<slug:part>/", model_views.rows, name="model-rows"),
    path("<int:number>/<slug:part>/new/", model_views.row, name="model-row-new"),
    path("<int:number>/<slug:part>/<int:line>/", model_views.row, name="model-row"),
    path("<int:number>/<slug:part>/<int:line>/remove/", model_views.remove, name="model-row-remove"),
]
