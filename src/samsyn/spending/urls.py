from django.urls import path

from samsyn.spending import views

urlpatterns = [
    path("", views.latest, name="spending"),
    path("systems/<str:system>/", views.services, name="system-services"),
    path("systems/<str:system>/<uuid:link>/", views.end, name="system-service-end"),
    path("<str:term>/", views.spending, name="spending-term"),
    path("<str:term>/rows/", views.rows, name="spending-rows"),
    path("<str:term>/why/", views.why, name="spending-why"),
    path("<str:term>/vouchers/<str:batch>/<str:voucher>/", views.voucher, name="spending-voucher"),
]
