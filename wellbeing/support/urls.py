from django.urls import path

from . import views

urlpatterns = [
    path("urgent/", views.urgent, name="urgent"),
    path("worried/", views.worried, name="worried"),
]
