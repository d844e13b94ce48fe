from django.urls import path

from samsyn.maintenance import detail_views, views

urlpatterns = [
    path("who-answers/administrations/", detail_views.administrations, name="administrations"),
    path(
        "who-answers/administrations/<str:code>/",
        detail_views.administration,
        name="administration",
    ),
    path("who-answers/superusers/", detail_views.superusers, name="superusers"),
    path("who-answers/superusers/<uuid:key>/", detail_views.superuser, name="superuser"),
    path("who-answers/time/", detail_views.load, name="loads"),
    path("who-answers/time/<str:code>/", detail_views.give_time, name="give-time"),
    path("who-answers/roles/", detail_views.roles, name="roles"),
    path("who-answers/roles/new/", detail_views.role, name="role-new"),
    path("who-answers/roles/<str:role>/", detail_views.role, name="role"),
    path("groups/", views.groups, name="maintenance-objects"),
    path("groups/new/", views.write, name="maintenance-object-new"),
    path("groups/<str:group>/", views.group, name="maintenance-object"),
    path("groups/<str:group>/change/", views.write, name="maintenance-object-change"),
    path("access/", views.reviews, name="access-reviews"),
    path("access/files/<uuid:key>/", views.file, name="access-review-file"),
    path("access/<str:system>/", views.reviews_of, name="access-reviews-of"),
    path("funding/", views.funding, name="funding"),
    path("funding/new/", views.write_funding, name="funding-new"),
    path("funding/<uuid:key>/", views.write_funding, name="funding-one"),
]
