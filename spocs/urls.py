from django.urls import path

from .views import finding, network, profiles

app_name = "spocs"

urlpatterns = [
    path("", finding.show_all, name="list"),
    path("find/", finding.find, name="find"),
    path("topics/<uuid:topic_id>/", finding.topic, name="topic"),
    path("invite/", profiles.invite, name="invite"),
    path("network/", network.network, name="network"),
    path("network/<uuid:spoc_id>/", network.review, name="review"),
    path("network/<uuid:spoc_id>/back/", network.send_back, name="send_back"),
    path("known/", network.known, name="known"),
    path("me/", profiles.mine, name="mine"),
    path("me/profile/", profiles.change_profile, name="change_profile"),
    path("me/confirm/", profiles.confirm, name="confirm"),
    path("me/pause/", profiles.pause, name="pause"),
    path("me/resume/", profiles.resume, name="resume"),
    path("me/withdraw/", profiles.withdraw, name="withdraw"),
    path("<uuid:spoc_id>/", profiles.profile, name="profile"),
]
