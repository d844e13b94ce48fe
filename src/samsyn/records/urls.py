from django.urls import path

from samsyn.records import views

urlpatterns = [
    path("", views.documents, name="documents"),
    path("<uuid:key>.<str:kind>", views.download, name="document-file"),
    path("processors/<str:system>/", views.supervision, name="supervision"),
    path("<str:document>/", views.document, name="document"),
]
