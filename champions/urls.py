from django.urls import path

from . import views

app_name = "champions"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("stations/<slug:slug>/", views.station, name="station"),
    path("me/", views.mine, name="mine"),
    path("me/entry/", views.change_entry, name="change_entry"),
    path("me/stations/", views.change_stations, name="change_stations"),
    path("me/away/", views.go_away, name="go_away"),
    path("me/back/", views.come_back, name="come_back"),
    path("me/pause/", views.pause, name="pause"),
    path("me/resume/", views.resume, name="resume"),
    path("me/step-down/", views.step_down, name="step_down"),
    path("<uuid:champion_id>/", views.profile, name="profile"),
]
