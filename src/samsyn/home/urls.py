from django.urls import path

from samsyn.home import views

urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:municipality>/", views.home, name="home"),
    path("<slug:municipality>/overview/", views.overview, name="overview"),
]
