from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("", views.show, name="list"),
    path("<uuid:pk>/put-away/", views.put_away, name="put_away"),
]
