from django.urls import path

from . import views

app_name = "sharing"
urlpatterns = [
    path("", views.sharing, name="sharing"),
    path("share/", views.share, name="share"),
    path("take-in/", views.take_in, name="take_in"),
    path("take-in/ticked/", views.take_in_ticked, name="take_in_ticked"),
]
