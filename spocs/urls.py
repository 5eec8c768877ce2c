from django.urls import path

from .views import profiles

app_name = "spocs"

urlpatterns = [
    path("", profiles.show_all, name="list"),
    path("invite/", profiles.invite, name="invite"),
    path("me/", profiles.mine, name="mine"),
    path("me/profile/", profiles.change_profile, name="change_profile"),
    path("me/pause/", profiles.pause, name="pause"),
    path("me/resume/", profiles.resume, name="resume"),
    path("me/withdraw/", profiles.withdraw, name="withdraw"),
    path("<uuid:spoc_id>/", profiles.profile, name="profile"),
]
