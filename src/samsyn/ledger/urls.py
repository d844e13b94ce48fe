from django.urls import path

from samsyn.ledger import views

urlpatterns = [
    path("", views.books, name="books"),
    path("load/", views.load, name="books-load"),
    path("load/<uuid:key>/", views.preview, name="books-preview"),
    path("load/<uuid:key>/columns/", views.columns, name="books-columns"),
    path("load/<uuid:key>/put-aside/", views.put_aside, name="books-put-aside"),
    path("questions/<uuid:key>/", views.question, name="voucher-question"),
    path("batches/<uuid:key>/", views.delivery, name="delivery"),
    path("batches/<uuid:key>/withdraw/", views.withdraw, name="delivery-withdraw"),
    path("protection/", views.protection, name="protection"),
]
