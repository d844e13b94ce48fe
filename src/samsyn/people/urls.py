from django.urls import path

from samsyn.people import views

urlpatterns = [
    path("sign-out/", views.sign_out, name="sign-out"),
    path("<slug:municipality>/sign-in/", views.sign_in, name="sign-in"),
]
