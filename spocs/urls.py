from django.urls import path

from .views import finding, network, profiles, stories, stories_network

app_name = "spocs"

_OWN = "stories/mine/<uuid:story_id>"

_STORIES = [
    path("stories/", stories.show_all, name="stories"),
    path("stories/about/<uuid:topic_id>/", stories.show_all, name="stories_about"),
    path("stories/mine/", stories.mine, name="my_stories"),
    path("stories/mine/new/", stories.write, name="write_story"),
    path("stories/mine/cautions/", stories.cautions, name="story_cautions"),
    path(f"{_OWN}/", stories.own_story, name="own_story"),
    path(f"{_OWN}/write/", stories.write, name="change_story"),
    path(f"{_OWN}/ask/", stories.ask, name="ask_for_review"),
    path(f"{_OWN}/take-back/", stories.take_back, name="take_story_back"),
    path(f"{_OWN}/publish/", stories.publish, name="publish_story"),
    path(f"{_OWN}/withdraw/", stories.withdraw, name="withdraw_story"),
    path(f"{_OWN}/remove-name/", stories.remove_name, name="remove_name"),
    path("stories/to-read/", stories_network.to_review, name="stories_to_review"),
    path("stories/to-read/<uuid:version_id>/", stories_network.review, name="review_story"),
    path("stories/printed/", stories_network.printings, name="printings"),
    path("stories/printed/<uuid:printing_id>/", stories_network.taken_down, name="taken_down"),
    path("stories/<uuid:story_id>/", stories.story, name="story"),
    path("stories/<uuid:story_id>/printed/", stories_network.note_printing, name="story_printed"),
    path("stories/<uuid:story_id>/take-off/", stories_network.take_off, name="take_story_off"),
]

urlpatterns = [
    *_STORIES,
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
