from django.urls import path

from .views import cover, directory, life, load, network, own, panel, posters, waiting, waiting_list

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
    path("me/step-down/", life.step_down, name="step_down"),
    path("me/thank-you/", life.thank_you, name="thank_you"),
    path("me/begin/", life.begin, name="begin"),
    path("me/term/", life.term, name="term"),
    path("me/leads/", life.new_lead, name="new_lead"),
    path("me/leads/<int:coverage_id>/", life.answer_lead, name="answer_lead"),
    # --- the waiting list
    path("join/", waiting.join, name="join"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/leave/", waiting.leave, name="leave_list"),
    path("waiting/offers/<uuid:pk>/", waiting.answer_offer, name="answer_offer"),
    path("agree/<uuid:champion_id>/", waiting.agree, name="agree"),
    path("network/waiting/", waiting_list.waiting_list, name="waiting_list"),
    path("network/waiting/sessions/<uuid:pk>/offer/", waiting_list.offer_places, name="offer_places"),
    path("network/waiting/sessions/<uuid:pk>/stop/", waiting_list.stop_offering, name="stop_offering"),
    path("network/waiting/<uuid:champion_id>/agreed/", waiting_list.note_agreement, name="note_agreement"),
    path("network/waiting/<uuid:champion_id>/off/", waiting_list.take_off, name="take_off_list"),
    # --- the life cycle: the coordinator's pages
    path("network/", network.network, name="network"),
    path("network/<uuid:champion_id>/", network.champion, name="network_champion"),
    path("network/<uuid:champion_id>/vetting/", network.vetting, name="note_vetting"),
    path("network/<uuid:champion_id>/term/", network.term, name="set_term"),
    path("network/<uuid:champion_id>/supervision/", network.supervision, name="note_supervision"),
    # --- coverage and load
    path("network/coverage/", cover.coverage, name="coverage"),
    path("network/load/", load.load, name="load"),
    path("me/tally/", load.tally, name="tally"),
    path("me/tally/<int:year>-<int:month>/", load.tally_month, name="tally_month"),
    path("me/tally/<int:year>-<int:month>/delete/", load.take_tally_back, name="take_tally_back"),
    # --- posters and the panel
    path("stations/<slug:slug>/poster/", posters.poster, name="poster"),
    path("stations/<slug:slug>/poster.pdf", posters.pdf, name="poster_pdf"),
    path("stations/<slug:slug>/poster/hangs/", posters.hangs, name="poster_hangs"),
    path("stations/<slug:slug>/panel/", panel.panel, name="panel"),
    path("posted/<str:token>/", posters.posted, name="posted"),
    path("network/posters/", posters.posters, name="posters"),
    path("network/posters/<uuid:key>/", posters.run, name="posters_run"),
    path("network/posters/<uuid:key>.pdf", posters.run_file, name="posters_file"),
    path("<uuid:champion_id>/", directory.profile, name="profile"),
]
