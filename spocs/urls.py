from django.urls import path

from .views import finding, network, profiles, stories, stories_network, volunteering

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
    path(f"{_OWN}/discard/", stories.discard, name="discard_version"),
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

_VOLUNTEERING = [
    path("me/volunteering/", volunteering.show, name="volunteering"),
    path("me/volunteering/conversation/", volunteering.note_conversation, name="note_conversation"),
    path("me/volunteering/forget/", volunteering.forget_week, name="forget_week"),
    path("me/volunteering/lacked/", volunteering.tell_lacked, name="tell_lacked"),
    path("me/ring-me/", volunteering.ring_me, name="ring_me"),
    path("network/supervision/", volunteering.supervisions, name="supervisions"),
    path("network/<uuid:spoc_id>/supervision/", volunteering.note_supervision, name="note_supervision"),
    path("network/<uuid:spoc_id>/rung/", volunteering.has_rung, name="has_rung"),
    path("lacked/", volunteering.lacked, name="lacked"),
    path("lacked/<uuid:lacked_id>/", volunteering.settle, name="settle_lacked"),
    path("lacked/<uuid:lacked_id>/delete/", volunteering.delete_words, name="delete_lacked"),
]

urlpatterns = [
    *_STORIES,
    *_VOLUNTEERING,
    path("", finding.topics, name="list"),
    path("everybody/", finding.everybody, name="everybody"),
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
