from django.urls import path

from samsyn.charging import month_views, views

urlpatterns = [
    path("what-we-pay/", views.latest, name="what-we-pay"),
    path("what-we-pay/<str:unit>/", views.latest, name="what-we-pay-unit"),
    path("what-we-pay/<str:unit>/<str:period>/", views.statement, name="statement"),
    path("what-we-pay/<str:unit>/<str:period>/statement.<str:kind>", views.download, name="statement-file"),
    path("what-we-pay/<str:unit>/<str:period>/<str:service>/why/", views.why, name="why"),
    path("what-we-pay/<str:unit>/<str:period>/<str:service>/which/", views.which, name="which"),
    path("what-we-pay/<str:unit>/<str:period>/<str:service>/answer/", views.answer, name="volume-answer"),
    path(
        "what-we-pay/<str:unit>/<str:period>/<str:service>/rows/<str:pool>/<str:cost_type>/",
        views.rows,
        name="rows-behind",
    ),
    path(
        "what-we-pay/<str:unit>/<str:period>/<str:service>/voucher/<str:batch>/<str:voucher>/",
        views.voucher,
        name="voucher",
    ),
    path("months/", month_views.months, name="months"),
    path("months/<str:period>/", month_views.month, name="month"),
    path("months/<str:period>/run/", month_views.run, name="run-month"),
    path("months/<str:period>/approve/", month_views.approve, name="approve-month"),
]
