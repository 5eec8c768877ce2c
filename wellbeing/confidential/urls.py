from django.urls import path

from . import views

urlpatterns = [
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/links/<uuid:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("my-data/links/<uuid:pk>/end/", views.end, name="end_link"),
    path("my-data/reasons/", views.reasons, name="reasons"),
    path("new-managers/", views.new_managers, name="new_managers"),
    path("read-log/", views.read_log, name="read_log"),
]
