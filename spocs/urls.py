from django.urls import path

from . import views

app_name = "spocs"

urlpatterns = [
    path("", views.show_all, name="list"),
    path("invite/", views.invite, name="invite"),
    path("me/", views.mine, name="mine"),
    path("me/profile/", views.change_profile, name="change_profile"),
    path("me/pause/", views.pause, name="pause"),
    path("me/resume/", views.resume, name="resume"),
    path("me/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:spoc_id>/", views.profile, name="profile"),
]
