"""Career mentoring: finding a mentor, being one, and what the two do together."""

from django.urls import path

from .views import career, career_pairs, career_request

urlpatterns = [
    path("", career.home, name="career"),
    path("my-profile/", career.profile, name="career_profile"),
    path("my-profile/withdraw/", career.withdraw_profile, name="career_withdraw_profile"),
    path("people/", career.people, name="career_people"),
    path("asked/<uuid:pk>/", career.asked, name="career_asked"),
    path("asked/<uuid:pk>/more/", career.more, name="career_more"),
    path("asked/<uuid:pk>/answer/", career.answer, name="career_answer"),
    path("figures/", career.figures, name="career_figures"),
    path("find/", career_request.find, name="career_find"),
    path("find/what-i-look-for/", career_request.wanted, name="career_wanted"),
    path("find/avoid/", career_request.avoid, name="career_avoid"),
    path("find/avoid/nobody/", career_request.avoid_no_more, name="career_avoid_no_more"),
    path("find/avoid/<int:person_id>/remove/", career_request.avoid_no_longer, name="career_avoid_no_longer"),
    path("find/mentors/", career_request.choose, name="career_choose"),
    path("find/check/", career_request.check, name="career_check"),
    path("find/send/", career_request.send, name="career_send"),
    path("find/next/", career_request.ask_another, name="career_ask_another"),
    path("find/withdraw/", career_request.withdraw, name="career_withdraw"),
    path("pairings/<uuid:pk>/", career_pairs.pairing, name="career_pairing"),
    path("pairings/<uuid:pk>/words/", career_pairs.words, name="career_words"),
    path("pairings/<uuid:pk>/goals/new/", career_pairs.new_goal, name="career_new_goal"),
    path("pairings/<uuid:pk>/sessions/new/", career_pairs.new_session, name="career_new_session"),
    path("pairings/<uuid:pk>/notes/", career_pairs.notes, name="career_notes"),
    path("pairings/<uuid:pk>/notes/new/", career_pairs.new_note, name="career_new_note"),
    path("pairings/<uuid:pk>/mentors-notes/", career_pairs.mentors_notes, name="career_mentors_notes"),
    path("pairings/<uuid:pk>/end/", career_pairs.end, name="career_end"),
    path("pairings/<uuid:pk>/did-it-help/", career_pairs.helped, name="career_helped"),
    path("goals/<uuid:pk>/", career_pairs.goal, name="career_goal"),
    path("sessions/<uuid:pk>/", career_pairs.session, name="career_session"),
]
