from django.urls import path

from .views import cover, directory, network, own

app_name = "champions"

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("stations/<slug:slug>/", directory.station, name="station"),
    path("me/", own.mine, name="mine"),
    path("me/entry/", own.change_entry, name="change_entry"),
    path("me/stations/", own.change_stations, name="change_stations"),
    path("me/away/", own.go_away, name="go_away"),
    path("me/back/", own.come_back, name="come_back"),
    path("me/pause/", own.pause, name="pause"),
    path("me/resume/", own.resume, name="resume"),
    path("me/step-down/", own.step_down, name="step_down"),
    # --- the waiting list
    # --- the life cycle: the coordinator's pages
    path("network/", network.network, name="network"),
    # --- coverage and load
    path("network/coverage/", cover.coverage, name="coverage"),
    # --- posters and the panel
    path("<uuid:champion_id>/", directory.profile, name="profile"),
]
